"""The gate: what every engine finds in a preview and in the repository's files, as one list."""
