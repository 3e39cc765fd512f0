"""One `gw up` or `gw down` at a time on a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolchain import lock

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from toolchain.events import Emit

_LIMIT_SECONDS = 600.0


def taken(root: Path, purpose: str, emit: Emit) -> AbstractContextManager[None]:
    """Have the sandbox at ``root`` to oneself while the block runs.

    Raises:
        Problem: another run had it for ten minutes (exit code 8).
        OSError: the folder cannot be written to.
    """
    return lock.exclusive(root / "up.lock", purpose, emit, limit=_LIMIT_SECONDS)
