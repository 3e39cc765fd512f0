"""Roles name what they allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.domain.objects import Object, kinds, objects
from policies.domain.verdict import Verdict, any_of, found, negated
from policies.facts import UNKNOWN, Facts, Value, entries
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation


def check(facts: Facts) -> Iterator[Result]:
    """No part of a role's rules may be a wildcard, nor what it is put together from."""
    for role in objects(facts):
        for place, rule in enumerate(entries(role.look("rules"))):
            yield from _rule(Object(path=role.at(f"rules[{place}]"), body=rule))
        selectors = ("aggregationRule", "clusterRoleSelectors")
        for place, selector in enumerate(entries(role.look(*selectors))):
            where = f"{role.at(*selectors)}[{place}]"
            yield from found(negated(_selects(selector)), where, what="it takes in every role of the cluster")


def _rule(rule: Object) -> Iterator[Result]:
    for key in ("apiGroups", "resources", "verbs", "nonResourceURLs"):
        given = entries(rule.look(key))
        if any(isinstance(name, str) and "*" in name for name in given):
            yield Violation(where=rule.at(key), what=f"{key} holds a wildcard")
        elif UNKNOWN in given:
            yield Pending(where=rule.at(key))


def _selects(selector: Value) -> Verdict:
    """Whether a selector names some labels; an empty one takes all."""
    if selector is UNKNOWN:
        return None
    parts = selector.values() if isinstance(selector, Mapping) else ()
    return any_of(None if part is UNKNOWN else bool(part) for part in parts)


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
