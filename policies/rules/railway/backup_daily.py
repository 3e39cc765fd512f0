"""A volume's backups are at most a day old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.railway import BACKUP_SCHEDULE
from policies.domain.verdict import among, any_of, found, negated
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """A schedule must hold the daily kind, whatever other kinds it holds."""
    kinds = entries(look(facts.props, "kinds"))
    daily = any_of(among(kind, {"DAILY"}) for kind in kinds)
    yield from found(negated(daily), "kinds", what="no backup is made each day")


RULE = Rule(
    id="railway-backup-daily",
    title="Railway backs a volume up each day",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A full backup is made each day (BK-31); beside the hourly points in R2 it is the one that needs no restore.",
    fix="put DAILY among kinds",
    link="https://docs.railway.com/reference/backups",
    applies=BACKUP_SCHEDULE.__eq__,
    check=check,
)
