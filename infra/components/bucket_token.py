"""A key to the objects of one R2 bucket, for a time.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pulumi
import pulumi_cloudflare as cloudflare

from infra.components.base import Component, ComponentArgs

if TYPE_CHECKING:
    import datetime as dt


class Access(StrEnum):
    """What a key may do with objects: the ids of Cloudflare's own permission groups, the same for all accounts.

    Neither lets anyone change the bucket itself (Cloudflare R2 documentation, "Authentication: Permission groups").
    """

    READ = "6a018a9f2fc74eb6b293b0c548f38b39"
    WRITE = "2efd5506f9c8494dacb1fa10a3e7d5b6"


@dataclass(frozen=True, kw_only=True)
class BucketTokenArgs(ComponentArgs):
    """What the key opens.

    Attributes:
        account_id: Cloudflare account.
        label: what the token is called there; the day on which it ends is added.
        bucket: name of the bucket.
        access: what it may do: `Access.WRITE` reads too.
        expires: first day on which it opens nothing (UTC). Another day makes another key: so it is rotated.
    """

    account_id: str
    label: str
    bucket: pulumi.Input[str]
    access: Access
    expires: dt.date


class BucketToken(Component):
    """A key pair of R2's S3 interface, bound to one bucket.

    Makes: the account's token. Other places read ``access_key_id`` and ``secret_access_key``, both secret: the
    token's id, and the SHA-256 of its value (Cloudflare R2 documentation, "Get S3 API credentials from an API token").
    """

    access_key_id: pulumi.Output[str]
    secret_access_key: pulumi.Output[str]

    def __init__(self, name: str, args: BucketTokenArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucket_token:BucketToken", name, args, opts)
        resources = pulumi.Output.from_input(args.bucket).apply(lambda bucket: _resources(args.account_id, bucket))
        token = cloudflare.AccountToken(
            f"{name}-token",
            account_id=args.account_id,
            name=f"{args.label}-until-{args.expires.isoformat()}",
            policies=[
                cloudflare.AccountTokenPolicyArgs(
                    effect="allow",
                    permission_groups=[cloudflare.AccountTokenPolicyPermissionGroupArgs(id=str(args.access))],
                    resources=resources,
                )
            ],
            expires_on=f"{args.expires.isoformat()}T00:00:00Z",
            # In place, a token gets another end and keeps its value: the new key must be a new token, the old one goes
            # when whoever holds it has been given the new one.
            opts=pulumi.ResourceOptions.merge(self.child(), pulumi.ResourceOptions(replace_on_changes=["expiresOn"])),
        )
        self.access_key_id = pulumi.Output.secret(token.id)
        self.secret_access_key = pulumi.Output.secret(token.value.apply(_digest))
        self.register_outputs({})


def _resources(account_id: str, bucket: str) -> str:
    """One bucket, as a token's policy names it; ``default``: it was made in no jurisdiction."""
    return json.dumps({f"com.cloudflare.edge.r2.bucket.{account_id}_default_{bucket}": "*"})


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
