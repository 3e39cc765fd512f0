"""No identity may pass every role on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.permissions import TOKENS, Grant, covers, grants, is_any_action, is_any_resource
from policies.domain.verdict import all_of, found
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_ACTION = "iam:PassRole"


def check(facts: Facts) -> Iterator[Result]:
    """No statement may allow ``iam:PassRole`` on all roles; one that allows every action is `iam-no-star`'s."""
    for grant in grants(facts):
        if isinstance(grant, Grant):
            broken = all_of((grant.allows, grant.acts(_passes), grant.reaches(is_any_resource)))
            yield from found(broken, grant.where, what="the statement allows to pass every role")
        elif isinstance(grant, Pending):
            yield grant


def _passes(action: str) -> bool:
    return covers(action, _ACTION) and not is_any_action(action)


RULE = Rule(
    id="iam-pass-role",
    title="No identity may pass every role on",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Who may pass any role starts a machine or a function with the strongest one, and has its rights.",
    fix="name the ARNs of the roles, and add the condition iam:PassedToService",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    applies=TOKENS.__contains__,
    check=check,
)
