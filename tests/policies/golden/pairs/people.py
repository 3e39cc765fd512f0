"""Users, their groups, their passwords and their keys."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    ada = aws.iam.User("ada", name="ada")
    grace = aws.iam.User("grace", name="grace")
    aws.iam.UserLoginProfile("grace", user=grace.name)
    group = aws.iam.Group("engineers", name="engineers")
    aws.iam.GroupMembership("good", name="good", group=group.name, users=[ada.name])
    aws.iam.GroupMembership("bad", name="bad", group="others", users=["someone"])
    aws.iam.AccessKey("root", user="root")
    aws.iam.AccessKey("ada", user=ada.name)
    aws.iam.AccountPasswordPolicy(
        "good",
        minimum_password_length=16,
        require_lowercase_characters=True,
        require_uppercase_characters=True,
        require_numbers=True,
        require_symbols=True,
        max_password_age=90,
        password_reuse_prevention=24,
    )
    aws.iam.AccountPasswordPolicy(
        "bad",
        minimum_password_length=8,
        require_lowercase_characters=False,
        require_uppercase_characters=False,
        require_numbers=False,
        require_symbols=False,
        max_password_age=365,
        password_reuse_prevention=2,
    )
    aws.iam.AccountPasswordPolicy("bare", allow_users_to_change_password=True)


PLAN = plan(
    resource("aws_iam_user", "ada", {"name": "ada", "path": "/"}),
    resource("aws_iam_user", "grace", {"name": "grace", "path": "/"}),
    resource(
        "aws_iam_user_login_profile",
        "grace",
        {"user": known("grace", "aws_iam_user.grace.name"), "password_length": 20},
    ),
    resource("aws_iam_group", "engineers", {"name": "engineers", "path": "/"}),
    resource(
        "aws_iam_group_membership",
        "good",
        {
            "name": "good",
            "group": known("engineers", "aws_iam_group.engineers.name"),
            "users": [known("ada", "aws_iam_user.ada.name")],
        },
    ),
    resource("aws_iam_group_membership", "bad", {"name": "bad", "group": "others", "users": ["someone"]}),
    resource("aws_iam_access_key", "root", {"user": "root", "status": "Active"}),
    resource("aws_iam_access_key", "ada", {"user": known("ada", "aws_iam_user.ada.name"), "status": "Active"}),
    resource(
        "aws_iam_account_password_policy",
        "good",
        {
            "minimum_password_length": 16,
            "require_lowercase_characters": True,
            "require_uppercase_characters": True,
            "require_numbers": True,
            "require_symbols": True,
            "max_password_age": 90,
            "password_reuse_prevention": 24,
        },
    ),
    resource(
        "aws_iam_account_password_policy",
        "bad",
        {
            "minimum_password_length": 8,
            "require_lowercase_characters": False,
            "require_uppercase_characters": False,
            "require_numbers": False,
            "require_symbols": False,
            "max_password_age": 365,
            "password_reuse_prevention": 2,
        },
    ),
    resource("aws_iam_account_password_policy", "bare", {"allow_users_to_change_password": True}),
)
