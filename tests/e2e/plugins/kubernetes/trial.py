"""One resource led through its life, for tests of the kubernetes stand-in's operations."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from providers.kit import Call, Checked, Properties, Stored
from sandbox.plugins.kubernetes.objects import metadata
from sandbox.plugins.kubernetes.tokens import Type

if TYPE_CHECKING:
    from sandbox.plugins.kubernetes.cluster import Cluster
    from sandbox.plugins.kubernetes.provider import Kubernetes
    from sandbox.plugins.kubernetes.resource import KubernetesObject


CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
CRON_JOB = "kubernetes:batch/v1:CronJob"
JOB = "kubernetes:batch/v1:Job"
NAMESPACE = "kubernetes:core/v1:Namespace"
SECRET = "kubernetes:core/v1:Secret"  # noqa: S105 - a type

POD: Properties = {
    "metadata": {"labels": {"app": "a"}},
    "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "busybox"}]},
}

_numbers = itertools.count()


class Trial:
    """One resource through its life, as the engine would lead it."""

    def __init__(self, provider: Kubernetes, token: str, **inputs: Any) -> None:  # noqa: ANN401 - a program's inputs
        self.handler: KubernetesObject = provider.handler(token)
        self.name = f"trial-{next(_numbers)}"
        self.urn = f"urn:pulumi:t::t::{token}::{self.name}"
        self.stored = Stored("")
        self.inputs: Properties = {"metadata": {"name": self.name}, **inputs}

    def call(self, *, preview: bool = False, timeout: float = 20.0) -> Call:
        """What the engine tells of an operation."""
        return Call(urn=self.urn, name=self.name, preview=preview, timeout=timeout, seed=self.name.encode())

    def checked(self, **changes: Any) -> Checked:  # noqa: ANN401 - a program's inputs
        """The inputs, with changes, as the check gives them."""
        self.inputs = {**self.inputs, **changes}
        return self.handler.check(self.call(), self.inputs, self.stored.inputs or None)

    def preview(self) -> Properties:
        """The outputs of a preview of the creation."""
        return self.handler.create(self.call(preview=True), self.checked().inputs).outputs

    def create(self, timeout: float = 20.0) -> Trial:
        """Make it."""
        inputs = self.checked().inputs
        made = self.handler.create(self.call(timeout=timeout), inputs)
        self.stored = Stored(made.id, inputs, made.outputs)
        return self

    def diff(self, **changes: Any) -> dict[str, bool]:  # noqa: ANN401 - a program's inputs
        """Top-level and second keys of what an update to the changed inputs changes, with whether each replaces."""
        diff = self.handler.diff(self.call(), self.stored, self.checked(**changes).inputs)
        return {".".join(str(part) for part in change.path): change.replaces for change in diff.changes}

    def update(self, **changes: Any) -> Properties:  # noqa: ANN401 - a program's inputs
        """Update it to the changed inputs."""
        inputs = self.checked(**changes).inputs
        outputs = self.handler.update(self.call(), self.stored, inputs)
        self.stored = Stored(self.stored.id, inputs, outputs)
        return outputs

    def refresh(self) -> Stored | None:
        """Read it, and keep what was read, as a refresh does."""
        found = self.handler.read(self.call(), self.stored)
        self.stored = found or self.stored
        return found

    def delete(self, timeout: float = 20.0) -> None:
        """Delete it."""
        self.handler.delete(self.call(timeout=timeout), self.stored)


def edit(cluster: Cluster, api_version: str, kind: str, trial: Trial, **changes: Any) -> None:  # noqa: ANN401 - JSON
    """Change fields of a live object as another manager, by force, as ``kubectl edit`` would."""
    where = cluster.find(Type(api_version, kind))
    assert where is not None
    meta = {key: metadata(trial.stored.outputs)[key] for key in ("name", "namespace")}
    wanted = {"apiVersion": api_version, "kind": kind, "metadata": meta, **changes}
    cluster.apply(where, wanted, manager="someone-else", force=True, dry_run=False, log=lambda _text: None)
