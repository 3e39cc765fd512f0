"""Run ``backup`` with no file allowed to grow past a number of bytes: `limited.py BYTES ARGUMENT...`."""

from __future__ import annotations

import resource
import sys

from backup.cli import main

limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main()
