"""Brokers of messages: Kafka, and the classic ones."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("brokers", enable_key_rotation=True)
    aws.msk.Cluster(
        "good",
        cluster_name="good",
        kafka_version="3.6.0",
        number_of_broker_nodes=3,
        broker_node_group_info={
            "instance_type": "kafka.m5.large",
            "client_subnets": ["subnet-1"],
            "security_groups": ["sg-1"],
        },
        encryption_info={
            "encryption_at_rest_kms_key_arn": key.arn,
            "encryption_in_transit": {"client_broker": "TLS", "in_cluster": True},
        },
        logging_info={"broker_logs": {"cloudwatch_logs": {"enabled": True, "log_group": "/kafka"}}},
    )
    aws.msk.Cluster(
        "bad",
        cluster_name="bad",
        kafka_version="3.6.0",
        number_of_broker_nodes=3,
        broker_node_group_info={
            "instance_type": "kafka.m5.large",
            "client_subnets": ["subnet-1"],
            "security_groups": ["sg-1"],
            "connectivity_info": {"public_access": {"type": "SERVICE_PROVIDED_EIPS"}},
        },
        encryption_info={"encryption_in_transit": {"client_broker": "PLAINTEXT", "in_cluster": False}},
    )
    aws.mq.Broker(
        "good",
        broker_name="good",
        engine_type="ActiveMQ",
        engine_version="5.18",
        host_instance_type="mq.m5.large",
        auto_minor_version_upgrade=True,
        publicly_accessible=False,
        encryption_options={"kms_key_id": key.arn, "use_aws_owned_key": False},
        logs={"general": True, "audit": True},
        users=[{"username": "keeper", "password": pulumi.Output.secret("not-a-real-one")}],
    )
    aws.mq.Broker(
        "bad",
        broker_name="bad",
        engine_type="ActiveMQ",
        engine_version="5.15",
        host_instance_type="mq.t3.micro",
        auto_minor_version_upgrade=False,
        publicly_accessible=True,
        logs={"general": False, "audit": False},
        users=[{"username": "keeper", "password": "not-a-real-one"}],
    )


PLAN = plan(
    resource("aws_kms_key", "brokers", {"enable_key_rotation": True}),
    resource(
        "aws_msk_cluster",
        "good",
        {
            "cluster_name": "good",
            "kafka_version": "3.6.0",
            "number_of_broker_nodes": 3,
            "broker_node_group_info": [
                {"instance_type": "kafka.m5.large", "client_subnets": ["subnet-1"], "security_groups": ["sg-1"]}
            ],
            "encryption_info": [
                {
                    "encryption_at_rest_kms_key_arn": ref("aws_kms_key.brokers.arn"),
                    "encryption_in_transit": [{"client_broker": "TLS", "in_cluster": True}],
                }
            ],
            "logging_info": [{"broker_logs": [{"cloudwatch_logs": [{"enabled": True, "log_group": "/kafka"}]}]}],
        },
    ),
    resource(
        "aws_msk_cluster",
        "bad",
        {
            "cluster_name": "bad",
            "kafka_version": "3.6.0",
            "number_of_broker_nodes": 3,
            "broker_node_group_info": [
                {
                    "instance_type": "kafka.m5.large",
                    "client_subnets": ["subnet-1"],
                    "security_groups": ["sg-1"],
                    "connectivity_info": [{"public_access": [{"type": "SERVICE_PROVIDED_EIPS"}]}],
                }
            ],
            "encryption_info": [{"encryption_in_transit": [{"client_broker": "PLAINTEXT", "in_cluster": False}]}],
        },
    ),
    resource(
        "aws_mq_broker",
        "good",
        {
            "broker_name": "good",
            "engine_type": "ActiveMQ",
            "engine_version": "5.18",
            "host_instance_type": "mq.m5.large",
            "auto_minor_version_upgrade": True,
            "publicly_accessible": False,
            "encryption_options": [{"kms_key_id": ref("aws_kms_key.brokers.arn"), "use_aws_owned_key": False}],
            "logs": [{"general": True, "audit": "true"}],
            "user": [{"username": "keeper", "password": "not-a-real-one"}],
        },
    ),
    resource(
        "aws_mq_broker",
        "bad",
        {
            "broker_name": "bad",
            "engine_type": "ActiveMQ",
            "engine_version": "5.15",
            "host_instance_type": "mq.t3.micro",
            "auto_minor_version_upgrade": False,
            "publicly_accessible": True,
            "logs": [{"general": False, "audit": "false"}],
            "user": [{"username": "keeper", "password": "not-a-real-one"}],
        },
    ),
)
