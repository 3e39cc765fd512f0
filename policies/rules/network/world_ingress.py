"""The world reaches listed ports only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.networks import LISTED_PORTS, OPENERS, Opening, has_ports, is_world, openings, within
from policies.domain.verdict import Verdict, all_of, any_of, found, negated
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Lists of ranges that a group's rule names by id: a range of the world hides in them from the rule.
_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList"
_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
_PORTS = " or ".join(map(str, LISTED_PORTS))


def check(facts: Facts) -> Iterator[Result]:
    """No rule for what comes in may name the world, but for one listed port; no prefix list may name it at all."""
    if facts.token == _ENTRY:
        yield from found(is_world(look(facts.props, "cidr")), "cidr", what="the list holds the world's addresses")
    elif facts.token == _LIST:
        for place, entry in enumerate(entries(look(facts.props, "entries"))):
            where = f"entries[{place}].cidr"
            yield from found(is_world(look(entry, "cidr")), where, what="the list holds the world's addresses")
    else:
        for opening in openings(facts):
            broken = all_of((opening.inward, is_world(opening.source), negated(_listed(opening))))
            yield from found(broken, opening.where, what=f"the world reaches more than port {_PORTS}")


def _listed(opening: Opening) -> Verdict:
    ports = any_of(within(opening.low, opening.high, port, port) for port in LISTED_PORTS)
    return all_of((has_ports(opening.protocol), ports))


RULE = Rule(
    id="network-world-ingress",
    title=f"The world reaches no port but {_PORTS}",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="An open port is found within minutes; behind it stand a database, a shell, or what a restart opens.",
    fix="name the security group or the range that needs it; people come through a VPN or Session Manager",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    applies=(OPENERS | {_LIST, _ENTRY}).__contains__,
    check=check,
)
