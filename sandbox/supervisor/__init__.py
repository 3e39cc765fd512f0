"""The one process that keeps the sandbox's services running."""
