"""What runs in production on Railway was built before, and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import absent, demand
from policies.domain.railway import INSTANCE
from policies.domain.stacks import in_prod
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """No service of production may be built by Railway from a repository."""
    if in_prod(facts):
        what = "Railway builds what runs: it is not what staging ran"
        yield from demand(look(facts.props, "repo"), absent, where="repo", what=what)


RULE = Rule(
    id="railway-image-in-prod",
    title="In production Railway runs images and builds none",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The image that staging proved is the one that was scanned and approved (DL-1, DL-9); a build from the same "
    "commit is another one.",
    fix="set image, by the digest that staging ran, in place of repo",
    link="https://docs.railway.com/reference/services",
    applies=INSTANCE.__eq__,
    check=check,
)
