"""What the node is told when it starts, and the folders it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: The one node of the sandbox; the API server's node authorizer knows it as ``system:node:sandbox``.
NODE_NAME = "sandbox"
#: Provisioner of StorageClass ``sandbox``.
PROVISIONER = "groundwork.dev/sandbox"
#: Folders of ``.sandbox/`` that a pod's own hostPath volume may name. The others hold credentials and state.
HOST_PATHS = ("volumes", "shared")


@dataclass(frozen=True)
class Settings:
    """Everything `sandbox.node` needs, read from its command line.

    Attributes:
        kubeconfig: credentials of ``system:node:sandbox`` (group ``system:nodes``).
        binder_kubeconfig: credentials of ``system:kube-scheduler``.
        provisioner_kubeconfig: credentials that may read claims and create volumes.
        root: the sandbox's folder, absolute.
        checkout: the repository that holds the images' folders, absolute.
        listen_port: port of the kubelet endpoint on 127.0.0.1.
        tls_cert: certificate chain (PEM) of that endpoint, for IP 127.0.0.1.
        tls_key: its private key.
        client_ca: authority whose client certificates may call the endpoint.
        uv: the ``uv`` program that builds images; None when there is none, then no image can be built.
        runtime: ``auto``, ``bwrap`` or ``plain``.
        backoff_seconds: first pause before a second restart or a second pull; doubles up to `backoff_limit_seconds`.
            Kubernetes takes 10 s and 300 s.
        backoff_limit_seconds: longest such pause.
        retry_seconds: pause before a missing Secret, ConfigMap or claim is looked for again.
        log_bytes: size at which a container's log is rotated; one older file is kept.
    """

    kubeconfig: Path
    binder_kubeconfig: Path
    provisioner_kubeconfig: Path
    root: Path
    checkout: Path
    listen_port: int
    tls_cert: Path
    tls_key: Path
    client_ca: Path
    uv: Path | None = None
    runtime: str = "auto"
    backoff_seconds: float = 10.0
    backoff_limit_seconds: float = 300.0
    retry_seconds: float = 2.0
    log_bytes: int = 10 * 1024 * 1024

    @property
    def images(self) -> Path:
        """Built images, a folder per digest."""
        return self.root / "images"

    @property
    def image_table(self) -> Path:
        """JSON table: image reference to folder in the checkout."""
        return self.root / "images.json"

    @property
    def pods(self) -> Path:
        """Working folders of pods that are not finished, one per pod UID."""
        return self.root / "pods"

    @property
    def pod_logs(self) -> Path:
        """Logs of containers: ``<namespace>_<pod>_<uid>/<container>/<restart>.log``."""
        return self.root / "logs" / "pods"

    @property
    def volumes(self) -> Path:
        """Data of claims: ``<namespace>/<claim>``."""
        return self.root / "volumes"
