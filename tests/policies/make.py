"""Short ways to make the facts that cases are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from policies.domain.required import LABELS
from policies.facts import UNKNOWN, Facts, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a rule must say of some facts: the properties it names, in order; `?` before one that it cannot judge yet.
Said: TypeAlias = tuple[str, ...]

DIGEST = "sha256:" + "0" * 64
LABELLED: dict[str, Value] = dict.fromkeys(LABELS, "some")
#: Path of a CronJob's pod.
CRON = "spec.jobTemplate.spec.template"
WORKLOADS = (
    "core/v1:Pod",
    "apps/v1:Deployment",
    "apps/v1:StatefulSet",
    "apps/v1:DaemonSet",
    "apps/v1:ReplicaSet",
    "batch/v1:Job",
    "batch/v1:CronJob",
)


def facts(token: str, props: Mapping[str, Value], *, stack: str = "local", protect: bool = False) -> Facts:
    """A resource of a type, by the name of ``thing``."""
    urn = f"urn:pulumi:{stack}::groundwork::{token}::thing"
    return Facts(token=token, name="thing", urn=urn, props=props, protect=protect)


def container(**changes: Value) -> dict[str, Value]:
    """A container that no rule objects to, with some fields changed."""
    amounts: dict[str, Value] = {"cpu": "100m", "memory": "64Mi"}
    good: dict[str, Value] = {
        "name": "main",
        "image": f"ghcr.io/someone/thing@{DIGEST}",
        "resources": {"requests": amounts, "limits": amounts},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": True,
            "runAsNonRoot": True,
        },
    }
    return good | changes


def secured(**changes: Value) -> dict[str, Value]:
    """A container that no rule objects to, with some fields of its security context changed (None: left out)."""
    good = container()["securityContext"]
    assert isinstance(good, dict)
    merged = {key: value for key, value in (good | changes).items() if value is not None}
    return container(securityContext=merged)


def workload(kind: str, *containers: Value, stack: str = "local", **spec: Value) -> Facts:
    """A workload of a kind (`WORKLOADS`) whose pod has these containers, or the given lists by keyword."""
    pod: dict[str, Value] = {"containers": list(containers)} | spec
    metadata: dict[str, Value] = {"labels": LABELLED}
    template: dict[str, Value] = {"metadata": metadata, "spec": pod}
    token = f"kubernetes:{kind}"
    if kind.endswith(":Pod"):
        return facts(token, template, stack=stack)
    body: dict[str, Value] = {"template": template}
    if kind.endswith(":CronJob"):
        body = {"jobTemplate": {"spec": body}}
    return facts(token, {"metadata": metadata, "spec": body}, stack=stack)


def cron(*containers: Value, stack: str = "local", **spec: Value) -> Facts:
    """A CronJob whose pod has these containers."""
    return workload("batch/v1:CronJob", *containers, stack=stack, **spec)


#: A CronJob of whose pod nothing is known.
UNKNOWN_POD = facts(
    "kubernetes:batch/v1:CronJob",
    {"metadata": {"labels": LABELLED}, "spec": {"jobTemplate": {"spec": {"template": UNKNOWN}}}},
)
UNKNOWN_POD_SAID: Said = (f"?{CRON}.spec",)
