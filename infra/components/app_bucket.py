"""A product's own R2 bucket: private, read by browsers through signed addresses from the product's site alone.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_cloudflare as cloudflare

from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.components.r2_bucket import abandoned_uploads, expiry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

# As a browser sends it (RFC 6454, section 6.1): no path, no port that goes without saying, no wildcard.
_ORIGIN = re.compile(r"https://[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?")

#: Seconds that a browser keeps the answer to "may I?".
_PREFLIGHT = 3600


@dataclass(frozen=True, kw_only=True)
class AppBucketArgs(ComponentArgs):
    """What the bucket is made of.

    Attributes:
        account_id: Cloudflare account.
        name: the bucket's name in that account (`infra.naming.bucket`).
        location: hint where its data lies, as in ``weur``.
        origins: sites whose scripts may read objects, as in ``https://example.com``.
        expiring: prefix, ending in ``/`` -> days after which what lies below it goes; all else stays.
        protect: refuse to delete the bucket (on in prod).

    Raises:
        ArgumentError: an origin that is no site over TLS, a prefix without its slash, or less than a day.
    """

    account_id: str
    name: str
    location: str
    origins: Sequence[str]
    expiring: Mapping[str, int]
    protect: bool = True

    def __post_init__(self) -> None:
        if not self.origins or not all(_ORIGIN.fullmatch(origin) for origin in self.origins):
            raise ArgumentError("origins", self.origins, "sites as in 'https://example.com', each without a path")
        for prefix, days in self.expiring.items():
            if not prefix.endswith("/") or prefix == "/" or days < 1:
                raise ArgumentError("expiring", {prefix: days}, "a folder's name ending in '/', and at least 1 day")


class AppBucket(Component):
    """A private R2 bucket for a product's own files.

    Makes: the bucket, its lifecycle, its CORS rules, and its r2.dev address, switched off. Other places read
    ``bucket``, its name, once it is there.
    """

    bucket: pulumi.Output[str]

    def __init__(self, name: str, args: AppBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("app_bucket:AppBucket", name, args, opts)
        made = cloudflare.R2Bucket(
            f"{name}-bucket",
            account_id=args.account_id,
            name=args.name,
            location=args.location,
            storage_class="Standard",
            opts=self.child(protect=args.protect or None),
        )
        self.bucket = made.name
        cloudflare.R2BucketLifecycle(
            f"{name}-lifecycle",
            account_id=args.account_id,
            bucket_name=made.name,
            rules=[abandoned_uploads(), *(expiry(prefix, days) for prefix, days in sorted(args.expiring.items()))],
            opts=self.child(),
        )
        cloudflare.R2BucketCors(
            f"{name}-cors",
            account_id=args.account_id,
            bucket_name=made.name,
            rules=[_cors(args.origins)],
            opts=self.child(),
        )
        cloudflare.R2ManagedDomain(
            f"{name}-managed-domain",
            account_id=args.account_id,
            bucket_name=made.name,
            enabled=False,
            opts=self.child(),
        )
        self.register_outputs({"bucket": self.bucket})


def _cors(origins: Sequence[str]) -> cloudflare.R2BucketCorsRuleArgs:
    return cloudflare.R2BucketCorsRuleArgs(
        id="web",
        allowed=cloudflare.R2BucketCorsRuleAllowedArgs(methods=["GET", "HEAD"], origins=sorted(origins)),
        expose_headers=["ETag"],
        max_age_seconds=_PREFLIGHT,
    )
