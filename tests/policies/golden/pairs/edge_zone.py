"""A zone at Cloudflare: its records and its settings. checkov's own checks know nothing of it: none may answer."""

from __future__ import annotations

import pulumi_cloudflare as cloudflare

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    zone = cloudflare.Zone("main", name="example.com", account={"id": "0123456789abcdef0123456789abcdef"}, type="full")
    cloudflare.DnsRecord(
        "www", zone_id=zone.id, name="www.example.com", type="CNAME", content="example.com", ttl=1, proxied=True
    )
    cloudflare.DnsRecord(
        "direct", zone_id=zone.id, name="direct.example.com", type="A", content="192.0.2.1", ttl=300, proxied=False
    )
    cloudflare.ZoneSetting("tls", zone_id=zone.id, setting_id="ssl", value="strict")
    cloudflare.ZoneSetting("oldest", zone_id=zone.id, setting_id="min_tls_version", value="1.0")


PLAN = plan(
    resource(
        "cloudflare_zone",
        "main",
        {"name": "example.com", "account": {"id": "0123456789abcdef0123456789abcdef"}, "type": "full"},
    ),
    resource(
        "cloudflare_dns_record",
        "www",
        {
            "zone_id": ref("cloudflare_zone.main.id"),
            "name": "www.example.com",
            "type": "CNAME",
            "content": "example.com",
            "ttl": 1,
            "proxied": True,
        },
    ),
    resource(
        "cloudflare_dns_record",
        "direct",
        {
            "zone_id": ref("cloudflare_zone.main.id"),
            "name": "direct.example.com",
            "type": "A",
            "content": "192.0.2.1",
            "ttl": 300,
            "proxied": False,
        },
    ),
    resource(
        "cloudflare_zone_setting",
        "tls",
        {"zone_id": ref("cloudflare_zone.main.id"), "setting_id": "ssl", "value": "strict"},
    ),
    resource(
        "cloudflare_zone_setting",
        "oldest",
        {"zone_id": ref("cloudflare_zone.main.id"), "setting_id": "min_tls_version", "value": "1.0"},
    ),
)
