"""What each product declares: one file, one product, one function `declare`."""
