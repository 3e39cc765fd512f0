"""AWS resources carry the required tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.catalogue import taggable
from policies.domain.required import TAGS
from policies.domain.tags import tags
from policies.facts import UNKNOWN
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """Each tag of `TAGS` must be there, with a value that is not empty."""
    carried = tags(facts)
    if carried is None:
        yield Pending(where="tags")
        return
    missing = [key for key in TAGS if not carried.get(key)]
    if missing:
        yield Violation(where="tags", what=f"missing: {', '.join(missing)}")
    yield from (Pending(where=f"tags.{key}") for key in TAGS if carried.get(key) is UNKNOWN)


RULE = Rule(
    id="aws-required-tags",
    title="AWS resources carry the required tags",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Without them no one can say what a resource costs, whose it is and which program made it.",
    fix=f"pass the tags that infra/naming.py makes ({', '.join(TAGS)}); add to them, never rebuild them",
    link="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    applies=taggable,
    check=check,
)
