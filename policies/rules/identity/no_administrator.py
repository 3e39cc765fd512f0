"""No identity is an administrator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, found
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Property that names one policy, by type.
_ONE = {
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
    "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
}
#: Property that names several, by type.
_MANY = {
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
    "aws:iam/role:Role": "managedPolicyArns",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
}
#: Who may change identities makes an administrator of itself; a power user may do everything else, with all data.
_ADMINISTRATOR = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/(AdministratorAccess|IAMFullAccess|PowerUserAccess)")
_WHAT = "it makes an administrator"


def check(facts: Facts) -> Iterator[Result]:
    """No policy of AWS that gives all rights, or the right to give them, may be attached."""
    if facts.token in _ONE:
        name = _ONE[facts.token]
        yield from found(_administers(look(facts.props, name)), name, what=_WHAT)
    elif facts.token in _MANY:
        name = _MANY[facts.token]
        for place, arn in enumerate(entries(look(facts.props, name))):
            yield from found(_administers(arn), f"{name}[{place}]", what=_WHAT)


def _administers(arn: Value) -> Verdict:
    return None if arn is UNKNOWN else isinstance(arn, str) and _ADMINISTRATOR.fullmatch(arn) is not None


RULE = Rule(
    id="iam-no-administrator",
    title="No identity is an administrator",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Whoever gets hold of such an identity owns the account.",
    fix="attach a policy that names what the identity does; people become administrators by IAM Identity Center",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    applies=(_ONE.keys() | _MANY.keys()).__contains__,
    check=check,
)
