"""No identity has a key that never expires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rule import Enforcement, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: Types that make a password or a key which is good until someone takes it away.
_TOKENS = frozenset(
    {
        "aws:iam/accessKey:AccessKey",
        "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
        "aws:iam/userLoginProfile:UserLoginProfile",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """There must be no such resource."""
    yield Violation(where="user", what=f"{facts.name!r} is a key or a password that never expires")


RULE = Rule(
    id="iam-no-static-keys",
    title="No identity has a key that never expires",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="It leaks by a log, a state file or a laptop, and is good for years; no second factor stands behind it.",
    fix="let workloads assume a role (OIDC, IRSA, an instance profile), and people sign in by IAM Identity Center",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    applies=_TOKENS.__contains__,
    check=check,
)
