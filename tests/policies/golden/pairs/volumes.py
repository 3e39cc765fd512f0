"""Disks and images: encrypted with a key of one's own or not, backed up or not, attached or not."""

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
    key = aws.kms.Key("disks", enable_key_rotation=True)
    good = aws.ebs.Volume("good", availability_zone="eu-west-1a", size=10, encrypted=True, kms_key_id=key.arn)
    bad = aws.ebs.Volume("bad", availability_zone="eu-west-1a", size=10)
    for name, volume in (("good", good), ("bad", bad)):
        aws.ec2.VolumeAttachment(name, device_name="/dev/sdh", instance_id="i-0123456789abcdef0", volume_id=volume.id)
    role = aws.iam.Role("backup", assume_role_policy=TRUST)
    nightly = aws.backup.Plan(
        "nightly",
        name="nightly",
        rules=[{"rule_name": "nightly", "target_vault_name": "vault", "schedule": "cron(0 3 * * ? *)"}],
    )
    aws.backup.Selection("disks", name="disks", plan_id=nightly.id, iam_role_arn=role.arn, resources=[good.arn])
    aws.ebs.EncryptionByDefault("on", enabled=True)
    aws.ebs.EncryptionByDefault("off", enabled=False)
    aws.ebs.SnapshotCopy(
        "good", source_region="eu-west-1", source_snapshot_id="snap-1", encrypted=True, kms_key_id=key.arn
    )
    aws.ebs.SnapshotCopy("bad", source_region="eu-west-1", source_snapshot_id="snap-1")
    aws.ec2.AmiCopy(
        "good", source_ami_id="ami-1", source_ami_region="eu-west-1", encrypted=True, kms_key_id=key.arn, name="copy"
    )
    aws.ec2.AmiCopy("bad", source_ami_id="ami-1", source_ami_region="eu-west-1", name="copy")
    aws.ec2.Ami(
        "good", name="image", ebs_block_devices=[{"device_name": "/dev/xvda", "encrypted": True, "volume_size": 8}]
    )
    aws.ec2.Ami("bad", name="image", ebs_block_devices=[{"device_name": "/dev/xvda", "volume_size": 8}])
    aws.ec2.AmiLaunchPermission("shared", image_id="ami-0123456789abcdef0", account_id="123456789012")


KEY = ref("aws_kms_key.disks.arn")
PLAN = plan(
    resource("aws_kms_key", "disks", {"enable_key_rotation": True}),
    resource(
        "aws_ebs_volume", "good", {"availability_zone": "eu-west-1a", "size": 10, "encrypted": True, "kms_key_id": KEY}
    ),
    resource("aws_ebs_volume", "bad", {"availability_zone": "eu-west-1a", "size": 10}),
    resource(
        "aws_volume_attachment",
        "good",
        {"device_name": "/dev/sdh", "instance_id": "i-0123456789abcdef0", "volume_id": ref("aws_ebs_volume.good.id")},
    ),
    resource(
        "aws_volume_attachment",
        "bad",
        {"device_name": "/dev/sdh", "instance_id": "i-0123456789abcdef0", "volume_id": ref("aws_ebs_volume.bad.id")},
    ),
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
        "disks",
        {
            "name": "disks",
            "plan_id": ref("aws_backup_plan.nightly.id"),
            "iam_role_arn": ref("aws_iam_role.backup.arn"),
            "resources": ref("aws_ebs_volume.good.arn"),
        },
    ),
    resource("aws_ebs_encryption_by_default", "on", {"enabled": True}),
    resource("aws_ebs_encryption_by_default", "off", {"enabled": False}),
    resource(
        "aws_ebs_snapshot_copy",
        "good",
        {"source_region": "eu-west-1", "source_snapshot_id": "snap-1", "encrypted": True, "kms_key_id": KEY},
    ),
    resource("aws_ebs_snapshot_copy", "bad", {"source_region": "eu-west-1", "source_snapshot_id": "snap-1"}),
    resource(
        "aws_ami_copy",
        "good",
        {
            "name": "copy",
            "source_ami_id": "ami-1",
            "source_ami_region": "eu-west-1",
            "encrypted": True,
            "kms_key_id": KEY,
        },
    ),
    resource(
        "aws_ami_copy",
        "bad",
        {"name": "copy", "source_ami_id": "ami-1", "source_ami_region": "eu-west-1", "encrypted": False},
    ),
    resource(
        "aws_ami",
        "good",
        {"name": "image", "ebs_block_device": [{"device_name": "/dev/xvda", "encrypted": True, "volume_size": 8}]},
    ),
    resource("aws_ami", "bad", {"name": "image", "ebs_block_device": [{"device_name": "/dev/xvda", "volume_size": 8}]}),
    resource(
        "aws_ami_launch_permission",
        "shared",
        {"image_id": "ami-0123456789abcdef0", "account_id": "123456789012"},
    ),
)
