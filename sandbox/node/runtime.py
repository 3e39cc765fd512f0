"""What running a container means, whatever does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sandbox.node.identity import Identity
    from sandbox.node.images import Image
    from sandbox.node.process import Process


@dataclass(frozen=True)
class Mount:
    """A folder or file of this machine where a container sees it."""

    source: Path
    target: str
    read_only: bool = False


@dataclass(frozen=True)
class Launch:
    """One container, ready to be started.

    Attributes:
        command: program and arguments; a program without a slash is looked for on the container's PATH.
        env: the whole environment.
        secret: names in it whose values came from Secrets.
        folder: working directory as the container sees it.
        mounts: volumes, outer ones first.
        image: what it runs.
        identity: user and group inside.
        read_only_root: nothing outside volumes may be written.
        hostname: the pod's name.
        scratch: a folder of this container alone, on this machine: holds its ``/tmp`` and its termination message.
        message_path: where the container writes its termination message.
    """

    command: tuple[str, ...]
    env: Mapping[str, str]
    secret: frozenset[str]
    folder: str
    mounts: tuple[Mount, ...]
    image: Image
    identity: Identity
    read_only_root: bool
    hostname: str
    scratch: Path
    message_path: str

    @property
    def temporary(self) -> Path:
        """The container's ``/tmp`` on this machine."""
        return self.scratch / "tmp"

    @property
    def message_file(self) -> Path:
        """Where the termination message lands on this machine."""
        return self.scratch / "termination-log"

    def prepare(self) -> None:
        """Make the scratch folder, empty."""
        self.temporary.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.temporary.chmod(0o1777)
        self.message_file.write_bytes(b"")


class StartError(Exception):
    """A container that could not be started; the message is for its status."""


class Runtime(Protocol):
    """Starts containers.

    Attributes:
        name: ``bwrap`` or ``plain``.
        isolation: what it does and does not do, a sentence for people.
    """

    name: str
    isolation: str

    def start(self, launch: Launch, output: int) -> Process:
        """Start a container whose output goes to the file descriptor; the process dies with this thread.

        Raises:
            StartError: it cannot be started.
        """

    def caveat(self, launch: Launch) -> str:
        """What this container asks for and does not get here; empty when it gets all."""
