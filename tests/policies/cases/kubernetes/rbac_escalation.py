"""Cases of `rbac-no-escalation`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "kubernetes:rbac.authorization.k8s.io/v1"
_GOOD: dict[str, Value] = {"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}


def _role(*rules: Value, kind: str = "Role") -> Facts:
    return facts(f"{_GROUP}:{kind}", {"rules": list(rules)})


def _secrets(*verbs: Value, kind: str = "ClusterRole", **more: Value) -> Facts:
    return _role(_GOOD | {"resources": ["secrets"], "verbs": list(verbs)} | more, kind=kind)


PASS = {
    "named": _role(_GOOD),
    "no rules": _role(),
    "secrets of one namespace": _secrets("get", kind="Role"),
    "secrets by their names": _secrets("get", resourceNames=["key"]),
    "secrets, but not what they hold": _secrets("create"),
    "other things of the cluster": _role(_GOOD, kind="ClusterRole"),
    "whatever may be done to pods of the cluster": _secrets("create", resources=["pods"], resourceNames=UNKNOWN),
}
FAIL = {
    **{
        f"to {verb}": (_role(_GOOD | {"verbs": ["get", verb]}), ("rules[0].verbs",))
        for verb in ("bind", "escalate", "impersonate")
    },
    **{
        f"by {resource}": (_role(_GOOD | {"resources": [resource]}), ("rules[0].resources",))
        for resource in ("nodes/proxy", "serviceaccounts/token")
    },
    **{f"{verb} of all secrets": (_secrets(verb), ("rules[0].resources",)) for verb in ("get", "list", "watch")},
    "of no secret by name, which is of all": (_secrets("get", resourceNames=[]), ("rules[0].resources",)),
    "the second rule": (_role(_GOOD, {"verbs": ["bind"]}, kind="ClusterRole"), ("rules[1].verbs",)),
    "in a list": (
        facts(f"{_GROUP}:ClusterRoleList", {"items": [{}, {"rules": [{"resources": ["secrets"], "verbs": ["get"]}]}]}),
        ("items[1].rules[0].resources",),
    ),
}
PENDING = {
    "the verbs": (_role(_GOOD | {"verbs": UNKNOWN}), ("?rules[0].verbs",)),
    "the resources": (_role(_GOOD | {"resources": UNKNOWN}), ("?rules[0].resources",)),
    "the names of secrets": (_secrets("get", resourceNames=UNKNOWN), ("?rules[0].resources",)),
}
