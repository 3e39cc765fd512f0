"""What holds data says how sensitive it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.tags import tags
from policies.domain.verdict import among, found
from policies.facts import UNKNOWN
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: Types that hold data of a product; keys, zones and images hold none.
STORES = frozenset(
    {
        "aws:docdb/cluster:Cluster",
        "aws:dynamodb/table:Table",
        "aws:ebs/volume:Volume",
        "aws:efs/fileSystem:FileSystem",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:memorydb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:opensearch/domain:Domain",
        "aws:rds/cluster:Cluster",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:secretsmanager/secret:Secret",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """A store's class must not be ``none``; one that is missing is `aws-required-tags`."""
    carried = tags(facts)
    said = UNKNOWN if carried is None else carried.get("data-class")
    yield from found(
        among(said, {"none"}), "tags.data-class", what=f"{facts.name!r} holds data, and says that it holds none"
    )


RULE = Rule(
    id="aws-data-class",
    title="What holds data says how sensitive it is",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="What is sensitive is encrypted by a key of its own and locked: rules go by this tag.",
    fix="give internal, confidential or personal",
    link="https://docs.aws.amazon.com/whitepapers/latest/data-classification/data-classification.html",
    applies=STORES.__contains__,
    check=check,
)
