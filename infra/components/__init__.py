"""Reusable shells: one file, one component."""
