"""Cases of `network-eks-endpoint`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = "vpcConfig.publicAccessCidrs"


def _cluster(**config: Value) -> Facts:
    return facts("aws:eks/cluster:Cluster", {"vpcConfig": {"subnetIds": ["subnet-1"], **config}})


PASS = {
    "private": _cluster(endpointPublicAccess=False, endpointPrivateAccess=True),
    "for one network": _cluster(publicAccessCidrs=["203.0.113.0/24"]),
    "private, by ranges that are not known": _cluster(endpointPublicAccess=False, publicAccessCidrs=UNKNOWN),
    "for one network, not known whether on": _cluster(
        endpointPublicAccess=UNKNOWN, publicAccessCidrs=["203.0.113.0/24"]
    ),
    "a group of nodes": facts("aws:eks/nodeGroup:NodeGroup", {}),
}
FAIL = {
    "left out": (_cluster(), (_WHERE,)),
    "on": (_cluster(endpointPublicAccess=True), (_WHERE,)),
    "for the world": (_cluster(endpointPublicAccess=True, publicAccessCidrs=["0.0.0.0/0"]), (_WHERE,)),
    "for the world beside a network": (_cluster(publicAccessCidrs=["203.0.113.0/24", "0.0.0.0/0"]), (_WHERE,)),
    "for no one, which is everyone": (_cluster(publicAccessCidrs=[]), (_WHERE,)),
    "no configuration": (facts("aws:eks/cluster:Cluster", {}), (_WHERE,)),
    "wrong type: the word for on": (_cluster(endpointPublicAccess="true"), (_WHERE,)),
}
PENDING = {
    "the switch": (_cluster(endpointPublicAccess=UNKNOWN), (f"?{_WHERE}",)),
    "the ranges": (_cluster(publicAccessCidrs=UNKNOWN), (f"?{_WHERE}",)),
    "one range": (_cluster(publicAccessCidrs=[UNKNOWN]), (f"?{_WHERE}",)),
    "the configuration": (facts("aws:eks/cluster:Cluster", {"vpcConfig": UNKNOWN}), (f"?{_WHERE}",)),
}
