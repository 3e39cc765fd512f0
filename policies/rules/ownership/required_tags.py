"""AWS resources carry the required tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.catalogue import taggable
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.required import TAGS
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation


def check(facts: Facts) -> Iterator[Result]:
    """Each tag of `TAGS` must be there, with a value that is not empty."""
    tags = _by_key(look(facts.props, "tags"))
    if tags is None:
        yield Pending(where="tags")
        return
    missing = [key for key in TAGS if not tags.get(key)]
    if missing:
        yield Violation(where="tags", what=f"missing: {', '.join(missing)}")
    yield from (Pending(where=f"tags.{key}") for key in TAGS if tags.get(key) is UNKNOWN)


def _by_key(tags: Value) -> Mapping[str, Value] | None:
    """Tags by key, from a mapping or from a list of ``{key, value}`` (auto scaling groups); None: not known."""
    if isinstance(tags, Mapping):
        return tags
    found: dict[str, Value] = {}
    for entry in entries(tags):
        key = look(entry, "key")
        if key is UNKNOWN:
            return None
        found[str(key)] = look(entry, "value")
    return found


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
