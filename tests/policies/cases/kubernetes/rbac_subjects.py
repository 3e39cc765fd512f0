"""Cases of `rbac-subjects-named`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "kubernetes:rbac.authorization.k8s.io/v1"
_FIRST = ("subjects[0].name",)


def _bound(name: Value, kind: Value = "Group", of: str = "RoleBinding") -> Facts:
    return facts(f"{_GROUP}:{of}", {"subjects": [{"kind": kind, "name": name}]})


PASS = {
    "an account": _bound("backup", "ServiceAccount"),
    "a group of people": _bound("platform"),
    "a group that is called so": _bound("default"),
    "accounts of one namespace": _bound("system:serviceaccounts:jobs"),
    "nobody": facts(f"{_GROUP}:RoleBinding", {}),
    "a user of whatever kind": _bound("backup", UNKNOWN),
}
FAIL = {
    **{
        name: (_bound(name), _FIRST)
        for name in (
            "system:anonymous",
            "system:authenticated",
            "system:masters",
            "system:serviceaccounts",
            "system:unauthenticated",
        )
    },
    "the account of all others": (_bound("default", "ServiceAccount"), _FIRST),
    "in the whole cluster": (_bound("system:anonymous", "User", "ClusterRoleBinding"), _FIRST),
    "in a list": (
        facts(f"{_GROUP}:RoleBindingList", {"items": [{}, {"subjects": [{"name": "x"}, {"name": "system:masters"}]}]}),
        ("items[1].subjects[1].name",),
    ),
}
PENDING = {
    "the name": (_bound(UNKNOWN), ("?subjects[0].name",)),
    "the kind": (_bound("default", UNKNOWN), ("?subjects[0].name",)),
    "the subjects": (facts(f"{_GROUP}:RoleBinding", {"subjects": UNKNOWN}), ("?subjects[0].name",)),
}
