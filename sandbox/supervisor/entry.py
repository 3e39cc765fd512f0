"""From the command line's words to a running supervisor."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from sandbox.layout import Layout
from sandbox.ports import Ports
from sandbox.services import catalogue
from sandbox.services.setting import Setting
from sandbox.supervisor.supervisor import Supervisor
from toolchain import lock
from toolchain.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping


def supervise(root: str, checkout: str, run: str, binaries: Mapping[str, str], without: frozenset[str]) -> int:
    """Run the services of the sandbox at ``root``; the exit code of the process.

    Folder, credentials and ports are there already: who starts the supervisor makes them.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    layout = Layout(Path(root))
    if lock.keep(layout.supervisor_lock, "running the sandbox") is None:
        structlog.get_logger().error("supervisor.second", lock=str(layout.supervisor_lock))
        return ExitCode.BUSY
    setting = Setting(
        layout=layout,
        ports=Ports(layout.ports).recorded(),
        binaries={name: Path(path) for name, path in binaries.items()},
        checkout=Path(checkout),
        python=Path(sys.executable),
    )
    services = catalogue.define(setting, without)
    supervisor = Supervisor(layout, services, run, catalogue.fingerprint(services, setting))
    return ExitCode.OK if asyncio.run(supervisor.run()) else ExitCode.SANDBOX
