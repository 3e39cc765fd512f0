"""The required tags say something true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.catalogue import taggable
from policies.domain.required import DATA_CLASSES
from policies.domain.tags import tags
from policies.domain.verdict import among, found, negated
from policies.facts import UNKNOWN
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.domain.verdict import Verdict
    from policies.facts import Facts, Value

#: What stands where someone meant to fill something in later, in lower case, without what is no letter or digit.
PLACEHOLDERS = frozenset(
    {
        "",
        "changeme",
        "example",
        "fixme",
        "na",
        "null",
        "placeholder",
        "replaceme",
        "tbd",
        "todo",
        "undefined",
        "unknown",
    }
    | {"x", "xx", "xxx", "yourname", "yourteam"}
)
_NAMES = ("cost-centre", "owner", "product")


def check(facts: Facts) -> Iterator[Result]:
    """Owner, product and cost centre are no placeholders, the class is one of four, the stack is the resource's own.

    A tag that is missing is `aws-required-tags`.
    """
    carried = tags(facts)
    if carried is None:
        yield Pending(where="tags")
        return
    for key in _NAMES:
        if carried.get(key):
            yield from found(_placeholder(carried[key]), f"tags.{key}", what="it is a placeholder")
    if carried.get("data-class"):
        known = among(carried["data-class"], DATA_CLASSES)
        what = f"it is none of {', '.join(sorted(DATA_CLASSES))}"
        yield from found(negated(known), "tags.data-class", what=what)
    if carried.get("stack"):
        own = among(carried["stack"], {facts.stack})
        yield from found(negated(own), "tags.stack", what=f"the resource is one of stack {facts.stack!r}")


def _placeholder(value: Value) -> Verdict:
    if value is UNKNOWN:
        return None
    return isinstance(value, str) and "".join(filter(str.isalnum, value.lower())) in PLACEHOLDERS


RULE = Rule(
    id="aws-tag-values",
    title="The required tags say something true",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="A tag that was filled in to please a rule sends the bill, and whoever found a leak, to nobody.",
    fix="pass the tags that infra/naming.py makes from the stack file",
    link="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    applies=taggable,
    check=check,
)
