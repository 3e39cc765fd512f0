"""Declares each of Cloudflare's components once; edge.json says what differs from one update to the next."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pulumi

from infra.components.app_bucket import AppBucket, AppBucketArgs
from infra.components.bucket_token import Access, BucketToken, BucketTokenArgs
from infra.components.cache import Cache, CacheArgs
from infra.components.cloudflare_plan import Plan
from infra.components.dns import Dns, DnsArgs, Record, railway
from infra.components.firewall import Firewall, FirewallArgs
from infra.components.r2_bucket import R2Bucket, R2BucketArgs
from infra.components.zone import Zone, ZoneArgs

told = json.loads(Path("edge.json").read_text("utf-8"))
ID = "0" * 32
API = "api.amoisekai.test"

Zone("zone", ZoneArgs(zone_id=ID, plan=Plan(told["plan"])))
Cache("cache", CacheArgs(zone_id=ID, api_hosts=[API]))
Firewall("firewall", FirewallArgs(zone_id=ID, plan=Plan(told["plan"]), api_hosts=[API]))
records = {
    "web": Record(host="amoisekai.test", kind="CNAME", content="cname.vercel-dns.test"),
    **railway(
        "api",
        API,
        zone="amoisekai.test",
        target=pulumi.Output.from_input(told["target"]),
        verification_host=pulumi.Output.from_input("_railway-verify.api"),
        verification_token=pulumi.Output.from_input("railway-verify=abc"),
    ),
}
Dns("dns", DnsArgs(zone_id=ID, records=records))
R2Bucket("backups", R2BucketArgs(account_id=ID, name="backups-edge", location="weur", locked=True, protect=False))
files = AppBucket(
    "files",
    AppBucketArgs(
        account_id=ID,
        name="files-edge",
        location="weur",
        origins=["https://amoisekai.test"],
        expiring={"exports/": 7},
        protect=False,
    ),
)
key = BucketToken(
    "key",
    BucketTokenArgs(
        account_id=ID,
        label="files",
        bucket=files.bucket,
        access=Access.WRITE,
        expires=dt.date.fromisoformat(told["expires"]),
    ),
)
pulumi.export("key", key.access_key_id)
pulumi.export("secret", key.secret_access_key)
