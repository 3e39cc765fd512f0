"""Pods that do not talk to Kubernetes carry no key to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.pods import holds_pods, known_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each pod must say whether it needs the token: left out, it gets one."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        yield from demand(
            look(pod.spec, "automountServiceAccountToken"),
            _said,
            where=pod.at("spec", "automountServiceAccountToken"),
            what="the pod gets a token for the Kubernetes API that it did not ask for",
        )


def _said(setting: Value) -> bool:
    # True is asking for it: what the token may do is judged with the rights of its account.
    return isinstance(setting, bool)


RULE = Rule(
    id="pod-token-asked-for",
    title="Pods get a token for the Kubernetes API only where they ask for it",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Whoever gets into a pod acts with its token on the whole cluster's API.",
    fix="set automountServiceAccountToken: false; true where the program calls the Kubernetes API",
    link="https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    applies=holds_pods,
    check=check,
)
