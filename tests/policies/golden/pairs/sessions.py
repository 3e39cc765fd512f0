"""Documents of the systems manager: who may read them, and what sessions leave behind."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def _session(*, sealed: bool) -> str:
    inputs = {
        "s3BucketName": "sessions",
        "s3EncryptionEnabled": sealed,
        "cloudWatchLogGroupName": "",
        "cloudWatchEncryptionEnabled": sealed,
    }
    if sealed:
        inputs["kmsKeyId"] = "arn:aws:kms:eu-west-1:123456789012:key/1"
    return json.dumps({"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": inputs})


def program() -> None:
    """As a Pulumi program has it."""
    aws.ssm.Document("good", name="good", document_type="Session", content=_session(sealed=True))
    aws.ssm.Document("bad", name="bad", document_type="Session", content=_session(sealed=False))
    aws.ssm.Document(
        "public",
        name="public",
        document_type="Command",
        content=json.dumps({"schemaVersion": "2.2", "mainSteps": []}),
        permissions={"type": "Share", "account_ids": "All"},
    )


PLAN = plan(
    resource(
        "aws_ssm_document",
        "good",
        {"name": "good", "document_type": "Session", "document_format": "JSON", "content": _session(sealed=True)},
    ),
    resource(
        "aws_ssm_document",
        "bad",
        {"name": "bad", "document_type": "Session", "document_format": "JSON", "content": _session(sealed=False)},
    ),
    resource(
        "aws_ssm_document",
        "public",
        {
            "name": "public",
            "document_type": "Command",
            "document_format": "JSON",
            "content": json.dumps({"schemaVersion": "2.2", "mainSteps": []}),
            "permissions": {"type": "Share", "account_ids": "All"},
        },
    ),
)
