"""`gw deploy`: a product's new image, proven where it runs, or what served before serves again."""
