"""Queues: sealed with one's own key, with the service's, open, and with policies for everyone."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def _policy(principal: object, action: str, condition: object = None) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    if condition is not None:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


OWN = _policy({"AWS": "arn:aws:iam::123456789012:root"}, "sqs:SendMessage")
ANYONE = _policy("*", "sqs:*")
EVERYTHING = _policy({"AWS": "*"}, "*")


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("queues", enable_key_rotation=True)
    good = aws.sqs.Queue("good", kms_master_key_id=key.id, kms_data_key_reuse_period_seconds=300)
    aws.sqs.Queue("managed", sqs_managed_sse_enabled=True)
    aws.sqs.Queue("default-key", kms_master_key_id="alias/aws/sqs")
    bad = aws.sqs.Queue("bad", sqs_managed_sse_enabled=False, fifo_queue=True)
    aws.sqs.Queue("inline", policy=ANYONE, kms_master_key_id="alias/mine")
    aws.sqs.QueuePolicy("good", queue_url=good.id, policy=OWN)
    aws.sqs.QueuePolicy("anyone", queue_url=bad.id, policy=ANYONE)
    aws.sqs.QueuePolicy("everything", queue_url=bad.url, policy=EVERYTHING)


PLAN = plan(
    resource("aws_kms_key", "queues", {"enable_key_rotation": True}),
    resource(
        "aws_sqs_queue",
        "good",
        {"kms_master_key_id": ref("aws_kms_key.queues.id"), "kms_data_key_reuse_period_seconds": 300},
    ),
    resource("aws_sqs_queue", "managed", {"sqs_managed_sse_enabled": True}),
    resource("aws_sqs_queue", "default-key", {"kms_master_key_id": "alias/aws/sqs", "fifo_queue": False}),
    resource("aws_sqs_queue", "bad", {"sqs_managed_sse_enabled": False, "fifo_queue": True}),
    resource("aws_sqs_queue", "inline", {"policy": ANYONE, "kms_master_key_id": "alias/mine"}),
    resource("aws_sqs_queue_policy", "good", {"queue_url": ref("aws_sqs_queue.good.id"), "policy": OWN}),
    resource("aws_sqs_queue_policy", "anyone", {"queue_url": ref("aws_sqs_queue.bad.id"), "policy": ANYONE}),
    resource("aws_sqs_queue_policy", "everything", {"queue_url": ref("aws_sqs_queue.bad.url"), "policy": EVERYTHING}),
)
