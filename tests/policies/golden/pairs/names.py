"""Zones and records: signed and logged or not, pointing at something of ours or at nothing."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("names", customer_master_key_spec="ECC_NIST_P256", key_usage="SIGN_VERIFY")
    good = aws.route53.Zone("good", name="example.com")
    signing = aws.route53.KeySigningKey("good", name="good", hosted_zone_id=good.id, key_management_service_arn=key.arn)
    aws.route53.HostedZoneDnsSec("good", hosted_zone_id=signing.hosted_zone_id)
    aws.route53.QueryLog("good", zone_id=good.zone_id, cloudwatch_log_group_arn="arn:aws:logs:::log-group:names")
    bad = aws.route53.Zone("bad", name="example.org")
    aws.route53.Zone("inner", name="internal", vpcs=[{"vpc_id": "vpc-1"}])
    address = aws.ec2.Eip("web", domain="vpc", instance="i-1")
    aws.route53.Record("ours", zone_id=good.zone_id, name="www", type="A", ttl=300, records=[address.public_ip])
    balancer = aws.lb.LoadBalancer(
        "web", internal=True, load_balancer_type="application", drop_invalid_header_fields=True
    )
    aws.route53.Record(
        "alias",
        zone_id=good.zone_id,
        name="example.com",
        type="A",
        aliases=[{"name": balancer.dns_name, "zone_id": balancer.zone_id, "evaluate_target_health": True}],
    )
    aws.route53.Record("nothing", zone_id=bad.zone_id, name="old", type="A", ttl=300, records=["192.0.2.1"])
    aws.route53.Record(
        "mail", zone_id=bad.zone_id, name="example.org", type="MX", ttl=300, records=["10 mx.example.net"]
    )
    aws.route53domains.RegisteredDomain("locked", domain_name="example.com", transfer_lock=True)
    aws.route53domains.RegisteredDomain("loose", domain_name="example.org", transfer_lock=False)


PLAN = plan(
    resource("aws_kms_key", "names", {"customer_master_key_spec": "ECC_NIST_P256", "key_usage": "SIGN_VERIFY"}),
    resource("aws_route53_zone", "good", {"name": "example.com", "comment": "Managed by Terraform"}),
    resource(
        "aws_route53_key_signing_key",
        "good",
        {
            "name": "good",
            "hosted_zone_id": ref("aws_route53_zone.good.id"),
            "key_management_service_arn": ref("aws_kms_key.names.arn"),
        },
    ),
    resource(
        "aws_route53_hosted_zone_dnssec",
        "good",
        {"hosted_zone_id": ref("aws_route53_key_signing_key.good.hosted_zone_id")},
    ),
    resource(
        "aws_route53_query_log",
        "good",
        {"zone_id": ref("aws_route53_zone.good.zone_id"), "cloudwatch_log_group_arn": "arn:aws:logs:::log-group:names"},
    ),
    resource("aws_route53_zone", "bad", {"name": "example.org", "comment": "Managed by Terraform"}),
    resource("aws_route53_zone", "inner", {"name": "internal", "vpc": [{"vpc_id": "vpc-1"}]}),
    resource("aws_eip", "web", {"domain": "vpc", "instance": "i-1"}),
    resource(
        "aws_route53_record",
        "ours",
        {
            "zone_id": ref("aws_route53_zone.good.zone_id"),
            "name": "www",
            "type": "A",
            "ttl": 300,
            "records": ref("aws_eip.web.public_ip"),
        },
    ),
    resource(
        "aws_lb", "web", {"internal": True, "load_balancer_type": "application", "drop_invalid_header_fields": True}
    ),
    resource(
        "aws_route53_record",
        "alias",
        {
            "zone_id": ref("aws_route53_zone.good.zone_id"),
            "name": "example.com",
            "type": "A",
            "alias": [
                {
                    "name": ref("aws_lb.web.dns_name"),
                    "zone_id": ref("aws_lb.web.zone_id"),
                    "evaluate_target_health": True,
                }
            ],
        },
    ),
    resource(
        "aws_route53_record",
        "nothing",
        {
            "zone_id": ref("aws_route53_zone.bad.zone_id"),
            "name": "old",
            "type": "A",
            "ttl": 300,
            "records": ["192.0.2.1"],
        },
    ),
    resource(
        "aws_route53_record",
        "mail",
        {
            "zone_id": ref("aws_route53_zone.bad.zone_id"),
            "name": "example.org",
            "type": "MX",
            "ttl": 300,
            "records": ["10 mx.example.net"],
        },
    ),
    resource("aws_route53domains_registered_domain", "locked", {"domain_name": "example.com", "transfer_lock": True}),
    resource("aws_route53domains_registered_domain", "loose", {"domain_name": "example.org", "transfer_lock": False}),
)
