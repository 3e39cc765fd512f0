"""moto: the rest of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.setting import Setting


def define(setting: Setting) -> Service:
    """Our own runner of moto's server: it saves what moto holds, and asks callers for the sandbox's access key."""
    return Service(
        name=Name.AWS,
        command=(
            str(setting.python),
            "-m",
            "sandbox.aws",
            f"--port={setting.ports[Name.AWS]}",
            f"--state={setting.layout.aws / 'state.pickle'}",
            f"--keys={setting.credentials.object_store_keys}",
        ),
        folder=setting.checkout,
        port=setting.ports[Name.AWS],
        probe=HttpProbe(f"http://{setting.address(Name.AWS)}/healthz"),
        environment=surroundings() | {"PYTHONUNBUFFERED": "1", "MOTO_PORT": str(setting.ports[Name.AWS])},
    )
