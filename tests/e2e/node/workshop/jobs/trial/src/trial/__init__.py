"""A program for the tests of the node."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def main() -> int:
    """Greet, show where and as whom it runs, or take up memory."""
    what = sys.argv[1]
    if what == "greet":
        sys.stdout.write(f"{os.environ['TRIAL_GREETING']} as {os.getuid()}:{os.getgid()} in {Path.cwd()}\n")
    elif what == "eat":
        held = [bytearray(b"x" * 2**20) for _ in range(int(sys.argv[2]))]
        sys.stdout.write(f"holding {len(held)} MiB\n")
        sys.stdout.flush()
        time.sleep(60)
    return 0
