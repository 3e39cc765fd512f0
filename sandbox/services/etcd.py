"""etcd: the cluster's database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.setting import Setting

# Its peer listener cannot be switched off: a socket in its own 0700 folder, relative since a socket's path is limited
# to 108 bytes; the advertised URL is never dialled, a cluster of one has no peers.
_PEER_SOCKET = "unix://peer:0"
_PEER_URL = "http://localhost:1"


def define(setting: Setting) -> Service:
    """TLS both ways: only who holds the sandbox's client certificate gets in."""
    credentials = setting.credentials
    url = f"https://{setting.address(Name.ETCD)}"
    return Service(
        name=Name.ETCD,
        command=(
            str(setting.binaries[Name.ETCD]),
            "--name=sandbox",
            "--data-dir=data",
            f"--listen-client-urls={url}",
            f"--advertise-client-urls={url}",
            f"--listen-peer-urls={_PEER_SOCKET}",
            f"--initial-advertise-peer-urls={_PEER_URL}",
            f"--initial-cluster=sandbox={_PEER_URL}",
            f"--cert-file={credentials.server.certificate}",
            f"--key-file={credentials.server.key}",
            f"--trusted-ca-file={credentials.authority}",
            "--client-cert-auth",
            # A sandbox survives the end of any process, not a power cut: then `gw down --purge` starts it afresh.
            "--unsafe-no-fsync",
            # Fewer entries kept in memory than the 10,000 meant for slow followers, of which there are none.
            "--snapshot-count=2000",
            "--quota-backend-bytes=1073741824",
            "--log-level=warn",
        ),
        folder=setting.layout.etcd,
        port=setting.ports[Name.ETCD],
        probe=HttpProbe(f"{url}/readyz", authority=credentials.authority, client=credentials.client),
        environment=surroundings() | {"GOMEMLIMIT": "128MiB", "GOGC": "50"},
    )
