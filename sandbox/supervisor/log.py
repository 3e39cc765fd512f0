"""A service's log: never above a size, one older part kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

#: Bytes after which a log is set aside as ``<name>.log.1``; so a service's logs take twice as much at most.
LIMIT_BYTES = 5 * 1024 * 1024
_TAIL_BYTES = 64 * 1024


class Log:
    """Appends what a service prints.

    Attributes:
        path: the file, mode 0600.
        limit_bytes: size above which it is set aside.
    """

    def __init__(self, path: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.path = path
        self.limit_bytes = limit_bytes
        self._file: BinaryIO | None = None
        self._size = 0

    def write(self, content: bytes) -> None:
        """Append; set the file aside first where it would grow too long.

        Raises:
            OSError: the file cannot be written to, as on a full disk; what was to be written is lost.
        """
        if self._file is not None and self._size + len(content) > self.limit_bytes:
            self.close()
            self.path.replace(older(self.path))
        if self._file is None:
            self.path.touch(mode=0o600)
            self._file = self.path.open("ab", buffering=0)
            self._size = self._file.tell()
        self._size += self._file.write(content)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def older(path: Path) -> Path:
    """Where the older part of a log is."""
    return path.with_name(f"{path.name}.1")


def tail(path: Path, lines: int) -> list[str]:
    """The last lines of a log; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            content = file.read()
    except OSError:
        return []
    return content.decode(errors="replace").splitlines()[-lines:]
