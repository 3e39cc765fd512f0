"""Where pods hide: every kind of workload carries a pod's spec, each at its own path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Pending

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPLATE = ("spec", "template")
#: Kind -> keys from the object to what holds the pod's `metadata` and `spec`.
_PATHS: dict[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "Deployment": _TEMPLATE,
    "StatefulSet": _TEMPLATE,
    "DaemonSet": _TEMPLATE,
    "ReplicaSet": _TEMPLATE,
    "ReplicationController": _TEMPLATE,
    "Job": _TEMPLATE,
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
# `PodList` and its like hold whole objects in `items`. `PodPatch` and its like hold a part of an object that
# someone else owns: what the part leaves out cannot be judged here, the cluster's Pod Security labels do that.
_TOKEN = re.compile(
    r"kubernetes:(?:core|apps|batch|extensions)/v\w+:(?P<kind>" + "|".join(_PATHS) + r")(?P<list>List)?"
)

_LISTS = ("initContainers", "containers", "ephemeralContainers")


@dataclass(frozen=True)
class Pod:
    """A pod's template: the path of its holder in the resource, its metadata and its spec (either may be unknown)."""

    path: str
    metadata: Value
    spec: Value

    def at(self, *keys: str) -> str:
        """Path of something below the pod."""
        return ".".join(part for part in (self.path, *keys) if part)

    def containers(self) -> Iterator[Container | Pending]:
        """Every container of every list; `Pending` in place of one that is not known."""
        for kind in _LISTS:
            for place, body in enumerate(entries(look(self.spec, kind))):
                path = self.at("spec", f"{kind}[{place}]")
                yield Pending(where=path) if body is UNKNOWN else Container(path=path, body=body)


@dataclass(frozen=True)
class Container:
    """One container of a pod, of whichever list."""

    path: str
    body: Value

    @property
    def name(self) -> str:
        """The container's name, for messages."""
        name = look(self.body, "name")
        return name if isinstance(name, str) else "?"

    @property
    def ephemeral(self) -> bool:
        """Whether it is a debugging container, which may carry no resources of its own."""
        return "ephemeralContainers[" in self.path

    @property
    def lasting(self) -> bool:
        """Whether it runs as long as the pod: one of its own, or an init container that is started again and again.

        An init container of which that is not known counts as one.
        """
        return "initContainers[" not in self.path or look(self.body, "restartPolicy") in ("Always", UNKNOWN)


@dataclass(frozen=True)
class Context:
    """A security context: a pod's, which holds for its containers, or one container's own.

    Attributes:
        of: whose it is, for messages.
        path: where it stands.
        body: its fields; None where there is none.
        pods: for a container the body of its pod's; for the pod None.
        container: whether it is a container's.
    """

    of: str
    path: str
    body: Value
    pods: Value = None
    container: bool = False

    def leaves(self, key: str) -> bool:
        """Whether it leaves a field to others, and may: a pod to its containers, a container to a pod that has it."""
        return look(self.body, key) is None and (not self.container or look(self.pods, key) is not None)


def holds_pods(token: str) -> bool:
    """Whether resources of this type carry a pod's spec."""
    return _TOKEN.fullmatch(token) is not None


def pods(facts: Facts) -> Iterator[Pod]:
    """Every pod template of a resource."""
    found = _TOKEN.fullmatch(facts.token)
    if found is None:
        return
    keys = _PATHS[found["kind"]]
    holders: list[tuple[str, Value]] = [("", facts.props)]
    if found["list"]:
        items = look(facts.props, "items")
        holders = [(f"items[{place}]", item) for place, item in enumerate(entries(items))]
    for prefix, holder in holders:
        path = ".".join(part for part in (prefix, *keys) if part)
        yield Pod(path=path, metadata=look(holder, *keys, "metadata"), spec=look(holder, *keys, "spec"))


def known_pods(facts: Facts) -> Iterator[Pod | Pending]:
    """Every pod template of a resource; `Pending` in place of one whose spec is not known."""
    for pod in pods(facts):
        yield Pending(where=pod.at("spec")) if pod.spec is UNKNOWN else pod


def containers(facts: Facts) -> Iterator[Container | Pending]:
    """Every container of every pod of a resource; `Pending` in place of what is not known."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
        else:
            yield from pod.containers()


def contexts(facts: Facts) -> Iterator[Context | Pending]:
    """The security context of every pod, then those of its containers; `Pending` in place of what is not known."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        shared = look(pod.spec, "securityContext")
        yield Context(of="the pod", path=pod.at("spec", "securityContext"), body=shared)
        for item in pod.containers():
            if isinstance(item, Pending):
                yield item
                continue
            own = look(item.body, "securityContext")
            path = f"{item.path}.securityContext"
            yield Context(of=f"container {item.name!r}", path=path, body=own, pods=shared, container=True)
