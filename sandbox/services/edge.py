"""The fakes of Railway, UptimeRobot and Cloudflare: one process each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.services.service import HttpProbe, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.service import Name
    from sandbox.services.setting import Setting


def define(setting: Setting, *, name: Name) -> Service:
    """``python -m sandbox.<name>``; the token that callers must show goes in by a file."""
    return Service(
        name=name,
        command=(
            str(setting.python),
            "-m",
            f"sandbox.{name}",
            f"--port={setting.ports[name]}",
            f"--state={setting.layout.edge / f'{name}.json'}",
            f"--token={setting.credentials.edge_token}",
        ),
        folder=setting.checkout,
        port=setting.ports[name],
        probe=HttpProbe(f"http://{setting.address(name)}/healthz"),
        environment=surroundings() | {"PYTHONUNBUFFERED": "1"},
    )
