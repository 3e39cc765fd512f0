"""What rules share: how resources of clouds and clusters are read, and the words for what is demanded of them."""
