"""The kinds of things in an account, one module each; `thing` is what they share."""
