"""Cases of `rbac-no-wildcards`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "kubernetes:rbac.authorization.k8s.io/v1"
_GOOD: dict[str, Value] = {"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}


def _role(*rules: Value, kind: str = "Role") -> Facts:
    return facts(f"{_GROUP}:{kind}", {"rules": list(rules)})


PASS = {
    "named": _role(_GOOD),
    "no rules": _role(),
    "an address": _role({"nonResourceURLs": ["/healthz"], "verbs": ["get"]}, kind="ClusterRole"),
    "no text, the wrong type": _role(_GOOD | {"verbs": [7.0]}),
}
FAIL = {
    **{
        key: (_role(_GOOD | {key: ["*"]}), (f"rules[0].{key}",))
        for key in ("apiGroups", "resources", "verbs", "nonResourceURLs")
    },
    "a part of a name": (_role(_GOOD | {"resources": ["*/scale"]}), ("rules[0].resources",)),
    "beside others": (_role(_GOOD | {"verbs": ["get", "*"]}), ("rules[0].verbs",)),
    "beside an unknown one": (_role(_GOOD | {"verbs": [UNKNOWN, "*"]}), ("rules[0].verbs",)),
    "the second rule": (_role(_GOOD, {"verbs": ["*"]}), ("rules[1].verbs",)),
    "of the cluster": (_role({"verbs": ["*"]}, kind="ClusterRole"), ("rules[0].verbs",)),
    "in a list": (
        facts(f"{_GROUP}:RoleList", {"items": [{}, {"rules": [{"verbs": ["*"]}]}]}),
        ("items[1].rules[0].verbs",),
    ),
}
PENDING = {
    "the verbs": (_role(_GOOD | {"verbs": UNKNOWN}), ("?rules[0].verbs",)),
    "one verb": (_role(_GOOD | {"verbs": ["get", UNKNOWN]}), ("?rules[0].verbs",)),
    "the rules": (
        facts(f"{_GROUP}:Role", {"rules": UNKNOWN}),
        tuple(f"?rules[0].{key}" for key in ("apiGroups", "resources", "verbs", "nonResourceURLs")),
    ),
}
