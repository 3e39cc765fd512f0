"""Captures a live SQLite database to an S3 bucket, and proves that what it stored restores."""

from __future__ import annotations

from importlib.metadata import version

VERSION = version("groundwork-backup")
