"""What the services are made from: the folder, the credentials, the ports, the binaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.credentials import Credentials
from sandbox.loopback import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sandbox.layout import Layout
    from sandbox.services.service import Name


@dataclass(frozen=True)
class Setting:
    """Everything that a service definition may look at.

    Attributes:
        layout: the sandbox's folder.
        ports: port by service name.
        binaries: executable by service name; services that are Python modules have none.
        checkout: the repository, the working directory of the node.
        python: the interpreter that the Python services run on.
    """

    layout: Layout
    ports: Mapping[str, int]
    binaries: Mapping[str, Path]
    checkout: Path
    python: Path

    @property
    def credentials(self) -> Credentials:
        """The credentials of this sandbox."""
        return Credentials(self.layout.credentials)

    def address(self, name: Name) -> str:
        """``host:port`` of a service."""
        return f"{LOOPBACK}:{self.ports[name]}"
