"""No role can be assumed by everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.statements import private
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "aws:iam/role:Role"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """No statement of the trust policy may allow the principal ``*`` unless a condition binds it to someone known."""
    yield from private("assumeRolePolicy", look(facts.props, "assumeRolePolicy"))


RULE = Rule(
    id="iam-trust-private",
    title="No role can be assumed by everyone",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Anyone with any AWS account takes such a role on, with all its rights.",
    fix="name the account, the role or the service that assumes it",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    applies=_TOKEN.__eq__,
    check=check,
)
