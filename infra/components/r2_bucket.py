"""A private bucket on Cloudflare R2 whose objects expire by tier.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_cloudflare as cloudflare

from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.components.retention import ABORT_UPLOAD_DAYS, TIERS, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

# R2 bucket names (Cloudflare R2 documentation, "Create buckets").
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class R2BucketArgs(ComponentArgs):
    """What an R2 bucket is made of.

    Attributes:
        account_id: Cloudflare account.
        name: the bucket's name in that account.
        location: hint where its data lies, as in ``weur``.
        tiers: how long objects live, by prefix.
        locked: nobody can delete or overwrite an object for as long as it must stay, whatever key was stolen.
        protect: refuse to delete the bucket (on in prod).

    Raises:
        ArgumentError: a name that R2 refuses, or no tier.
    """

    account_id: str
    name: str
    location: str
    tiers: Sequence[Tier] = TIERS
    locked: bool = False
    protect: bool = True

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ArgumentError("name", self.name, "3 to 63 of a-z, 0-9 and '-', with no '-' at either end")
        if not self.tiers:
            raise ArgumentError("tiers", self.tiers, "at least one tier")


class R2Bucket(Component):
    """A private R2 bucket: no domain is ever put before it.

    Makes: the bucket, its lifecycle, its lock. Other places read ``bucket``, its name. R2 takes no tags.
    """

    bucket: str

    def __init__(self, name: str, args: R2BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("r2_bucket:R2Bucket", name, args, opts)
        self.bucket = args.name
        made = cloudflare.R2Bucket(
            f"{name}-bucket",
            account_id=args.account_id,
            name=args.name,
            location=args.location,
            storage_class="Standard",
            opts=self.child(protect=args.protect or None),
        )
        cloudflare.R2BucketLifecycle(
            f"{name}-lifecycle",
            account_id=args.account_id,
            bucket_name=made.name,
            rules=lifecycle_rules(args.tiers),
            opts=self.child(),
        )
        if args.locked:
            cloudflare.R2BucketLock(
                f"{name}-lock",
                account_id=args.account_id,
                bucket_name=made.name,
                rules=lock_rules(args.tiers),
                opts=self.child(),
            )
        self.register_outputs({"bucket": self.bucket})


def lifecycle_rules(tiers: Sequence[Tier]) -> list[cloudflare.R2BucketLifecycleRuleArgs]:
    """One rule per tier, by prefix so that an unchanged bucket shows no diff; each drops unfinished uploads too."""
    return [expiry(tier.prefix, tier.expire_days) for tier in sorted(tiers, key=lambda tier: tier.prefix)]


def expiry(prefix: str, days: int) -> cloudflare.R2BucketLifecycleRuleArgs:
    """A rule under which objects go by age, and uploads that never ended."""
    return cloudflare.R2BucketLifecycleRuleArgs(
        id=f"expire-{prefix.rstrip('/')}",
        enabled=True,
        conditions=cloudflare.R2BucketLifecycleRuleConditionsArgs(prefix=prefix),
        delete_objects_transition=cloudflare.R2BucketLifecycleRuleDeleteObjectsTransitionArgs(
            condition=cloudflare.R2BucketLifecycleRuleDeleteObjectsTransitionConditionArgs(
                max_age=days * _SECONDS_PER_DAY,
                type="Age",
            ),
        ),
        abort_multipart_uploads_transition=_abort(),
    )


def abandoned_uploads() -> cloudflare.R2BucketLifecycleRuleArgs:
    """A rule under which uploads that never ended go, wherever in the bucket."""
    return cloudflare.R2BucketLifecycleRuleArgs(
        id="abandoned-uploads",
        enabled=True,
        conditions=cloudflare.R2BucketLifecycleRuleConditionsArgs(prefix=""),
        abort_multipart_uploads_transition=_abort(),
    )


def _abort() -> cloudflare.R2BucketLifecycleRuleAbortMultipartUploadsTransitionArgs:
    return cloudflare.R2BucketLifecycleRuleAbortMultipartUploadsTransitionArgs(
        condition=cloudflare.R2BucketLifecycleRuleAbortMultipartUploadsTransitionConditionArgs(
            max_age=ABORT_UPLOAD_DAYS * _SECONDS_PER_DAY,
            type="Age",
        ),
    )


def lock_rules(tiers: Sequence[Tier]) -> list[cloudflare.R2BucketLockRuleArgs]:
    """One rule per tier whose objects are written once; each ends before its objects expire."""
    return [
        cloudflare.R2BucketLockRuleArgs(
            id=f"lock-{tier.prefix.rstrip('/')}",
            enabled=True,
            prefix=tier.prefix,
            condition=cloudflare.R2BucketLockRuleConditionArgs(
                type="Age", max_age_seconds=tier.promised_days * _SECONDS_PER_DAY
            ),
        )
        for tier in sorted(tiers, key=lambda tier: tier.prefix)
        if not tier.rewritten
    ]
