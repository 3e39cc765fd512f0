"""AWS itself refuses to delete production's data stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.stacks import in_prod
from policies.domain.verdict import among, found, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_POOL = "aws:cognito/userPool:UserPool"
#: The switch, by type; left out it is off in each.
SWITCH = {
    "aws:docdb/cluster:Cluster": "deletionProtection",
    "aws:dynamodb/table:Table": "deletionProtectionEnabled",
    "aws:neptune/cluster:Cluster": "deletionProtection",
    "aws:rds/cluster:Cluster": "deletionProtection",
    "aws:rds/globalCluster:GlobalCluster": "deletionProtection",
    "aws:rds/instance:Instance": "deletionProtection",
    _POOL: "deletionProtection",
}


def check(facts: Facts) -> Iterator[Result]:
    """In production the store's own protection must be on."""
    if not in_prod(facts):
        return
    name = SWITCH[facts.token]
    value = look(facts.props, name)
    on = among(value, {"ACTIVE"}) if facts.token == _POOL else stands(value, on=True)
    yield from found(negated(on), name, what=f"whoever may call AWS deletes {facts.name!r} at once")


RULE = Rule(
    id="data-deletion-protection",
    title="AWS itself refuses to delete production's data stores",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The protect option holds back Pulumi alone; a console, a script or a thief does not ask it.",
    fix="turn the store's deletion protection on",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    applies=SWITCH.__contains__,
    check=check,
)
