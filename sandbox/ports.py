"""Loopback ports that stay the same from start to start."""

from __future__ import annotations

import errno
import json
import secrets
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from sandbox.loopback import LOOPBACK
from toolchain import files
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from toolchain.events import Emit

# Below Linux' ephemeral ports (32768 and up, net.ipv4.ip_local_port_range), so that no outgoing connection of another
# program takes a recorded port while the sandbox is down; above the registered ports that products use.
_RANGE = range(20_000, 30_000)
_TRIES = 200
_RECORD: TypeAdapter[dict[str, int]] = TypeAdapter(dict[str, int])


@dataclass(frozen=True)
class Ports:
    """The recorded port of each service.

    Attributes:
        path: the record, a JSON object of name -> port.
    """

    path: Path

    def recorded(self) -> dict[str, int]:
        """The ports of the last start; empty where none is known."""
        try:
            return _RECORD.validate_json(self.path.read_bytes())
        except (OSError, ValidationError):
            return {}

    def assign(self, names: Iterable[str], emit: Emit) -> Mapping[str, int]:
        """A free port for each name: the recorded one, or a new one where someone else took it.

        Call it only while none of the services runs: a running one would look like a stranger on its own port.

        Raises:
            Problem: no free port is found (exit code 6).
            OSError: the record cannot be written.
        """
        before = self.recorded()
        chosen: dict[str, int] = {}
        for name in names:
            port = before.get(name)
            if port is not None and port not in chosen.values() and is_free(port):
                chosen[name] = port
                continue
            chosen[name] = _fresh({*before.values(), *chosen.values()})
            if port is not None:
                emit(_moved(name, port, chosen[name]))
        if chosen != before:
            files.write(self.path, json.dumps(chosen, indent=2).encode())
        return chosen


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As Go's and Python's servers do: connections of the last run in TIME_WAIT are no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def _fresh(avoid: set[int]) -> int:
    for _ in range(_TRIES):
        port = secrets.choice(_RANGE)
        if port not in avoid and is_free(port):
            return port
    raise Problem(
        "no free port is found on this machine",
        where=f"{LOOPBACK}:{_RANGE.start}-{_RANGE.stop - 1}",
        allowed="one free port for each service",
        exit_code=ExitCode.SANDBOX,
    )


def _moved(name: str, old: int, new: int) -> Event:
    return Event(
        "sandbox.port.taken",
        f"port {old} of {name} is taken by another program: {name} moves to {new}",
        {"service": name, "port": old, "new_port": new},
    )
