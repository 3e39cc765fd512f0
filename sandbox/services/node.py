"""The node: registers with the API server and runs pods as processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.connections import VARIABLE
from sandbox.credentials import User
from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.setting import Setting

# "Pulling" an image installs a job's packages: that may need the user's proxy, mirror and cache.
_INSTALLER = ("UV_", "PIP_", "SSL_CERT_", "XDG_", "GROUNDWORK_", "http", "HTTP", "no_proxy", "NO_PROXY", "all_proxy")


def define(setting: Setting) -> Service:
    """Three kubeconfigs for its three duties: node, binder of pods, provisioner of volumes."""
    credentials = setting.credentials
    return Service(
        name=Name.NODE,
        command=(
            str(setting.python),
            "-m",
            "sandbox.node",
            f"--kubeconfig={credentials.kubeconfig(User.NODE)}",
            f"--binder-kubeconfig={credentials.kubeconfig(User.BINDER)}",
            f"--provisioner-kubeconfig={credentials.kubeconfig(User.PROVISIONER)}",
            f"--root={setting.layout.root}",
            f"--listen-port={setting.ports[Name.NODE]}",
            f"--tls-cert={credentials.server.certificate}",
            f"--tls-key={credentials.server.key}",
            f"--client-ca={credentials.authority}",
        ),
        folder=setting.checkout,
        port=setting.ports[Name.NODE],
        probe=HttpProbe(
            f"https://{setting.address(Name.NODE)}/healthz",
            authority=credentials.authority,
            client=credentials.client,
        ),
        environment=surroundings(extra_prefixes=_INSTALLER)
        | {"PYTHONUNBUFFERED": "1", VARIABLE: str(setting.layout.connections)},
        needs=(Name.API_SERVER,),
        stop_seconds=20.0,
    )
