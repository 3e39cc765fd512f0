"""A control plane with a node that tests start, kill and start again, and what they ask of it."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import msgspec
import psutil
import pytest
from lightkube.config.kubeconfig import KubeConfig
from lightkube.core.exceptions import ApiError
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.batch_v1 import CronJob, Job
from lightkube.resources.coordination_v1 import Lease
from lightkube.resources.core_v1 import (
    ConfigMap,
    Event,
    Node,
    PersistentVolume,
    PersistentVolumeClaim,
    Pod,
    Secret,
    ServiceAccount,
)

from sandbox.credentials import Credentials, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lightkube.core.client import Client
    from lightkube.models.core_v1 import ContainerStateTerminated, ContainerStatus

_Found = TypeVar("_Found")
IMAGE = "sandbox/trial:dev"
#: Longest wait for anything; a loaded machine with two cores needs a tenth of it.
LIMIT_SECONDS = 90.0


@dataclass
class Cluster:
    """A running control plane and its one node."""

    api: Client
    root: Path
    checkout: Path
    credentials: Credentials
    port: int
    runtime: str = ""
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def use(self, runtime: str) -> None:
        """See to it that the node runs, with this runtime."""
        if self.process is not None and self.process.poll() is None and self.runtime == runtime:
            return
        self.stop()
        self.start(runtime)

    def start(self, runtime: str) -> None:
        """Start the node and wait until it is ready, as this runtime's."""
        server = self.credentials.server
        with (self.root / "logs" / "node.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "sandbox.node",
                    f"--kubeconfig={self.credentials.kubeconfig(User.NODE)}",
                    f"--binder-kubeconfig={self.credentials.kubeconfig(User.BINDER)}",
                    f"--provisioner-kubeconfig={self.credentials.kubeconfig(User.PROVISIONER)}",
                    f"--root={self.root}",
                    f"--checkout={self.checkout}",
                    f"--listen-port={self.port}",
                    f"--tls-cert={server.certificate}",
                    f"--tls-key={server.key}",
                    f"--client-ca={self.credentials.authority}",
                    f"--runtime={runtime}",
                ],
                env=dict(os.environ) | {"NODE_SECRET": "must not be seen"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.runtime = runtime
        until(self._registered, f"the node to be ready as {runtime}")

    def kill(self) -> None:
        """Kill the node as a crash would: no last words."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(LIMIT_SECONDS)

    def stop(self) -> None:
        """Ask the node to end, and wait for it."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LIMIT_SECONDS)

    def run(self, command: str | list[str], namespace: str = "default", **spec: object) -> Pod:
        """Create a pod with one container and return it as created. A text is a shell command."""
        words = ["/bin/sh", "-c", command] if isinstance(command, str) else command
        own = spec.pop("container", {})
        assert isinstance(own, dict)
        container = {"name": "main", "image": IMAGE, "command": words} | own
        return self.create({"containers": [container], "restartPolicy": "Never"} | spec, namespace=namespace)

    def create(self, spec: dict[str, Any], **meta: object) -> Pod:
        """Create a pod with this spec."""
        quick = {"terminationGracePeriodSeconds": 2, "automountServiceAccountToken": False}
        metadata = {"name": f"p{next(self.numbers)}", "namespace": "default"} | meta
        return self.api.create(msgspec.convert({"metadata": metadata, "spec": quick | spec}, Pod))

    def get(self, pod: Pod) -> Pod:
        """The pod as it is now."""
        return self.api.get(Pod, name_of(pod), namespace=namespace_of(pod))

    def finish(self, pod: Pod) -> Pod:
        """Wait until the pod has ended, and return it."""
        return self.reach(pod, lambda now: self.phase(now) in {"Succeeded", "Failed"}, "the pod's end")

    def reach(self, pod: Pod, state: Callable[[Pod], bool], what: str) -> Pod:
        """Wait until the pod is in a state, and return it."""

        def look() -> Pod | None:
            now = self.get(pod)
            return now if state(now) else None

        return until(look, what, lambda: self._situation(pod))

    def log(self, pod: Pod, **query: Any) -> str:  # noqa: ANN401 - handed on
        """The container's log, read through the API server as `kubectl logs` does."""
        return "".join(self.api.log(name_of(pod), namespace=namespace_of(pod), newlines=True, **query))

    def events(self, pod: Pod) -> dict[str, list[str]]:
        """Messages of the pod's events by reason."""
        found: dict[str, list[str]] = {}
        for event in self.api.list(Event, namespace=namespace_of(pod), fields={"involvedObject.name": name_of(pod)}):
            found.setdefault(event.reason or "", []).append(event.message or "")
        return found

    def heard(self, pod: Pod, reason: str) -> str:
        """Wait for an event of the pod with this reason, and return its message."""
        return until(lambda: next(iter(self.events(pod).get(reason, [])), None), f"an event {reason}")

    def delete(self, pod: Pod) -> None:
        """Delete the pod and wait until it is gone."""
        self.api.delete(Pod, name_of(pod), namespace=namespace_of(pod))
        until(lambda: self.gone(pod), "the pod to be gone")

    @staticmethod
    def until(look: Callable[[], _Found | None], what: str) -> _Found:
        """Wait for something that is true, and return it."""
        return until(look, what)

    @staticmethod
    def phase(pod: Pod) -> str:
        """The pod's phase."""
        assert pod.status is not None
        return pod.status.phase or ""

    @staticmethod
    def container(pod: Pod) -> ContainerStatus:
        """Status of the pod's first container."""
        assert pod.status is not None
        assert pod.status.containerStatuses
        return pod.status.containerStatuses[0]

    @staticmethod
    def ending(pod: Pod) -> ContainerStateTerminated:
        """How the pod's first container ended."""
        state = Cluster.container(pod).state
        assert state is not None
        assert state.terminated is not None
        return state.terminated

    @staticmethod
    def restarts(pod: Pod) -> int:
        """How often the pod's first container was started again."""
        statuses = (pod.status.containerStatuses if pod.status else None) or []
        return statuses[0].restartCount if statuses else 0

    @staticmethod
    def waiting(pod: Pod) -> str:
        """Why the pod's first container waits; empty when it does not."""
        if pod.status is None or not pod.status.containerStatuses:
            return ""
        state = pod.status.containerStatuses[0].state
        return (state.waiting.reason or "") if state and state.waiting else ""

    def processes(self) -> str:
        """Command lines of every process below the node."""
        assert self.process is not None
        found = []
        for one in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                found.append(" ".join(one.cmdline()))
        return "\n".join(found)

    def job(self, namespace: str, command: str, **spec: object) -> str:
        """Create a CronJob that never comes due and a Job from its template; return the Job's name."""
        container = {"name": "main", "image": IMAGE, "command": ["/bin/sh", "-c", command]}
        pod = {"restartPolicy": "Never", "containers": [container], "automountServiceAccountToken": False}
        template = {"spec": {"template": {"spec": pod}} | spec}
        cron = {"schedule": "0 0 1 1 *", "suspend": True, "jobTemplate": template}
        made = self.api.create(
            msgspec.convert({"metadata": {"name": "cron", "namespace": namespace}, "spec": cron}, CronJob)
        )
        assert made.spec is not None
        job = Job(metadata=ObjectMeta(name="by-hand", namespace=namespace), spec=made.spec.jobTemplate.spec)
        self.api.create(job)
        return "by-hand"

    def secret(self, namespace: str, name: str, values: dict[str, str]) -> None:
        """Create a Secret."""
        self.api.create(Secret(metadata=ObjectMeta(name=name, namespace=namespace), stringData=values))

    def config_map(self, namespace: str, name: str, values: dict[str, str]) -> None:
        """Create a ConfigMap."""
        self.api.create(ConfigMap(metadata=ObjectMeta(name=name, namespace=namespace), data=values))

    def claim(self, namespace: str, name: str) -> None:
        """Create a claim of the sandbox's storage class."""
        spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}}
        meta = {"name": name, "namespace": namespace}
        self.api.create(
            msgspec.convert({"metadata": meta, "spec": spec | {"storageClassName": "sandbox"}}, PersistentVolumeClaim)
        )

    def message(self, pod: Pod) -> str:
        """What the pod's first container says about its waiting."""
        state = self.container(pod).state
        return (state.waiting.message or "") if state and state.waiting else ""

    def succeeded(self, namespace: str, job: str) -> bool:
        """The Job is complete."""
        return self._job_is(namespace, job, "Complete")

    def failed(self, namespace: str, job: str) -> bool:
        """The Job has failed."""
        return self._job_is(namespace, job, "Failed")

    def pods(self, namespace: str) -> list[Pod]:
        """All pods of a namespace."""
        return list(self.api.list(Pod, namespace=namespace))

    def _job_is(self, namespace: str, job: str, condition: str) -> bool:
        found = self.api.get(Job, job, namespace=namespace).status
        return any(
            one.type == condition and one.status == "True" for one in (found.conditions if found else None) or []
        )

    def _situation(self, pod: Pod) -> str:
        status = json.dumps(self.get(pod).to_dict()["status"], default=str)
        return f"{status}\n{(self.root / 'logs' / 'node.log').read_text()[-4000:]}"

    def ask_to_delete(self, pod: Pod) -> None:
        """Delete the pod and wait for nothing."""
        self.api.delete(Pod, name_of(pod), namespace=namespace_of(pod))

    @staticmethod
    def runs_anywhere(mark: str) -> bool:
        """Some process of this machine sleeps for that many seconds."""
        return any(one.info["cmdline"] == ["sleep", mark] for one in psutil.process_iter(["cmdline"]))

    @staticmethod
    def is_ready(pod: Pod) -> bool:
        """The pod's condition Ready holds."""
        conditions = (pod.status.conditions if pod.status else None) or []
        return any(one.type == "Ready" and one.status == "True" for one in conditions)

    @staticmethod
    def interpreter() -> str:
        """The interpreter that images are built with."""
        return f"{sys.base_prefix}/bin/python"

    def previous_log(self, pod: Pod) -> str:
        """The log of the container's run before this one."""
        server = KubeConfig.from_file(self.credentials.kubeconfig(User.ADMIN)).get()
        assert server is not None
        path = f"/api/v1/namespaces/{namespace_of(pod)}/pods/{name_of(pod)}/log"
        answer = httpx2.get(
            f"{server.cluster.server}{path}",
            params={"previous": "true"},
            headers={"Authorization": f"Bearer {self.credentials.token(User.ADMIN)}"},
            verify=ssl.create_default_context(cafile=self.credentials.authority),
            trust_env=False,
        )
        return answer.text

    def condition(self, kind: str) -> str:
        """The value of one of the node's conditions."""
        status = self.api.get(Node, "sandbox").status
        conditions = (status.conditions if status else None) or []
        return next(one.status for one in conditions if one.type == kind)

    def isolation(self) -> tuple[str, str]:
        """The node's runtime label and its condition Isolated."""
        meta = self.api.get(Node, "sandbox").metadata
        labels = (meta.labels if meta else None) or {}
        return labels["groundwork.dev/runtime"], self.condition("Isolated")

    def lease_holder(self) -> str:
        """Who holds the node's lease."""
        spec = self.api.get(Lease, "sandbox", namespace="kube-node-lease").spec
        return (spec.holderIdentity if spec else None) or ""

    def refuses_strangers(self) -> bool:
        """The kubelet endpoint answers the API server's client, and nobody with another certificate or with none."""
        answered = {}
        for name, pair in {"api": self.credentials.client, "server": self.credentials.server, "none": None}.items():
            context = ssl.create_default_context(cafile=self.credentials.authority)
            if pair is not None:
                context.load_cert_chain(pair.certificate, pair.key)
            try:
                httpx2.get(f"https://127.0.0.1:{self.port}/healthz", verify=context, trust_env=False)
                answered[name] = True
            except httpx2.HTTPError:
                answered[name] = False
        return answered == {"api": True, "server": False, "none": False}

    def traces(self, uid: str) -> list[Path]:
        """Folders of a pod that are still on this machine."""
        shared = Path("/dev/shm").glob(f"groundwork-*/{uid}")  # noqa: S108 - where the node keeps what is in memory
        return [path for path in [self.root / "pods" / uid, *shared] if path.exists()]

    def has_account(self, namespace: str) -> bool:
        """The namespace has its default service account and the cluster's authority."""
        try:
            self.api.get(ServiceAccount, "default", namespace=namespace)
            self.api.get(ConfigMap, "kube-root-ca.crt", namespace=namespace)
        except ApiError:
            return False
        return True

    def volume_by_hand(self, namespace: str, name: str, place: Path) -> None:
        """Create a volume at a folder and a claim bound to it."""
        size = {"storage": "1Mi"}
        spec = {"accessModes": ["ReadWriteOnce"], "storageClassName": ""}
        volume = {"capacity": size, "hostPath": {"path": str(place)}} | spec
        meta = {"name": f"{namespace}-{name}"}
        self.api.create(msgspec.convert({"metadata": meta, "spec": volume}, PersistentVolume))
        claim = {"resources": {"requests": size}, "volumeName": f"{namespace}-{name}"} | spec
        whole = {"metadata": {"name": name, "namespace": namespace}, "spec": claim}
        self.api.create(msgspec.convert(whole, PersistentVolumeClaim))

    def gone(self, pod: Pod) -> bool:
        """The pod is no more."""
        try:
            self.get(pod)
        except ApiError as error:
            return error.status.code == 404
        return False

    def _registered(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.root / "logs" / "node.log").read_text()[-3000:]
        try:
            node = self.api.get(Node, "sandbox")
        except ApiError:
            return False
        version = node.status.nodeInfo.containerRuntimeVersion if node.status and node.status.nodeInfo else ""
        return version.endswith(self.runtime)


def until(look: Callable[[], _Found | None], what: str, detail: Callable[[], str] = str) -> _Found:
    """Wait for something that is true, and return it."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail(f"waited {LIMIT_SECONDS:g} s for {what}; {detail()}")


def name_of(pod: Pod) -> str:
    """The pod's name."""
    assert pod.metadata is not None
    return pod.metadata.name or ""


def namespace_of(pod: Pod) -> str:
    """The pod's namespace."""
    assert pod.metadata is not None
    return pod.metadata.namespace or ""
