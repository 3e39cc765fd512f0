"""A stack whose state and clouds are the user's own: the engine runs in the checkout, with the user's environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from delivery.workspace import Workspace
from sandbox import processes

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.connections import Connections


@dataclass(frozen=True)
class Live(Workspace):
    """Staging or prod: nothing of it is in the sandbox's folder but the engine's logs."""

    @property
    def embedded(self) -> bool:
        """Never: it is made elsewhere."""
        return False

    @property
    def mark(self) -> Path:
        """No folder of the sandbox's: `gw up` and `gw down` leave its engine alone."""
        return self.root / "live" / self.stack

    @property
    def project(self) -> Path:
        """The checkout itself."""
        return self.checkout

    @property
    def stack_file(self) -> Path:
        """The checkout's own."""
        return self.checkout / f"Pulumi.{self.stack}.yaml"

    def environment(self, connections: Connections | None, python: str, tools: Path) -> dict[str, str]:
        """The user's own environment: their state, their clouds, their keys."""
        del connections
        return os.environ | {
            "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # --event-log is a debug flag
            "GROUNDWORK_PYTHON": python,
            processes.MARK: str(self.mark),
        }
