"""Cases of `rbac-no-wildcards`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "kubernetes:rbac.authorization.k8s.io/v1"
_GOOD: dict[str, Value] = {"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}


def _role(*rules: Value, kind: str = "Role") -> Facts:
    return facts(f"{_GROUP}:{kind}", {"rules": list(rules)})


def _sum(*selectors: Value) -> Facts:
    return facts(f"{_GROUP}:ClusterRole", {"aggregationRule": {"clusterRoleSelectors": list(selectors)}})


_PARTS = "aggregationRule.clusterRoleSelectors"

PASS = {
    "put together from some": _sum({"matchLabels": {"a": "b"}}, {"matchExpressions": [{"key": "a"}]}),
    "named": _role(_GOOD),
    "no rules": _role(),
    "an address": _role({"nonResourceURLs": ["/healthz"], "verbs": ["get"]}, kind="ClusterRole"),
    "no text, the wrong type": _role(_GOOD | {"verbs": [7.0]}),
}
FAIL = {
    "put together from all": (_sum({}), (f"{_PARTS}[0]",)),
    "put together from all, in other words": (
        _sum({"matchLabels": {"a": "b"}}, {"matchLabels": {}, "matchExpressions": []}),
        (f"{_PARTS}[1]",),
    ),
    "put together from all, in a list": (
        facts(f"{_GROUP}:ClusterRoleList", {"items": [{"aggregationRule": {"clusterRoleSelectors": [{}]}}]}),
        (f"items[0].{_PARTS}[0]",),
    ),
    "wrong type: put together by a text": (_sum("all"), (f"{_PARTS}[0]",)),
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
    "what labels it is put together from": (_sum({"matchLabels": UNKNOWN}), (f"?{_PARTS}[0]",)),
    "what it is put together from": (_sum(UNKNOWN), (f"?{_PARTS}[0]",)),
    "the verbs": (_role(_GOOD | {"verbs": UNKNOWN}), ("?rules[0].verbs",)),
    "one verb": (_role(_GOOD | {"verbs": ["get", UNKNOWN]}), ("?rules[0].verbs",)),
    "the rules": (
        facts(f"{_GROUP}:Role", {"rules": UNKNOWN}),
        tuple(f"?rules[0].{key}" for key in ("apiGroups", "resources", "verbs", "nonResourceURLs")),
    ),
}
