"""Certificates: for one name, for all names, and unseen."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    aws.acm.Certificate("good", domain_name="example.com", validation_method="DNS")
    aws.acm.Certificate(
        "logged",
        domain_name="example.com",
        subject_alternative_names=["www.example.com"],
        validation_method="DNS",
        options={"certificate_transparency_logging_preference": "ENABLED"},
    )
    aws.acm.Certificate(
        "bad",
        domain_name="*.example.com",
        subject_alternative_names=["*.example.org"],
        validation_method="EMAIL",
        options={"certificate_transparency_logging_preference": "DISABLED"},
    )


PLAN = plan(
    resource("aws_acm_certificate", "good", {"domain_name": "example.com", "validation_method": "DNS"}),
    resource(
        "aws_acm_certificate",
        "logged",
        {
            "domain_name": "example.com",
            "subject_alternative_names": ["www.example.com"],
            "validation_method": "DNS",
            "options": [{"certificate_transparency_logging_preference": "ENABLED"}],
        },
    ),
    resource(
        "aws_acm_certificate",
        "bad",
        {
            "domain_name": "*.example.com",
            "subject_alternative_names": ["*.example.org"],
            "validation_method": "EMAIL",
            "options": [{"certificate_transparency_logging_preference": "DISABLED"}],
        },
    ),
)
