"""AppArmor is not turned off.

Pod Security Standards 1.36, baseline, "AppArmor": left out, the runtime's profile holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.domain.demand import demand
from policies.domain.pods import Pod, contexts, holds_pods, pods
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

#: How profiles were chosen before Kubernetes 1.30 had a field; the kubelet still reads it.
_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


def check(facts: Facts) -> Iterator[Result]:
    """Neither the field of a pod or container nor the old annotation may name another kind of profile."""
    for context in contexts(facts):
        if isinstance(context, Pending):
            yield context
        elif look(context.body, "appArmorProfile") is not None:
            yield from demand(
                look(context.body, "appArmorProfile", "type"),
                _confines,
                where=f"{context.path}.appArmorProfile.type",
                what=f"{context.of} is not confined by AppArmor",
            )
    for pod in pods(facts):
        yield from _annotations(pod)


def _annotations(pod: Pod) -> Iterator[Result]:
    where = pod.at("metadata.annotations")
    annotations = look(pod.metadata, "annotations")
    if annotations is UNKNOWN:
        yield Pending(where=where)
    for key, value in annotations.items() if isinstance(annotations, Mapping) else ():
        if key.startswith(_ANNOTATION):
            yield from demand(
                value,
                _annotation_confines,
                where=f'{where}["{key}"]',
                what="the annotation takes a container out of AppArmor",
                fix="remove the annotation",
            )


def _confines(kind: Value) -> bool:
    return kind in ("RuntimeDefault", "Localhost")


def _annotation_confines(profile: Value) -> bool:
    return profile in ("", "runtime/default") or (isinstance(profile, str) and profile.startswith("localhost/"))


RULE = Rule(
    id="pod-apparmor",
    title="AppArmor is not turned off",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="The runtime's profile keeps a container from mounting file systems and from writing into /proc and /sys.",
    fix="remove appArmorProfile, or give it the type RuntimeDefault or Localhost",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
