"""Stand-ins for the vendors' resource plugins, for the `local` stack only."""
