"""A native Pulumi provider for Railway; see README.md."""
