"""Cases of `iam-no-administrator`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
_READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_ROLE = "aws:iam/role:Role"

PASS = {
    "reading": facts(_ATTACHMENT, {"policyArn": _READ}),
    "our own by the same name": facts(_ATTACHMENT, {"policyArn": "arn:aws:iam::1:policy/AdministratorAccess"}),
    "one that begins alike": facts(_ATTACHMENT, {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess-Amplify"}),
    "a role": facts(_ROLE, {"managedPolicyArns": [_READ]}),
    "a role without any": facts(_ROLE, {}),
}
FAIL = {
    "a role's": (facts(_ATTACHMENT, {"policyArn": _ADMIN}), ("policyArn",)),
    "a user's": (facts("aws:iam/userPolicyAttachment:UserPolicyAttachment", {"policyArn": _ADMIN}), ("policyArn",)),
    "a group's": (facts("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", {"policyArn": _ADMIN}), ("policyArn",)),
    "several ones'": (facts("aws:iam/policyAttachment:PolicyAttachment", {"policyArn": _ADMIN}), ("policyArn",)),
    "a permission set's": (
        facts("aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", {"managedPolicyArn": _ADMIN}),
        ("managedPolicyArn",),
    ),
    "the right to give rights": (
        facts(_ATTACHMENT, {"policyArn": "arn:aws:iam::aws:policy/IAMFullAccess"}),
        ("policyArn",),
    ),
    "everything but identities": (
        facts(_ATTACHMENT, {"policyArn": "arn:aws:iam::aws:policy/PowerUserAccess"}),
        ("policyArn",),
    ),
    "in China": (facts(_ATTACHMENT, {"policyArn": "arn:aws-cn:iam::aws:policy/AdministratorAccess"}), ("policyArn",)),
    "in a role": (facts(_ROLE, {"managedPolicyArns": [_READ, _ADMIN]}), ("managedPolicyArns[1]",)),
    "in a whole list of a role": (
        facts("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {"policyArns": [_ADMIN]}),
        ("policyArns[0]",),
    ),
    "in a whole list of a user": (
        facts("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", {"policyArns": [_ADMIN]}),
        ("policyArns[0]",),
    ),
    "in a whole list of a group": (
        facts("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", {"policyArns": [_ADMIN]}),
        ("policyArns[0]",),
    ),
}
PENDING = {
    "one": (facts(_ATTACHMENT, {"policyArn": UNKNOWN}), ("?policyArn",)),
    "one of a list": (facts(_ROLE, {"managedPolicyArns": [_READ, UNKNOWN]}), ("?managedPolicyArns[1]",)),
    "the list": (facts(_ROLE, {"managedPolicyArns": UNKNOWN}), ("?managedPolicyArns[0]",)),
}
