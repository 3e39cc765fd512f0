"""How a Cloudflare zone meets its visitors and its servers: TLS, HSTS, bots.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_cloudflare as cloudflare

from infra.components.base import ArgumentError, Component, ComponentArgs

if TYPE_CHECKING:
    import pulumi

    from infra.components.cloudflare_plan import Plan

#: Seconds: six months of 30 days, the least that the policy `zone-setting-safe` takes.
_HSTS_LEAST = 15_552_000


@dataclass(frozen=True, kw_only=True)
class ZoneArgs(ComponentArgs):
    """What a zone is set to.

    Attributes:
        zone_id: the zone; it is made by hand, where the domain was bought.
        plan: its plan.
        hsts_seconds: for how long a browser that was there once asks over TLS only.

    Raises:
        ArgumentError: HSTS for less than six months.
    """

    zone_id: str
    plan: Plan
    hsts_seconds: int = 31_536_000

    def __post_init__(self) -> None:
        if self.hsts_seconds < _HSTS_LEAST:
            raise ArgumentError("hsts_seconds", self.hsts_seconds, f"at least {_HSTS_LEAST}, six months")


class Zone(Component):
    """The settings of a zone: one stack owns them, others may have records in it (`infra.components.dns`).

    Makes: TLS to the server with a checked certificate, TLS for visitors always and of version 1.2 at least, HSTS
    for all names, the fight against bots.
    """

    def __init__(self, name: str, args: ZoneArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("zone:Zone", name, args, opts)
        hsts = {
            "strict_transport_security": {
                "enabled": True,
                "max_age": args.hsts_seconds,
                "include_subdomains": True,
                "nosniff": True,
                # Browsers' own lists are left for months after one asks: no step for a program to take.
                "preload": False,
            }
        }
        settings: dict[str, object] = {
            "always_use_https": "on",
            "min_tls_version": "1.2",
            "security_header": hsts,
            # Railway serves its own name's certificate until it has one for the domain: that is answered with 526.
            "ssl": "strict",
        }
        for setting, value in settings.items():
            cloudflare.ZoneSetting(
                f"{name}-{setting.replace('_', '-')}",
                zone_id=args.zone_id,
                setting_id=setting,
                value=value,
                opts=self.child(),
            )
        if args.plan.bots_by_rule:
            cloudflare.BotManagement(
                f"{name}-bots",
                zone_id=args.zone_id,
                enable_js=True,
                sbfm_definitely_automated="managed_challenge",
                # Search engines and monitors that Cloudflare knows.
                sbfm_verified_bots="allow",
                sbfm_static_resource_protection=False,
                optimize_wordpress=False,
                opts=self.child(),
            )
        else:
            cloudflare.BotManagement(
                f"{name}-bots", zone_id=args.zone_id, enable_js=True, fight_mode=True, opts=self.child()
            )
        self.register_outputs({"zoneId": args.zone_id})
