"""File systems, of the plain kind and of the four others."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("files", enable_key_rotation=True)
    good = aws.efs.FileSystem("good", encrypted=True, kms_key_id=key.arn)
    aws.efs.FileSystem("bad", encrypted=False)
    aws.efs.AccessPoint(
        "good", file_system_id=good.id, root_directory={"path": "/data"}, posix_user={"gid": 1000, "uid": 1000}
    )
    aws.efs.AccessPoint("bad", file_system_id=good.id)
    role = aws.iam.Role("backup", assume_role_policy=TRUST)
    nightly = aws.backup.Plan(
        "nightly",
        name="nightly",
        rules=[{"rule_name": "nightly", "target_vault_name": "vault", "schedule": "cron(0 3 * * ? *)"}],
    )
    aws.backup.Selection("files", name="files", plan_id=nightly.id, iam_role_arn=role.arn, resources=[good.arn])
    aws.fsx.LustreFileSystem("good", subnet_ids="subnet-1", kms_key_id=key.arn)
    aws.fsx.LustreFileSystem("bad", subnet_ids="subnet-1")
    aws.fsx.WindowsFileSystem("good", subnet_ids=["subnet-1"], throughput_capacity=16, kms_key_id=key.arn)
    aws.fsx.WindowsFileSystem("bad", subnet_ids=["subnet-1"], throughput_capacity=16)
    aws.fsx.OntapFileSystem(
        "good",
        subnet_ids=["subnet-1"],
        preferred_subnet_id="subnet-1",
        deployment_type="SINGLE_AZ_1",
        kms_key_id=key.arn,
        storage_capacity=1024,
    )
    aws.fsx.OntapFileSystem(
        "bad",
        subnet_ids=["subnet-1"],
        preferred_subnet_id="subnet-1",
        deployment_type="SINGLE_AZ_1",
        storage_capacity=1024,
    )
    aws.fsx.OpenZfsFileSystem(
        "good", subnet_ids=["subnet-1"], deployment_type="SINGLE_AZ_1", throughput_capacity=64, kms_key_id=key.arn
    )
    aws.fsx.OpenZfsFileSystem("bad", subnet_ids=["subnet-1"], deployment_type="SINGLE_AZ_1", throughput_capacity=64)


KEY = ref("aws_kms_key.files.arn")
PLAN = plan(
    resource("aws_kms_key", "files", {"enable_key_rotation": True}),
    resource("aws_efs_file_system", "good", {"encrypted": True, "kms_key_id": KEY}),
    resource("aws_efs_file_system", "bad", {"encrypted": False}),
    resource(
        "aws_efs_access_point",
        "good",
        {
            "file_system_id": ref("aws_efs_file_system.good.id"),
            "root_directory": [{"path": "/data"}],
            "posix_user": [{"gid": 1000, "uid": 1000, "secondary_gids": None}],
        },
    ),
    resource("aws_efs_access_point", "bad", {"file_system_id": ref("aws_efs_file_system.good.id"), "posix_user": []}),
    resource("aws_iam_role", "backup", {"assume_role_policy": TRUST}),
    resource(
        "aws_backup_plan",
        "nightly",
        {
            "name": "nightly",
            "rule": [{"rule_name": "nightly", "target_vault_name": "vault", "schedule": "cron(0 3 * * ? *)"}],
        },
    ),
    resource(
        "aws_backup_selection",
        "files",
        {
            "name": "files",
            "plan_id": ref("aws_backup_plan.nightly.id"),
            "iam_role_arn": ref("aws_iam_role.backup.arn"),
            "resources": ref("aws_efs_file_system.good.arn"),
        },
    ),
    resource("aws_fsx_lustre_file_system", "good", {"subnet_ids": ["subnet-1"], "kms_key_id": KEY}),
    resource("aws_fsx_lustre_file_system", "bad", {"subnet_ids": ["subnet-1"]}),
    resource(
        "aws_fsx_windows_file_system",
        "good",
        {"subnet_ids": ["subnet-1"], "throughput_capacity": 16, "kms_key_id": KEY},
    ),
    resource("aws_fsx_windows_file_system", "bad", {"subnet_ids": ["subnet-1"], "throughput_capacity": 16}),
    resource(
        "aws_fsx_ontap_file_system",
        "good",
        {
            "subnet_ids": ["subnet-1"],
            "preferred_subnet_id": "subnet-1",
            "deployment_type": "SINGLE_AZ_1",
            "storage_capacity": 1024,
            "kms_key_id": KEY,
        },
    ),
    resource(
        "aws_fsx_ontap_file_system",
        "bad",
        {
            "subnet_ids": ["subnet-1"],
            "preferred_subnet_id": "subnet-1",
            "deployment_type": "SINGLE_AZ_1",
            "storage_capacity": 1024,
        },
    ),
    resource(
        "aws_fsx_openzfs_file_system",
        "good",
        {"subnet_ids": ["subnet-1"], "deployment_type": "SINGLE_AZ_1", "throughput_capacity": 64, "kms_key_id": KEY},
    ),
    resource(
        "aws_fsx_openzfs_file_system",
        "bad",
        {"subnet_ids": ["subnet-1"], "deployment_type": "SINGLE_AZ_1", "throughput_capacity": 64},
    ),
)
