"""Cases of `data-minor-upgrades`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from policies.rules.data_stores.minor_upgrades import TOKENS
from tests.policies.make import facts

_DB = "aws:rds/instance:Instance"
_CACHE = "aws:elasticache/cluster:Cluster"
_WHERE = ("autoMinorVersionUpgrade",)

PASS = {
    "left out": facts(_DB, {}),
    "on": facts(_DB, {"autoMinorVersionUpgrade": True}),
    "on by a word": facts(_CACHE, {"autoMinorVersionUpgrade": "true"}),
    "DocumentDB does not heed it": facts(
        "aws:docdb/clusterInstance:ClusterInstance", {"autoMinorVersionUpgrade": False}
    ),
}
FAIL = {
    # One type takes words.
    **{
        token: (facts(token, {"autoMinorVersionUpgrade": "false" if token == _CACHE else False}), _WHERE)
        for token in sorted(TOKENS)
    },
    "wrong type: the word for off": (facts(_DB, {"autoMinorVersionUpgrade": "false"}), _WHERE),
}
PENDING = {"the switch": (facts(_DB, {"autoMinorVersionUpgrade": UNKNOWN}), ("?autoMinorVersionUpgrade",))}
