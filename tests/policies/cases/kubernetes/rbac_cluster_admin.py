"""Cases of `rbac-no-cluster-admin`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "kubernetes:rbac.authorization.k8s.io/v1"


def _binding(role: str, kind: str = "ClusterRoleBinding") -> Facts:
    return facts(f"{_GROUP}:{kind}", {"roleRef": {"kind": "ClusterRole", "name": role}})


def _access(policy: Value) -> Facts:
    return facts("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", {"policyArn": policy})


_POLICY = "arn:aws:eks::aws:cluster-access-policy"

PASS = {
    "a policy of EKS's": _access(f"{_POLICY}/AmazonEKSViewPolicy"),
    "no policy": _access(None),
    "another role": _binding("view"),
    "the wrong type: a role, not a binding": facts(f"{_GROUP}:ClusterRole", {"roleRef": {"name": "cluster-admin"}}),
}
FAIL = {
    "of the cluster": (_binding("cluster-admin"), ("roleRef.name",)),
    "of a namespace": (_binding("cluster-admin", "RoleBinding"), ("roleRef.name",)),
    "by EKS": (_access(f"{_POLICY}/AmazonEKSClusterAdminPolicy"), ("policyArn",)),
    "in a list": (
        facts(f"{_GROUP}:RoleBindingList", {"items": [{"roleRef": {"name": "cluster-admin"}}]}),
        ("items[0].roleRef.name",),
    ),
}
PENDING = {
    "the policy of EKS": (_access(UNKNOWN), ("?policyArn",)),
    "the role": (facts(f"{_GROUP}:RoleBinding", {"roleRef": UNKNOWN}), ("?roleRef.name",)),
}
