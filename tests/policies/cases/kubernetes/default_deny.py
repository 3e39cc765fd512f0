"""Cases of `namespace-default-deny`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import container, facts

_GROUP = "kubernetes:networking.k8s.io/v1"
_SPACE_URN = "urn:pulumi:local::groundwork::kubernetes:core/v1:Namespace::thing"
_BOTH: Value = ["Ingress", "Egress"]
_MADE = {"metadata": frozenset({_SPACE_URN, "urn:pulumi:local::groundwork::a:b/c:D::other"})}


def _space(name: Value = "shop") -> Facts:
    return facts("kubernetes:core/v1:Namespace", {"metadata": {"name": name}})


def _pod(namespace: Value = "shop") -> Facts:
    return facts(
        "kubernetes:core/v1:Pod", {"metadata": {"namespace": namespace}, "spec": {"containers": [container()]}}
    )


def _policy(namespace: Value = "shop", *, selector: Value = None, types: Value = _BOTH, **rules: Value) -> Facts:
    spec: dict[str, Value] = {"podSelector": {} if selector is None else selector, "policyTypes": types}
    return facts(f"{_GROUP}:NetworkPolicy", {"metadata": {"namespace": namespace}, "spec": spec | rules})


_DENY = _policy()

PASS = {
    "an empty stack": [],
    "a namespace without workloads": [_space()],
    "both ways in one policy": [_space(), _pod(), _DENY],
    "empty lists are no rules": [_pod(), _policy(ingress=[], egress=[])],
    "a policy for each way": [_pod(), _policy(types=["Egress"]), _policy(types=["Ingress"])],
    "left out, the way is in": [_pod(), _policy(types=None), _policy(types=["Egress"])],
    "a selector of empty parts": [_pod(), _policy(selector={"matchLabels": {}, "matchExpressions": []})],
    "what is opened beside it": [_pod(), _DENY, _policy(selector={"matchLabels": {"a": "b"}}, egress=[{}])],
    "the namespace that nobody names": [
        facts("kubernetes:batch/v1:Job", {}),
        facts(f"{_GROUP}:NetworkPolicy", {"spec": {"podSelector": {}, "policyTypes": _BOTH}}),
    ],
    "a name that is an output": [
        _space(),
        replace(_pod(UNKNOWN), depends=_MADE),
        _DENY,
    ],
    "a name that nobody knows yet": [
        _space(UNKNOWN),
        replace(_pod(UNKNOWN), depends=_MADE),
        replace(_policy(UNKNOWN), depends=_MADE),
    ],
    "in lists": [
        facts("kubernetes:core/v1:PodList", {"items": [_pod().props]}),
        facts(f"{_GROUP}:NetworkPolicyList", {"items": [{}, _DENY.props]}),
    ],
}
FAIL = {
    "no policy": ([_pod()], ("metadata.namespace",)),
    "told at the namespace, and once": ([_space(), _pod(), _pod()], ("metadata.name",)),
    "another namespace's policy": ([_pod(), _policy("other")], ("metadata.namespace",)),
    "each namespace": ([_pod(), _pod("other")], ("metadata.namespace", "metadata.namespace")),
    "one way only": ([_pod(), _policy(types=["Ingress"])], ("metadata.namespace",)),
    "the other way only": ([_pod(), _policy(types=["Egress"])], ("metadata.namespace",)),
    "left out, the way out stays open": ([_pod(), _policy(types=None)], ("metadata.namespace",)),
    "for some pods": ([_pod(), _policy(selector={"matchLabels": {"a": "b"}})], ("metadata.namespace",)),
    "for some pods by an expression": (
        [_pod(), _policy(selector={"matchLabels": {}, "matchExpressions": [{"key": "a", "operator": "Exists"}]})],
        ("metadata.namespace",),
    ),
    "it lets something in": ([_pod(), _policy(ingress=[{}])], ("metadata.namespace",)),
    "it lets something out": ([_pod(), _policy(egress=[{}])], ("metadata.namespace",)),
    "no selector": (
        [_pod(), facts(f"{_GROUP}:NetworkPolicy", {"metadata": {"namespace": "shop"}, "spec": {"policyTypes": _BOTH}})],
        ("metadata.namespace",),
    ),
    "in a list": (
        [facts("kubernetes:core/v1:PodList", {"items": [_pod().props]})],
        ("items[0].metadata.namespace",),
    ),
}
PENDING = {
    # What was not seen to be closed is not: the update asks again, with every name known.
    "where the workload runs": ([_space(), _pod(UNKNOWN), _DENY], ("metadata.namespace",)),
    "where the policy holds": ([_pod(), _policy(UNKNOWN)], ("metadata.namespace",)),
    "whom it selects": ([_pod(), _policy(selector=UNKNOWN)], ("metadata.namespace",)),
    "part of whom it selects": ([_pod(), _policy(selector={"matchLabels": UNKNOWN})], ("metadata.namespace",)),
    "the ways": ([_pod(), _policy(types=UNKNOWN)], ("metadata.namespace",)),
    "the rules": ([_pod(), _policy(egress=UNKNOWN)], ("metadata.namespace",)),
    "two namespaces that it may be": (
        [
            _space("a"),
            replace(_space("b"), urn="urn:b"),
            replace(_pod(UNKNOWN), depends={"metadata": frozenset({_SPACE_URN, "urn:b"})}),
            _policy("a"),
            _policy("b"),
        ],
        ("metadata.namespace",),
    ),
}
