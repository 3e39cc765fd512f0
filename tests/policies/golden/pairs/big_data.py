"""Clusters that count and environments that schedule: EMR, MWAA."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import Resource, Value, known, plan, ref, resource


def _security(*, sealed: bool) -> str:
    rest = {
        "S3EncryptionConfiguration": {
            "EncryptionMode": "SSE-KMS",
            "AwsKmsKey": "arn:aws:kms:eu-west-1:123456789012:key/1",
        },
        "LocalDiskEncryptionConfiguration": {
            "EncryptionKeyProviderType": "AwsKms",
            "AwsKmsKey": "arn:aws:kms:eu-west-1:123456789012:key/1",
            "EnableEbsEncryption": True,
        },
    }
    whole = {"EnableInTransitEncryption": sealed, "EnableAtRestEncryption": sealed}
    return json.dumps({"EncryptionConfiguration": whole | ({"AtRestEncryptionConfiguration": rest} if sealed else {})})


def program() -> None:
    """As a Pulumi program has it."""
    group = aws.ec2.SecurityGroup(
        "inner",
        description="of the cluster",
        ingress=[
            {
                "description": "within",
                "protocol": "tcp",
                "from_port": 8443,
                "to_port": 8443,
                "cidr_blocks": ["10.0.0.0/16"],
            }
        ],
    )
    sealed = aws.emr.SecurityConfiguration("good", name="good", configuration=_security(sealed=True))
    aws.emr.SecurityConfiguration("bad", name="bad", configuration=_security(sealed=False))
    aws.emr.Cluster(
        "good",
        name="good",
        release_label="emr-7.3.0",
        service_role="role",
        security_configuration=sealed.name,
        ec2_attributes={"instance_profile": "profile", "emr_managed_master_security_group": group.id},
    )
    aws.emr.Cluster("bad", name="bad", release_label="emr-7.3.0", service_role="role")
    aws.emr.BlockPublicAccessConfiguration("good", block_public_security_group_rules=True)
    aws.emr.BlockPublicAccessConfiguration("bad", block_public_security_group_rules=False)
    on = aws.mwaa.EnvironmentLoggingConfigurationArgs(
        scheduler_logs=aws.mwaa.EnvironmentLoggingConfigurationSchedulerLogsArgs(enabled=True, log_level="INFO"),
        worker_logs=aws.mwaa.EnvironmentLoggingConfigurationWorkerLogsArgs(enabled=True, log_level="INFO"),
        webserver_logs=aws.mwaa.EnvironmentLoggingConfigurationWebserverLogsArgs(enabled=True, log_level="INFO"),
    )
    for name, logging, mode in (("good", on, "PRIVATE_ONLY"), ("bad", None, "PUBLIC_ONLY")):
        aws.mwaa.Environment(
            name,
            name=name,
            dag_s3_path="dags/",
            execution_role_arn="arn:aws:iam::123456789012:role/run",
            source_bucket_arn="arn:aws:s3:::dags",
            network_configuration={"security_group_ids": ["sg-1"], "subnet_ids": ["subnet-1", "subnet-2"]},
            logging_configuration=logging,
            webserver_access_mode=mode,
        )


def _environment(name: str, mode: str, logging: list[Value]) -> Resource:
    return resource(
        "aws_mwaa_environment",
        name,
        {
            "name": name,
            "dag_s3_path": "dags/",
            "execution_role_arn": "arn:aws:iam::123456789012:role/run",
            "source_bucket_arn": "arn:aws:s3:::dags",
            "network_configuration": [{"security_group_ids": ["sg-1"], "subnet_ids": ["subnet-1", "subnet-2"]}],
            "webserver_access_mode": mode,
            **({"logging_configuration": logging} if logging else {}),
        },
    )


PLAN = plan(
    resource(
        "aws_security_group",
        "inner",
        {
            "description": "of the cluster",
            "ingress": [
                {
                    "description": "within",
                    "protocol": "tcp",
                    "from_port": 8443,
                    "to_port": 8443,
                    "cidr_blocks": ["10.0.0.0/16"],
                }
            ],
        },
    ),
    resource("aws_emr_security_configuration", "good", {"name": "good", "configuration": _security(sealed=True)}),
    resource("aws_emr_security_configuration", "bad", {"name": "bad", "configuration": _security(sealed=False)}),
    resource(
        "aws_emr_cluster",
        "good",
        {
            "name": "good",
            "release_label": "emr-7.3.0",
            "service_role": "role",
            "security_configuration": known("good", "aws_emr_security_configuration.good.name"),
            "ec2_attributes": [
                {"instance_profile": "profile", "emr_managed_master_security_group": ref("aws_security_group.inner.id")}
            ],
        },
    ),
    resource(
        "aws_emr_cluster",
        "bad",
        {"name": "bad", "release_label": "emr-7.3.0", "service_role": "role", "security_configuration": None},
    ),
    resource("aws_emr_block_public_access_configuration", "good", {"block_public_security_group_rules": True}),
    resource("aws_emr_block_public_access_configuration", "bad", {"block_public_security_group_rules": False}),
    _environment(
        "good",
        "PRIVATE_ONLY",
        [
            {
                "scheduler_logs": [{"enabled": True, "log_level": "INFO"}],
                "worker_logs": [{"enabled": True, "log_level": "INFO"}],
                "webserver_logs": [{"enabled": True, "log_level": "INFO"}],
            }
        ],
    ),
    _environment("bad", "PUBLIC_ONLY", []),
)
