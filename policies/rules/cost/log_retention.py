"""Logs in CloudWatch are not kept for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import among, any_of, at_least, found, negated
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "aws:cloudwatch/logGroup:LogGroup"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """A log group must say for how many days; left out, as with 0, it is for ever. Of class DELIVERY it is 2."""
    kept = at_least(look(facts.props, "retentionInDays"), 1)
    delivery = among(look(facts.props, "logGroupClass"), {"DELIVERY"})
    yield from found(negated(any_of((kept, delivery))), "retentionInDays", what="its logs are kept for ever")


RULE = Rule(
    id="cost-log-retention",
    title="Logs in CloudWatch are not kept for ever",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="They are paid for each month for ever, and hold what users wrote for longer than anyone needs it.",
    fix="set retentionInDays: 30 for logs, 90 for errors, 365 for an audit (OB-25, OB-27)",
    link="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    applies=_TOKEN.__eq__,
    check=check,
)
