"""Cases of `load-balancer-alert-tier`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_AT = "tags.alert-tier"
_KINDS = ("lb", "alb", "elb")


def _balancer(tags: Value, kind: str = "lb") -> Facts:
    return facts(f"aws:{kind}/loadBalancer:LoadBalancer", {"tags": tags})


PASS = {
    **{kind: _balancer({"alert-tier": "critical", "owner": "web"}, kind) for kind in _KINDS},
    "another kind": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    **{f"{kind} without one": (_balancer({"owner": "web"}, kind), (_AT,)) for kind in _KINDS},
    "a tier that is none": (_balancer({"alert-tier": "urgent"}), (_AT,)),
    "no tags": (_balancer(None), (_AT,)),
}
PENDING = {
    "the tier": (_balancer({"alert-tier": UNKNOWN}), (f"?{_AT}",)),
    "the tags": (_balancer(UNKNOWN), (f"?{_AT}",)),
}
