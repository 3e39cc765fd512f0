"""Roles name what they allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.objects import Object, kinds, objects
from policies.facts import UNKNOWN, Facts, entries
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """No part of a role's rules may be a wildcard."""
    for role in objects(facts):
        for place, rule in enumerate(entries(role.look("rules"))):
            yield from _rule(Object(path=role.at(f"rules[{place}]"), body=rule))


def _rule(rule: Object) -> Iterator[Result]:
    for key in ("apiGroups", "resources", "verbs", "nonResourceURLs"):
        given = entries(rule.look(key))
        if any(isinstance(name, str) and "*" in name for name in given):
            yield Violation(where=rule.at(key), what=f"{key} holds a wildcard")
        elif UNKNOWN in given:
            yield Pending(where=rule.at(key))


RULE = Rule(
    id="rbac-no-wildcards",
    title="Roles allow nothing by wildcard",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A wildcard allows what nobody thought of, secrets of all pods among it, and what is installed tomorrow.",
    fix="name the API groups, resources and verbs that the program uses",
    link="https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    applies=kinds("rbac.authorization.k8s.io", "Role", "ClusterRole"),
    check=check,
)
