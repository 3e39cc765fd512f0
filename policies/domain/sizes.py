"""What a stack may buy: sizes and bounds. This is the one place to change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.domain.stacks import in_prod

if TYPE_CHECKING:
    from policies.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """What a stack may buy.

    Attributes:
        machines: types of EC2 instances and EKS nodes.
        databases: classes of RDS, Aurora, DocumentDB, Neptune and MemoryDB; ``db.serverless`` is bound by `capacity`.
        caches: types of ElastiCache nodes.
        search: types of OpenSearch nodes.
        nodes: the most machines of one group.
        storage: the most storage of one database, GiB.
        capacity: the most of a serverless database, in Aurora capacity units of about 2 GiB of memory each.
        gateways: the most NAT gateways.
    """

    machines: frozenset[str]
    databases: frozenset[str]
    caches: frozenset[str]
    search: frozenset[str]
    nodes: int
    storage: int
    capacity: float
    gateways: int


#: Staging, local and whatever a fork adds: the smallest that runs the same program.
SMALL = Sizes(
    machines=frozenset({"t3.micro", "t3.small", "t3.medium", "t3.large"}),
    databases=frozenset({"db.serverless", "db.t4g.micro", "db.t4g.small", "db.t4g.medium"}),
    caches=frozenset({"cache.t4g.micro", "cache.t4g.small", "cache.t4g.medium"}),
    search=frozenset({"t3.small.search", "t3.medium.search"}),
    nodes=3,
    storage=100,
    capacity=2,
    gateways=1,
)
#: Production: nodes as `docs/requirements.md` has them (PF-1: t3.large, 1 to 3; PF-2: c5.xlarge, 2 to 10); the rest is
#: ours: for each store one step of machines that do not burst, a NAT gateway for each of three zones.
PROD_SIZES = Sizes(
    machines=SMALL.machines | {"c5.xlarge"},
    databases=SMALL.databases | {"db.t4g.large", "db.m7g.large", "db.r6g.large", "db.r7g.large"},
    caches=SMALL.caches | {"cache.m7g.large", "cache.r7g.large"},
    search=SMALL.search | {"m7g.medium.search", "m7g.large.search", "r7g.large.search"},
    nodes=10,
    storage=500,
    capacity=8,
    gateways=3,
)


def sizes(facts: Facts) -> Sizes:
    """What the stack of a resource may buy."""
    return PROD_SIZES if in_prod(facts) else SMALL
