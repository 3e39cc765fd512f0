"""What of the story game is at Cloudflare: its names, and where this stack owns the zone its settings and firewall.

Importing this file costs more than a second (the Cloudflare SDK).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from infra.components import dns
from infra.components.cache import Cache, CacheArgs
from infra.components.cloudflare_plan import Plan
from infra.components.dns import Dns, DnsArgs, Record
from infra.components.firewall import Firewall, FirewallArgs
from infra.components.zone import Zone, ZoneArgs
from infra.products.amoisekai.facts import API_LABELS, NAME, web_part

if TYPE_CHECKING:
    from infra.settings import Settings
    from providers.railway.sdk import CustomDomain

#: Where a name on Vercel leads; Cloudflare answers for the zone's own name with the address behind it (Vercel
#: documentation, "Adding & Configuring a Custom Domain").
_VERCEL = "cname.vercel-dns.com"


def declare(settings: Settings, domain: CustomDomain) -> Dns:
    """Declare the records, and in the stack that owns the zone all that guards it; gives the records."""
    names = settings.config.amoisekai.domains
    if names.owns_zone:
        plan = Plan(names.plan)
        hosts = sorted({names.api, *(f"{label}.{names.zone}" for label in API_LABELS)})
        Zone(f"{NAME}-zone", ZoneArgs(zone_id=names.zone_id, plan=plan))
        Cache(f"{NAME}-cache", CacheArgs(zone_id=names.zone_id, api_hosts=hosts))
        Firewall(f"{NAME}-firewall", FirewallArgs(zone_id=names.zone_id, plan=plan, api_hosts=hosts))
    records = dns.railway(
        "api",
        names.api,
        zone=names.zone,
        target=domain.cname_target,
        verification_host=domain.verification_host,
        verification_token=domain.verification_token,
    )
    for host in names.web:
        records[web_part(host, names.zone)] = Record(host=host, kind="CNAME", content=_VERCEL)
    elsewhere = () if names.owns_zone else dns.guarded_elsewhere("prod", settings.config.owner, dt.date(2027, 6, 30))
    return Dns(f"{NAME}-dns", DnsArgs(zone_id=names.zone_id, records=records, suppress=elsewhere))
