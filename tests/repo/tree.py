"""The repository as git has it: what the tests here read."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
GIT = shutil.which("git") or "git"


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Tracked files that match git's patterns, relative to the checkout; deleted ones left out."""
    listed = subprocess.run(
        [GIT, "ls-files", "-z", "--", *patterns],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    found = (Path(name) for name in listed.split("\0") if name)
    return tuple(path for path in found if (CHECKOUT / path).is_file())


@cache
def text(path: Path) -> str:
    """A tracked file's text."""
    return (CHECKOUT / path).read_text("utf-8")


def ids(path: object) -> str:
    """How a file is named among a test's parameters."""
    return str(path)
