"""Policies, narrow and wide, wherever one can hang one."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import Resource, Value, known, plan, ref, resource


def _policy(action: str | list[str], on: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": on}]})


NARROW = _policy(["s3:GetObject"], "arn:aws:s3:::chapters/*")
WIDE = _policy("*", "*")
IAM = _policy("iam:*", "*")
CLIMBING = _policy(["iam:CreatePolicyVersion", "iam:PassRole", "ec2:RunInstances"], "*")
LEAKING = _policy(["s3:GetObject", "ssm:GetParameter", "secretsmanager:GetSecretValue"], "*")
KEYS = _policy(["iam:CreateAccessKey", "sts:AssumeRole", "ecr:GetAuthorizationToken"], "*")


def program() -> None:
    """As a Pulumi program has it."""
    for name, policy in (
        ("narrow", NARROW),
        ("wide", WIDE),
        ("iam", IAM),
        ("climbing", CLIMBING),
        ("leaking", LEAKING),
        ("keys", KEYS),
    ):
        aws.iam.Policy(name, policy=policy)
    aws.iam.RolePolicy("narrow", role="reader", policy=NARROW)
    aws.iam.RolePolicy("wide", role="reader", policy=WIDE)
    aws.iam.RolePolicy(
        "object",
        role="reader",
        policy=aws.iam.PolicyDocumentArgs(
            version=aws.iam.PolicyDocumentVersion.POLICY_DOCUMENT_VERSION_2012_10_17,
            statement=[
                aws.iam.PolicyStatementArgs(effect=aws.iam.PolicyStatementEffect.ALLOW, action="iam:*", resource="*")
            ],
        ),
    )
    group = aws.iam.Group("readers", name="readers")
    aws.iam.GroupPolicy("narrow", group=group.name, policy=NARROW)
    aws.iam.GroupPolicy("leaking", group=group.name, policy=LEAKING)
    user = aws.iam.User("ada", name="ada")
    aws.iam.UserPolicy("climbing", user=user.name, policy=CLIMBING)
    # The name of the managed policy comes out of the update only: nobody knows whether it is wide.
    late = aws.iam.Policy("late", policy=aws.sqs.Queue("jobs").arn.apply(lambda arn: _policy(["sqs:SendMessage"], arn)))
    aws.iam.RolePolicyAttachment("late", role="reader", policy_arn=late.arn)


def _named(type_: str, name: str, policy: str, **values: Value) -> Resource:
    return resource(type_, name, {"policy": policy, **values})


PLAN = plan(
    _named("aws_iam_policy", "narrow", NARROW, path="/"),
    _named("aws_iam_policy", "wide", WIDE, path="/"),
    _named("aws_iam_policy", "iam", IAM, path="/"),
    _named("aws_iam_policy", "climbing", CLIMBING, path="/"),
    _named("aws_iam_policy", "leaking", LEAKING, path="/"),
    _named("aws_iam_policy", "keys", KEYS, path="/"),
    _named("aws_iam_role_policy", "narrow", NARROW, role="reader"),
    _named("aws_iam_role_policy", "wide", WIDE, role="reader"),
    _named("aws_iam_role_policy", "object", _policy("iam:*", "*"), role="reader"),
    resource("aws_iam_group", "readers", {"name": "readers", "path": "/"}),
    _named("aws_iam_group_policy", "narrow", NARROW, group=known("readers", "aws_iam_group.readers.name")),
    _named("aws_iam_group_policy", "leaking", LEAKING, group=known("readers", "aws_iam_group.readers.name")),
    resource("aws_iam_user", "ada", {"name": "ada", "path": "/", "force_destroy": False}),
    _named("aws_iam_user_policy", "climbing", CLIMBING, user=known("ada", "aws_iam_user.ada.name")),
    resource("aws_sqs_queue", "jobs"),
    resource("aws_iam_policy", "late", {"policy": ref("aws_sqs_queue.jobs.arn")}),
    resource(
        "aws_iam_role_policy_attachment", "late", {"role": "reader", "policy_arn": ref("aws_iam_policy.late.arn")}
    ),
)
