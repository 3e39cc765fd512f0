"""What watches an account: recorders, aggregators, detectors."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.cfg.Recorder(
        "good",
        name="good",
        role_arn="arn:aws:iam::123456789012:role/record",
        recording_group={"all_supported": True, "include_global_resource_types": True},
    )
    aws.cfg.RecorderStatus("good", name=good.name, is_enabled=True)
    bad = aws.cfg.Recorder(
        "bad",
        name="bad",
        role_arn="arn:aws:iam::123456789012:role/record",
        recording_group={
            "all_supported": False,
            "include_global_resource_types": False,
            "resource_types": ["AWS::EC2::Instance"],
        },
    )
    aws.cfg.RecorderStatus("bad", name=bad.name, is_enabled=False)
    aws.cfg.ConfigurationAggregator(
        "good",
        name="good",
        organization_aggregation_source={"all_regions": True, "role_arn": "arn:aws:iam::123456789012:role/x"},
    )
    aws.cfg.ConfigurationAggregator(
        "bad",
        name="bad",
        account_aggregation_source={"account_ids": ["123456789012"], "regions": ["eu-west-1"], "all_regions": False},
    )
    detector = aws.guardduty.Detector("good", enable=True)
    aws.guardduty.OrganizationConfiguration("good", detector_id=detector.id, auto_enable_organization_members="ALL")
    aws.guardduty.Detector("bad", enable=False)


PLAN = plan(
    resource(
        "aws_config_configuration_recorder",
        "good",
        {
            "name": "good",
            "role_arn": "arn:aws:iam::123456789012:role/record",
            "recording_group": [{"all_supported": True, "include_global_resource_types": True}],
        },
    ),
    resource(
        "aws_config_configuration_recorder_status",
        "good",
        {"name": known("good", "aws_config_configuration_recorder.good.name"), "is_enabled": True},
    ),
    resource(
        "aws_config_configuration_recorder",
        "bad",
        {
            "name": "bad",
            "role_arn": "arn:aws:iam::123456789012:role/record",
            "recording_group": [
                {
                    "all_supported": False,
                    "include_global_resource_types": False,
                    "resource_types": ["AWS::EC2::Instance"],
                }
            ],
        },
    ),
    resource(
        "aws_config_configuration_recorder_status",
        "bad",
        {"name": known("bad", "aws_config_configuration_recorder.bad.name"), "is_enabled": False},
    ),
    resource(
        "aws_config_configuration_aggregator",
        "good",
        {
            "name": "good",
            "organization_aggregation_source": [{"all_regions": True, "role_arn": "arn:aws:iam::123456789012:role/x"}],
        },
    ),
    resource(
        "aws_config_configuration_aggregator",
        "bad",
        {
            "name": "bad",
            "account_aggregation_source": [
                {"account_ids": ["123456789012"], "regions": ["eu-west-1"], "all_regions": False}
            ],
        },
    ),
    resource("aws_guardduty_detector", "good", {"enable": True}),
    resource(
        "aws_guardduty_organization_configuration",
        "good",
        {"detector_id": ref("aws_guardduty_detector.good.id"), "auto_enable_organization_members": "ALL"},
    ),
    resource("aws_guardduty_detector", "bad", {"enable": False}),
)
