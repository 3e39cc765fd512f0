"""No identity may do everything to everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.permissions import TOKENS, Grant, grants, is_any_action, is_any_resource
from policies.domain.verdict import all_of, found
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """No statement may allow a wildcard action, of all services or of one, on a wildcard resource.

    `NotAction` and `NotResource` in a statement that allows count as wildcards: they take in what AWS makes tomorrow.
    """
    for grant in grants(facts):
        if isinstance(grant, Grant):
            broken = all_of((grant.allows, grant.acts(is_any_action), grant.reaches(is_any_resource)))
            yield from found(
                broken,
                grant.where,
                what="the statement allows every action, of AWS or of one service, on every resource",
            )
        else:
            yield grant


RULE = Rule(
    id="iam-no-star",
    title="No identity may do every action on every resource",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Whoever gets hold of such an identity owns the account, or all that a service holds.",
    fix="name the actions, and the ARNs that they are for",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    applies=TOKENS.__contains__,
    check=check,
)
