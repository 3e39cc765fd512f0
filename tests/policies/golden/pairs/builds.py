"""Projects that build, pipelines that carry, and where the code and the packages lie."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("builds", enable_key_rotation=True)
    aws.codebuild.Project(
        "good",
        name="good",
        service_role="arn:aws:iam::123456789012:role/build",
        encryption_key=key.arn,
        artifacts={"type": "S3", "location": "artifacts"},
        environment={
            "compute_type": "BUILD_GENERAL1_SMALL",
            "image": "aws/codebuild/standard:7.0",
            "type": "LINUX_CONTAINER",
            "privileged_mode": False,
        },
        logs_config={"cloudwatch_logs": {"status": "ENABLED", "group_name": "/build"}},
        source={"type": "NO_SOURCE", "buildspec": "version: 0.2"},
    )
    aws.codebuild.Project(
        "bad",
        name="bad",
        service_role="arn:aws:iam::123456789012:role/build",
        artifacts={"type": "S3", "location": "artifacts", "encryption_disabled": True},
        environment={
            "compute_type": "BUILD_GENERAL1_SMALL",
            "image": "aws/codebuild/standard:7.0",
            "type": "LINUX_CONTAINER",
            "privileged_mode": True,
        },
        logs_config={"s3_logs": {"status": "ENABLED", "encryption_disabled": True, "location": "logs"}},
        source={"type": "NO_SOURCE", "buildspec": "version: 0.2"},
    )
    aws.codeartifact.Domain("good", domain="good", encryption_key=key.arn)
    aws.codeartifact.Domain("bad", domain="bad")
    ours = aws.codecommit.Repository("good", repository_name="good")
    aws.codecommit.Repository("bad", repository_name="bad")
    rule = aws.codecommit.ApprovalRuleTemplate(
        "two",
        name="two",
        content=json.dumps(
            {"Version": "2018-11-08", "Statements": [{"Type": "Approvers", "NumberOfApprovalsNeeded": 2}]}
        ),
    )
    aws.codecommit.ApprovalRuleTemplate(
        "one",
        name="one",
        content=json.dumps(
            {"Version": "2018-11-08", "Statements": [{"Type": "Approvers", "NumberOfApprovalsNeeded": 1}]}
        ),
    )
    aws.codecommit.ApprovalRuleTemplateAssociation(
        "two", approval_rule_template_name=rule.name, repository_name=ours.repository_name
    )


PLAN = plan(
    resource("aws_kms_key", "builds", {"enable_key_rotation": True}),
    resource(
        "aws_codebuild_project",
        "good",
        {
            "name": "good",
            "service_role": "arn:aws:iam::123456789012:role/build",
            "encryption_key": ref("aws_kms_key.builds.arn"),
            "artifacts": [{"type": "S3", "location": "artifacts", "encryption_disabled": False}],
            "environment": [
                {
                    "compute_type": "BUILD_GENERAL1_SMALL",
                    "image": "aws/codebuild/standard:7.0",
                    "type": "LINUX_CONTAINER",
                    "privileged_mode": False,
                }
            ],
            "logs_config": [{"cloudwatch_logs": [{"status": "ENABLED", "group_name": "/build"}]}],
            "source": [{"type": "NO_SOURCE", "buildspec": "version: 0.2"}],
        },
    ),
    resource(
        "aws_codebuild_project",
        "bad",
        {
            "name": "bad",
            "service_role": "arn:aws:iam::123456789012:role/build",
            "artifacts": [{"type": "S3", "location": "artifacts", "encryption_disabled": True}],
            "environment": [
                {
                    "compute_type": "BUILD_GENERAL1_SMALL",
                    "image": "aws/codebuild/standard:7.0",
                    "type": "LINUX_CONTAINER",
                    "privileged_mode": True,
                }
            ],
            "logs_config": [{"s3_logs": [{"status": "ENABLED", "encryption_disabled": True, "location": "logs"}]}],
            "source": [{"type": "NO_SOURCE", "buildspec": "version: 0.2"}],
        },
    ),
    resource("aws_codeartifact_domain", "good", {"domain": "good", "encryption_key": ref("aws_kms_key.builds.arn")}),
    resource("aws_codeartifact_domain", "bad", {"domain": "bad"}),
    resource("aws_codecommit_repository", "good", {"repository_name": "good"}),
    resource("aws_codecommit_repository", "bad", {"repository_name": "bad"}),
    resource(
        "aws_codecommit_approval_rule_template",
        "two",
        {
            "name": "two",
            "content": json.dumps(
                {"Version": "2018-11-08", "Statements": [{"Type": "Approvers", "NumberOfApprovalsNeeded": 2}]}
            ),
        },
    ),
    resource(
        "aws_codecommit_approval_rule_template",
        "one",
        {
            "name": "one",
            "content": json.dumps(
                {"Version": "2018-11-08", "Statements": [{"Type": "Approvers", "NumberOfApprovalsNeeded": 1}]}
            ),
        },
    ),
    resource(
        "aws_codecommit_approval_rule_template_association",
        "two",
        {
            "approval_rule_template_name": known("two", "aws_codecommit_approval_rule_template.two.name"),
            "repository_name": known("good", "aws_codecommit_repository.good.repository_name"),
        },
    ),
)
