"""Topics, and who may publish to them."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def _policy(principal: object) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sns:Publish", "Resource": "*"}],
        }
    )


OWN, ANYONE = _policy({"Service": "cloudwatch.amazonaws.com"}), _policy({"AWS": "*"})


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("topics", enable_key_rotation=True)
    good = aws.sns.Topic("good", kms_master_key_id=key.id)
    bad = aws.sns.Topic("bad", display_name="nothing seals this")
    aws.sns.TopicPolicy("good", arn=good.arn, policy=OWN)
    aws.sns.TopicPolicy("anyone", arn=bad.arn, policy=ANYONE)
    aws.sns.TopicSubscription("mail", topic=good.arn, protocol="email", endpoint="ops@example.com")


PLAN = plan(
    resource("aws_kms_key", "topics", {"enable_key_rotation": True}),
    resource("aws_sns_topic", "good", {"kms_master_key_id": ref("aws_kms_key.topics.id")}),
    resource("aws_sns_topic", "bad", {"display_name": "nothing seals this", "kms_master_key_id": None}),
    resource("aws_sns_topic_policy", "good", {"arn": ref("aws_sns_topic.good.arn"), "policy": OWN}),
    resource("aws_sns_topic_policy", "anyone", {"arn": ref("aws_sns_topic.bad.arn"), "policy": ANYONE}),
    resource(
        "aws_sns_topic_subscription",
        "mail",
        {"topic_arn": ref("aws_sns_topic.good.arn"), "protocol": "email", "endpoint": "ops@example.com"},
    ),
)
