"""Who may take on a role: services, accounts, everyone, and pipelines that say who they are."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def _trust(principal: object, action: str = "sts:AssumeRole", condition: object = None) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    if condition is not None:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


SERVICE = _trust({"Service": "lambda.amazonaws.com"})
EVERYONE = _trust({"AWS": "*"})
ACCOUNT = _trust({"AWS": "arn:aws:iam::123456789012:root"})
ISSUER = {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}
WEB = "sts:AssumeRoleWithWebIdentity"
PIPELINE = _trust(
    ISSUER,
    WEB,
    {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:amoisekai/groundwork:environment:prod",
        }
    },
)
ANY_PIPELINE = _trust(ISSUER, WEB, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}})
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
FULL_IAM = "arn:aws:iam::aws:policy/IAMFullAccess"


def program() -> None:
    """As a Pulumi program has it."""
    for name, policy in (
        ("service", SERVICE),
        ("everyone", EVERYONE),
        ("account", ACCOUNT),
        ("pipeline", PIPELINE),
        ("any-pipeline", ANY_PIPELINE),
    ):
        aws.iam.Role(name, assume_role_policy=policy)
    aws.iam.Role("mighty", assume_role_policy=SERVICE, managed_policy_arns=[ADMINISTRATOR])
    aws.iam.RolePolicyAttachment("mighty", role="service", policy_arn=ADMINISTRATOR)
    aws.iam.RolePolicyAttachment("reading", role="service", policy_arn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    aws.iam.GroupPolicyAttachment("full", group="admins", policy_arn=FULL_IAM)
    aws.iam.UserPolicyAttachment("full", user="ada", policy_arn=FULL_IAM)
    aws.iam.PolicyAttachment("users", users=["ada"], policy_arn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    aws.iam.PolicyAttachment("roles", roles=["service"], policy_arn="arn:aws:iam::aws:policy/ReadOnlyAccess")


PLAN = plan(
    resource("aws_iam_role", "service", {"assume_role_policy": SERVICE, "path": "/"}),
    resource("aws_iam_role", "everyone", {"assume_role_policy": EVERYONE, "path": "/"}),
    resource("aws_iam_role", "account", {"assume_role_policy": ACCOUNT, "path": "/"}),
    resource("aws_iam_role", "pipeline", {"assume_role_policy": PIPELINE, "path": "/"}),
    resource("aws_iam_role", "any-pipeline", {"assume_role_policy": ANY_PIPELINE, "path": "/"}),
    resource("aws_iam_role", "mighty", {"assume_role_policy": SERVICE, "managed_policy_arns": [ADMINISTRATOR]}),
    resource("aws_iam_role_policy_attachment", "mighty", {"role": "service", "policy_arn": ADMINISTRATOR}),
    resource(
        "aws_iam_role_policy_attachment",
        "reading",
        {"role": "service", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    ),
    resource("aws_iam_group_policy_attachment", "full", {"group": "admins", "policy_arn": FULL_IAM}),
    resource("aws_iam_user_policy_attachment", "full", {"user": "ada", "policy_arn": FULL_IAM}),
    resource(
        "aws_iam_policy_attachment",
        "users",
        {"users": ["ada"], "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "roles": None},
    ),
    resource(
        "aws_iam_policy_attachment",
        "roles",
        {"roles": ["service"], "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    ),
)
