"""kube-apiserver: the real Kubernetes API."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sandbox import cluster
from sandbox.credentials import User
from sandbox.loopback import LOOPBACK
from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.setting import Setting

_ISSUER = "https://kubernetes.default.svc"


def url(setting: Setting) -> str:
    """The API server's URL."""
    return f"https://{setting.address(Name.API_SERVER)}"


def define(setting: Setting) -> Service:
    """Static random tokens, the node authorizer and RBAC; nobody gets in without a token."""
    credentials = setting.credentials
    server, client = credentials.server, credentials.client
    return Service(
        name=Name.API_SERVER,
        command=(
            str(setting.binaries[Name.API_SERVER]),
            f"--bind-address={LOOPBACK}",
            f"--advertise-address={LOOPBACK}",
            f"--secure-port={setting.ports[Name.API_SERVER]}",
            f"--etcd-servers=https://{setting.address(Name.ETCD)}",
            f"--etcd-cafile={credentials.authority}",
            f"--etcd-certfile={client.certificate}",
            f"--etcd-keyfile={client.key}",
            f"--tls-cert-file={server.certificate}",
            f"--tls-private-key-file={server.key}",
            f"--token-auth-file={credentials.token_file}",
            "--anonymous-auth=false",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            f"--service-account-issuer={_ISSUER}",
            f"--service-account-key-file={credentials.service_accounts.certificate}",
            f"--service-account-signing-key-file={credentials.service_accounts.key}",
            # Pods' logs are read from the node through these.
            f"--kubelet-certificate-authority={credentials.authority}",
            f"--kubelet-client-certificate={client.certificate}",
            f"--kubelet-client-key={client.key}",
            "--kubelet-preferred-address-types=InternalIP",
            "--service-cluster-ip-range=10.96.0.0/24",
            # No Service leads to the API server here; a loopback address would be refused as its endpoint.
            "--endpoint-reconciler-type=none",
            "--profiling=false",
        ),
        folder=setting.layout.root,
        port=setting.ports[Name.API_SERVER],
        probe=HttpProbe(
            f"{url(setting)}/readyz",
            authority=credentials.authority,
            token=credentials.folder / f"{User.ADMIN.value}.token",
        ),
        environment=surroundings() | {"GOMEMLIMIT": "512MiB", "GOGC": "50"},
        needs=(Name.ETCD,),
        after_ready=partial(cluster.apply, credentials, url(setting)),
    )
