"""Cases of `network-data-store-private`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from policies.rules.network.data_store_private import SWITCHED
from tests.policies.make import facts

_RDS = "aws:rds/instance:Instance"
_SEARCH = "aws:opensearch/domain:Domain"
_ACCESS = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type"


def _kafka(access: Value) -> Facts:
    return facts("aws:msk/cluster:Cluster", {"brokerNodeGroupInfo": {"connectivityInfo": {"publicAccess": access}}})


PASS = {
    "left out": facts(_RDS, {}),
    "off": facts(_RDS, {"publiclyAccessible": False}),
    "a domain in a network": facts(_SEARCH, {"vpcOptions": {"subnetIds": ["subnet-1"]}}),
    "Kafka that says nothing": facts("aws:msk/cluster:Cluster", {"brokerNodeGroupInfo": {}}),
    "Kafka": _kafka({"type": "DISABLED"}),
    "wrong type: the word for off": facts(_RDS, {"publiclyAccessible": "false"}),
}
FAIL = {
    **{
        f"on {token}": (facts(token, {"publiclyAccessible": True}), ("publiclyAccessible",))
        for token in sorted(SWITCHED)
    },
    "a domain outside any network": (facts(_SEARCH, {}), ("vpcOptions.subnetIds",)),
    "an older domain": (facts("aws:elasticsearch/domain:Domain", {}), ("vpcOptions.subnetIds",)),
    "a domain in no subnet": (facts(_SEARCH, {"vpcOptions": {"subnetIds": []}}), ("vpcOptions.subnetIds",)),
    "Kafka": (_kafka({"type": "SERVICE_PROVIDED_EIPS"}), (_ACCESS,)),
    "wrong type: the word for on": (facts(_RDS, {"publiclyAccessible": "true"}), ("publiclyAccessible",)),
    "wrong type: a number": (facts(_RDS, {"publiclyAccessible": 0.0}), ("publiclyAccessible",)),
}
PENDING = {
    "the switch": (facts(_RDS, {"publiclyAccessible": UNKNOWN}), ("?publiclyAccessible",)),
    "the subnets": (facts(_SEARCH, {"vpcOptions": {"subnetIds": UNKNOWN}}), ("?vpcOptions.subnetIds",)),
    "the options": (facts(_SEARCH, {"vpcOptions": UNKNOWN}), ("?vpcOptions.subnetIds",)),
    "Kafka": (_kafka(UNKNOWN), (f"?{_ACCESS}",)),
}
