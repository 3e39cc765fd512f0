"""A subnet gives out public addresses only where its name says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.tags import tags
from policies.domain.verdict import Verdict, all_of, found, negated, stands
from policies.facts import UNKNOWN, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKENS = frozenset({"aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"})
_WORD = "public"


def check(facts: Facts) -> Iterator[Result]:
    """Public addresses by default are for a subnet with ``public`` in its name or its tag Name; left out it has none.

    A default subnet, which AWS made, has them unless the program says otherwise.
    """
    absent = facts.token.endswith(":DefaultSubnet")
    gives = negated(stands(look(facts.props, "mapPublicIpOnLaunch"), on=False, absent=absent))
    broken = all_of((gives, negated(_named_public(facts))))
    yield from found(broken, "mapPublicIpOnLaunch", what="what starts in this subnet gets a public address")


def _named_public(facts: Facts) -> Verdict:
    if _WORD in facts.name.lower():
        return True
    carried = tags(facts)
    name = UNKNOWN if carried is None else carried.get("Name")
    return None if name is UNKNOWN else isinstance(name, str) and _WORD in name.lower()


RULE = Rule(
    id="network-subnet-private",
    title="A subnet gives out public addresses only where its name says so",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="An instance that starts in it stands in the internet, with nothing but its security group before it.",
    fix="leave mapPublicIpOnLaunch out; a subnet that is meant to be public says so in its name",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html",
    applies=_TOKENS.__contains__,
    check=check,
)
