"""moto's server as the sandbox runs it: what it holds outlives it, and callers show the sandbox's access key."""
