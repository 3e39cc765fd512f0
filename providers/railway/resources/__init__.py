"""Railway's resources: what each is made of, and how it is found, made, fetched, changed and removed."""
