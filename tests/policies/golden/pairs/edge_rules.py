"""Rules at Cloudflare: managed ones, limits of rate, a tunnel and its secret."""

from __future__ import annotations

import pulumi
import pulumi_cloudflare as cloudflare

from tests.policies.golden.terraform import plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    zone = "fedcba9876543210fedcba9876543210"
    cloudflare.Ruleset(
        "managed",
        zone_id=zone,
        name="managed",
        kind="zone",
        phase="http_request_firewall_managed",
        rules=[
            {
                "action": "execute",
                "expression": "true",
                "enabled": True,
                "action_parameters": {"id": "efb7b8c949ac4650a09736fc376e9aee"},
            }
        ],
    )
    cloudflare.Ruleset(
        "rate",
        zone_id=zone,
        name="rate",
        kind="zone",
        phase="http_ratelimit",
        rules=[
            {
                "action": "block",
                "expression": '(http.request.uri.path matches "^/api/")',
                "ratelimit": {
                    "characteristics": ["cf.colo.id", "ip.src"],
                    "period": 60,
                    "requests_per_period": 100,
                    "mitigation_timeout": 600,
                },
            }
        ],
    )
    cloudflare.ZeroTrustTunnelCloudflared(
        "home",
        account_id="0123456789abcdef0123456789abcdef",
        name="home",
        tunnel_secret=pulumi.Output.secret("not-a-real-one"),
    )


PLAN = plan(
    resource(
        "cloudflare_ruleset",
        "managed",
        {
            "zone_id": "fedcba9876543210fedcba9876543210",
            "name": "managed",
            "kind": "zone",
            "phase": "http_request_firewall_managed",
            "rules": [
                {
                    "action": "execute",
                    "expression": "true",
                    "enabled": True,
                    "action_parameters": {"id": "efb7b8c949ac4650a09736fc376e9aee"},
                }
            ],
        },
    ),
    resource(
        "cloudflare_ruleset",
        "rate",
        {
            "zone_id": "fedcba9876543210fedcba9876543210",
            "name": "rate",
            "kind": "zone",
            "phase": "http_ratelimit",
            "rules": [
                {
                    "action": "block",
                    "expression": '(http.request.uri.path matches "^/api/")',
                    "ratelimit": {
                        "characteristics": ["cf.colo.id", "ip.src"],
                        "period": 60,
                        "requests_per_period": 100,
                        "mitigation_timeout": 600,
                    },
                }
            ],
        },
    ),
    resource(
        "cloudflare_zero_trust_tunnel_cloudflared",
        "home",
        {
            "account_id": "0123456789abcdef0123456789abcdef",
            "name": "home",
            "tunnel_secret": "not-a-real-one",
        },
    ),
)
