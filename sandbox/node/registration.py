"""The Node object, its conditions and its lease: how the cluster knows that the node is there and alive."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil
import structlog
from lightkube.core.exceptions import ApiError
from lightkube.models.coordination_v1 import LeaseSpec
from lightkube.models.core_v1 import NodeSpec
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.coordination_v1 import Lease
from lightkube.resources.core_v1 import Node
from lightkube.resources.core_v1 import NodeStatus as NodeStatusResource

from sandbox.node.fields import ADDRESS
from sandbox.node.kube import API_ERRORS, now, status_code
from sandbox.node.settings import NODE_NAME, Settings

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from lightkube.core.client import Client

_log = structlog.get_logger()
_LEASES = "kube-node-lease"
_LEASE_SECONDS = 40
_BEAT_SECONDS = 10.0
#: Pods that the node takes at most; the kubelet's own default.
_POD_LIMIT = 110
#: Memory kept from pods, bytes: the sandbox's own services (issue 3 allows them 1.5 GiB).
_RESERVED_BYTES = 1536 * 1024 * 1024
#: Bytes that must be free, else the node tells DiskPressure and takes no pod. The kubelet asks for a tenth of the disk:
#: on a developer's that would refuse pods with 90 GB free. `make up` asks for four times this before it starts.
_DISK_FREE_BYTES = 128 * 1024 * 1024
_CONFLICT = 409
_NOT_FOUND = 404
_MACHINES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Condition:
    """One condition of the node."""

    kind: str
    holds: bool
    reason: str
    message: str


def capacity() -> dict[str, str]:
    """What this machine has, in Kubernetes quantities."""
    return {
        "cpu": str(psutil.cpu_count() or 1),
        "memory": f"{psutil.virtual_memory().total // 1024}Ki",
        "ephemeral-storage": f"{psutil.disk_usage('/').total // 1024}Ki",
        "pods": str(_POD_LIMIT),
    }


def allocatable() -> dict[str, str]:
    """What pods may ask for: memory less what the sandbox's services need, but never less than half."""
    total = psutil.virtual_memory().total
    return capacity() | {"memory": f"{max(total - _RESERVED_BYTES, total // 2) // 1024}Ki"}


class Registration:
    """Keeps the Node object and its lease.

    Args:
        api: client of ``system:node:sandbox``.
        settings: the node's settings.
        runtime: ``bwrap`` or ``plain``.
        isolation: what the runtime does and does not do, a sentence for people.
    """

    def __init__(self, api: Client, settings: Settings, runtime: str, isolation: str) -> None:
        self._api = api
        self._settings = settings
        self._runtime = runtime
        self._isolation = isolation
        self._since: dict[str, tuple[str, str]] = {}

    def run(self, stop: threading.Event) -> None:
        """Register, then beat until told to stop; an API server that is away is tried again at each beat."""
        while not stop.is_set():
            try:
                self.beat()
            except API_ERRORS as error:
                _log.info("node.beat_failed", error=str(error))
                stop.wait(1.0)
                continue
            stop.wait(_BEAT_SECONDS)

    def beat(self) -> None:
        """Make or renew the Node object, its status and its lease, once."""
        self._ensure_node()
        self._api.patch(NodeStatusResource, NODE_NAME, {"status": self._status()})
        self._renew_lease()

    def _labels(self) -> dict[str, str]:
        machine = platform.machine()
        return {
            "kubernetes.io/hostname": NODE_NAME,
            "kubernetes.io/os": platform.system().lower(),
            "kubernetes.io/arch": _MACHINES.get(machine, machine),
            "node.kubernetes.io/instance-type": "groundwork-sandbox",
            "groundwork.dev/runtime": self._runtime,
        }

    def _ensure_node(self) -> None:
        node = Node(metadata=ObjectMeta(name=NODE_NAME, labels=self._labels()), spec=NodeSpec())
        try:
            self._api.create(node)
        except ApiError as error:
            if status_code(error) != _CONFLICT:
                raise
            self._api.patch(Node, NODE_NAME, {"metadata": {"labels": self._labels()}})

    def _status(self) -> Mapping[str, object]:
        return {
            "capacity": capacity(),
            "allocatable": allocatable(),
            "addresses": [
                {"type": "InternalIP", "address": ADDRESS},
                {"type": "Hostname", "address": NODE_NAME},
            ],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": self._settings.listen_port}},
            "nodeInfo": {
                "machineID": "",
                "systemUUID": "",
                "bootID": "",
                "kernelVersion": platform.release(),
                "osImage": platform.platform(),
                "containerRuntimeVersion": f"groundwork-process://{self._runtime}",
                "kubeletVersion": "v1.36.3-groundwork-sandbox",
                "kubeProxyVersion": "",
                "operatingSystem": platform.system().lower(),
                "architecture": self._labels()["kubernetes.io/arch"],
            },
            "conditions": [self._condition(condition) for condition in self._conditions()],
        }

    def _conditions(self) -> tuple[Condition, ...]:
        free = psutil.disk_usage(str(self._settings.root)).free
        pressed = free < _DISK_FREE_BYTES
        isolated = self._runtime == "bwrap"
        return (
            Condition("Ready", holds=True, reason="KubeletReady", message="the sandbox's node runs pods as processes"),
            Condition("MemoryPressure", holds=False, reason="KubeletHasSufficientMemory", message="not measured"),
            Condition(
                "DiskPressure",
                holds=pressed,
                reason="KubeletHasDiskPressure" if pressed else "KubeletHasNoDiskPressure",
                message=f"{free // 2**20} MiB free below {self._settings.root}",
            ),
            Condition("PIDPressure", holds=False, reason="KubeletHasSufficientPID", message="not measured"),
            Condition(
                "Isolated",
                holds=isolated,
                reason="Bubblewrap" if isolated else "PlainProcesses",
                message=self._isolation,
            ),
        )

    def _condition(self, condition: Condition) -> Mapping[str, str]:
        value = "True" if condition.holds else "False"
        moment = now().isoformat().replace("+00:00", "Z")
        known, since = self._since.get(condition.kind, ("", moment))
        if known != value:
            since = moment
        self._since[condition.kind] = (value, since)
        return {
            "type": condition.kind,
            "status": value,
            "reason": condition.reason,
            "message": condition.message,
            "lastHeartbeatTime": moment,
            "lastTransitionTime": since,
        }

    def _renew_lease(self) -> None:
        # A MicroTime must have its six digits, which the client's own types leave out.
        stamp = now().isoformat(timespec="microseconds").replace("+00:00", "Z")
        patch = {
            "spec": {"holderIdentity": NODE_NAME, "leaseDurationSeconds": _LEASE_SECONDS, "renewTime": stamp},
        }
        try:
            self._api.patch(Lease, NODE_NAME, patch, namespace=_LEASES)
        except ApiError as error:
            if status_code(error) != _NOT_FOUND:
                raise
            spec = LeaseSpec(holderIdentity=NODE_NAME, leaseDurationSeconds=_LEASE_SECONDS)
            self._api.create(Lease(metadata=ObjectMeta(name=NODE_NAME, namespace=_LEASES), spec=spec))
