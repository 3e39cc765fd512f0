"""Nobody is bound to cluster-admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


#: How EKS gives an AWS identity rights in its cluster, without a binding.
_ACCESS = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
_BINDING = kinds("rbac.authorization.k8s.io", "RoleBinding", "ClusterRoleBinding")


def check(facts: Facts) -> Iterator[Result]:
    """No binding may refer to the role that allows everything, nor EKS grant AWS's policy that does."""
    if facts.token == _ACCESS:
        yield from demand(
            look(facts.props, "policyArn"), _limited, where="policyArn", what="the entry allows everything"
        )
    else:
        yield from _bindings(facts)


def _bindings(facts: Facts) -> Iterator[Result]:
    for binding in objects(facts):
        yield from demand(
            binding.look("roleRef", "name"),
            _bounded,
            where=binding.at("roleRef.name"),
            what="the binding allows everything",
        )


def _limited(policy: Value) -> bool:
    return not (isinstance(policy, str) and policy.endswith("/AmazonEKSClusterAdminPolicy"))


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
    applies=lambda token: token == _ACCESS or _BINDING(token),
    check=check,
)
