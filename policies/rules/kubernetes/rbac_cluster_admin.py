"""Nobody is bound to cluster-admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts, Value


def check(facts: Facts) -> Iterator[Result]:
    """No binding may refer to the role that allows everything."""
    for binding in objects(facts):
        yield from demand(
            binding.look("roleRef", "name"),
            _bounded,
            where=binding.at("roleRef.name"),
            what="the binding allows everything",
        )


def _bounded(role: Value) -> bool:
    return role != "cluster-admin"


RULE = Rule(
    id="rbac-no-cluster-admin",
    title="Nobody is bound to cluster-admin",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Whoever takes over one of the bound accounts owns the cluster and every secret in it.",
    fix="bind a role that names what the program needs",
    link="https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    applies=kinds("rbac.authorization.k8s.io", "RoleBinding", "ClusterRoleBinding"),
    check=check,
)
