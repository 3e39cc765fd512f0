"""Registries of images: sealed, scanned and fixed, or not."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def _policy(principal: object) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": ["ecr:BatchGetImage"]}],
        }
    )


OWN = _policy({"AWS": "arn:aws:iam::123456789012:root"})
RULES = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 9},
                "action": {"type": "expire"},
            }
        ]
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("images", enable_key_rotation=True, policy=_policy({"AWS": "arn:aws:iam::123456789012:root"}))
    good = aws.ecr.Repository(
        "good",
        name="good",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}],
    )
    aws.ecr.LifecyclePolicy("good", repository=good.name, policy=RULES)
    aws.ecr.RepositoryPolicy("good", repository=good.name, policy=OWN)
    bad = aws.ecr.Repository(
        "bad", name="bad", image_tag_mutability="MUTABLE", image_scanning_configuration={"scan_on_push": False}
    )
    aws.ecr.RepositoryPolicy("bad", repository=bad.name, policy=_policy("*"))
    aws.ecr.Repository("plain", encryption_configurations=[{"encryption_type": "AES256"}])


PLAN = plan(
    resource("aws_kms_key", "images", {"enable_key_rotation": True, "policy": OWN}),
    resource(
        "aws_ecr_repository",
        "good",
        {
            "name": "good",
            "image_tag_mutability": "IMMUTABLE",
            "image_scanning_configuration": [{"scan_on_push": True}],
            "encryption_configuration": [{"encryption_type": "KMS", "kms_key": ref("aws_kms_key.images.arn")}],
            "force_delete": None,
        },
    ),
    resource(
        "aws_ecr_lifecycle_policy",
        "good",
        {"repository": known("good", "aws_ecr_repository.good.name"), "policy": RULES},
    ),
    resource(
        "aws_ecr_repository_policy",
        "good",
        {"repository": known("good", "aws_ecr_repository.good.name"), "policy": OWN},
    ),
    resource(
        "aws_ecr_repository",
        "bad",
        {
            "name": "bad",
            "image_tag_mutability": "MUTABLE",
            "image_scanning_configuration": [{"scan_on_push": False}],
            "encryption_configuration": [],
        },
    ),
    resource(
        "aws_ecr_repository_policy",
        "bad",
        {"repository": known("bad", "aws_ecr_repository.bad.name"), "policy": _policy("*")},
    ),
    resource(
        "aws_ecr_repository",
        "plain",
        {"image_tag_mutability": "MUTABLE", "encryption_configuration": [{"encryption_type": "AES256"}]},
    ),
)
