"""Pods run as an account of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, present
from policies.domain.pods import holds_pods, known_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each pod must name an account that is not ``default``; `serviceAccount` is the old name of the field."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        named = look(pod.spec, "serviceAccountName")
        yield from demand(
            look(pod.spec, "serviceAccount") if named is None else named,
            _own,
            where=pod.at("spec", "serviceAccountName"),
            what="the pod runs as the account that every pod without one gets",
        )


def _own(account: Value) -> bool:
    return present(account) and account != "default"


RULE = Rule(
    id="pod-service-account",
    title="Pods run as a service account of their own",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A right that is given to the default account is given to every pod of the namespace.",
    fix="declare a ServiceAccount and name it in serviceAccountName",
    link="https://kubernetes.io/docs/concepts/security/service-accounts/",
    applies=holds_pods,
    check=check,
)
