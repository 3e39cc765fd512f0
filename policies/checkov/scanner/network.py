"""No network for the scanner, whatever checkov would like to look up."""

from __future__ import annotations

import sys
from typing import Final

_CALLS: Final = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)


def cut() -> None:
    """Make every call to a network fail from now on, in this process and those that it forks; it cannot be undone."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _CALLS:
        raise PermissionError(f"the scanner has no network: {event}")
