"""No snapshot or machine image is shared with every AWS account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import among, found
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
#: Snapshots, which name the accounts that they are shared with.
_SNAPSHOTS = frozenset(
    {
        "aws:rds/clusterSnapshot:ClusterSnapshot",
        "aws:rds/snapshot:Snapshot",
        "aws:rds/snapshotCopy:SnapshotCopy",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """Neither may the group of those who may start an image be all, nor an account that may restore a snapshot."""
    if facts.token == _IMAGE:
        yield from found(among(look(facts.props, "group"), {"all"}), "group", what="every AWS account reads the image")
    else:
        for place, account in enumerate(entries(look(facts.props, "sharedAccounts"))):
            where = f"sharedAccounts[{place}]"
            yield from found(among(account, {"all"}), where, what="every AWS account restores the database from it")


RULE = Rule(
    id="snapshot-private",
    title="No snapshot or machine image is shared with every AWS account",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="A snapshot is all the data of its day, and public ones are searched for all the time.",
    fix="name the accounts by their ids: accountId for an image, sharedAccounts for a snapshot",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",
    applies=(_SNAPSHOTS | {_IMAGE}).__contains__,
    check=check,
)
