"""What a stack file may say: every key of the namespace ``groundwork:`` with its type and its rule.

A field's description is what a user reads as "allowed" when the value is wrong, so each says the whole rule.
`infra.settings` reads stack files and the engine's configuration into this shape; nothing else does.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator

from infra.budget import check, parts
from infra.shapes import AmoisekaiSizes, Day, Flag, Prices, Railway, Shape, is_local, pinned, stack_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

Stack = Literal["local", "staging", "prod"]
Product = Literal["amoisekai"]

#: What `allowUnprotected` must say to take the protection off: long, so that nobody writes it by habit. It is the
#: first of two keys: the policy `stateful-protected` stops prod without ``--policy-pack-config
#: policies/unprotected.json``. Then two updates: one that takes the protection off, one that deletes.
ESCAPE_HATCH = "yes, delete prod data"

#: Secret keys: read as outputs, never as plain values, and never part of the model below.
SECRETS: Mapping[str, str] = {
    "groundwork:objectStoreAccessKeyId": "key id of an R2 token that may write and read the backups' bucket",
    "groundwork:objectStoreSecretAccessKey": "secret of that R2 token",
    "groundwork:copyStoreAccessKeyId": "key id of an AWS user that may write and read the second copy",
    "groundwork:copyStoreSecretAccessKey": "secret of that AWS user",
    "groundwork:geminiApiKey": "key of the Gemini API, for the engine",
    "groundwork:internalKey": "what X-Internal-Key must hold to ask the engine for its deep health; 32 letters or more",
    "groundwork:sentryDsn": "the Sentry project's DSN, a URL",
    "groundwork:slackWebhookUrl": "the incoming web hook of the Slack channel for alerts, a URL",
    "railway:token": "token of the Railway workspace",
    "uptimerobot:apiKey": "main API key of the UptimeRobot account",
    "cloudflare:apiToken": "Cloudflare token that may edit the zone, R2 and tokens",
}

#: Jobs whose image every stack names: the folders below ``jobs/``.
JOBS = ("backup",)

_REGION = r"^[a-z]{2}(-[a-z]+)+-[1-9]$"
_LABEL = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"


class StackConfig(Shape):
    """All plain keys of one stack, checked. Keys of the same name stand in each stack file (a test holds that)."""

    aws_region: Annotated[
        str, Field(alias="aws:region", pattern=_REGION, description="an AWS region such as 'eu-central-1'")
    ]
    owner: Annotated[str, Field(pattern=_LABEL, description="1 to 63 of a-z, 0-9 and '-'")]
    cost_centre: Annotated[str, Field(pattern=_LABEL, description="1 to 63 of a-z, 0-9 and '-'")]
    products: Annotated[
        tuple[Product, ...], Field(min_length=1, description="a list of distinct products out of: amoisekai")
    ]
    images: Annotated[
        dict[Literal["backup"], str],
        Field(
            description="a mapping with exactly the jobs backup, each to NAME@sha256:<64 hex digits>"
            " (in local: sandbox/NAME:TAG)"
        ),
    ]
    storage_class: Annotated[str, Field(pattern=_LABEL, description="the name of a StorageClass, as in 'gp3'")]
    allow_unprotected: Annotated[
        Literal["never", "yes, delete prod data"],
        Field(
            description=f"'never', or {ESCAPE_HATCH!r} in prod alone, where the policies also ask for their own key:"
            " --policy-pack-config policies/unprotected.json"
        ),
    ]
    cloudflare_account_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="32 hex digits")]
    object_store_location: Annotated[
        Literal["apac", "eeur", "enam", "oc", "weur", "wnam"],
        Field(description="an R2 location: apac, eeur, enam, oc, weur or wnam"),
    ]
    object_store_endpoint: Annotated[
        str, Field(description="an https:// URL without a path (in local: http:// on 127.0.0.1)")
    ]
    object_store_region: Annotated[
        str, Field(pattern=r"^(auto|[a-z]{2}(-[a-z]+)+-[1-9])$", description="'auto' for R2, else a region")
    ]
    copy_store_endpoint: Annotated[
        str, Field(description="an https:// URL without a path (in local: http:// on 127.0.0.1)")
    ]
    bucket_suffix: Annotated[
        str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$", description="1 to 20 of a-z, 0-9 and '-'")
    ]
    replicate_copies: Annotated[Flag, Field(description="true or false")]
    copy_replica_region: Annotated[
        str, Field(pattern=_REGION, description="an AWS region that is not aws:region, such as 'eu-west-1'")
    ]
    railway: Annotated[Railway, Field(description="a mapping of workspace, project, environment, services and region")]
    amoisekai: Annotated[
        AmoisekaiSizes,
        Field(description="a mapping of database, volume, backup, engine, keeper, domains, files, sentry and alerting"),
    ]
    prices: Annotated[
        Prices,
        Field(description="a mapping of railwayMemoryGbMonth, railwayCpuMonth and railwayVolumeGbMonth"),
    ]
    budget: Annotated[
        int,
        Field(ge=1, le=100_000, description="whole dollars a month, at least the sum of all limits times their prices"),
    ]
    secrets_rotated: Annotated[
        dict[str, Day],
        Field(description="a mapping with exactly the secrets' full keys, each to the day it was last replaced"),
    ]

    @field_validator("products")
    @classmethod
    def _distinct(cls, value: tuple[Product, ...]) -> tuple[Product, ...]:
        if len(set(value)) != len(value):
            raise ValueError("names a product twice")
        return value

    @field_validator("images")
    @classmethod
    def _pinned(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        if missing := [job for job in JOBS if job not in value]:
            raise ValueError(f"has no image for {', '.join(missing)}")
        for job, reference in value.items():
            if not pinned(reference, info):
                raise ValueError(f"{job} = {reference!r} is not pinned by digest")
        return value

    @field_validator("allow_unprotected")
    @classmethod
    def _only_in_prod(cls, value: str, info: ValidationInfo) -> str:
        if value == ESCAPE_HATCH and stack_of(info) != "prod":
            raise ValueError("means nothing here: only prod is protected")
        return value

    @field_validator("object_store_endpoint", "copy_store_endpoint")
    @classmethod
    def _endpoint(cls, value: str, info: ValidationInfo) -> str:
        parts = urlsplit(value)
        # `port` is a property that raises when the port is no number up to 65535.
        if not parts.hostname or parts.port == 0 or parts.path or parts.query or parts.fragment or parts.username:
            raise ValueError(f"{value!r} is no such URL")
        if parts.scheme == "https" or (parts.scheme == "http" and is_local(info) and _loopback(parts.hostname)):
            return value
        raise ValueError(f"{value!r} would send backups in the clear")

    @field_validator("copy_replica_region")
    @classmethod
    def _elsewhere(cls, value: str, info: ValidationInfo) -> str:
        if value == info.data.get("aws_region"):
            raise ValueError(f"{value!r} is the region of the copy itself")
        return value

    @field_validator("budget")
    @classmethod
    def _within(cls, value: int, info: ValidationInfo) -> int:
        sizes, prices = info.data.get("amoisekai"), info.data.get("prices")
        if isinstance(sizes, AmoisekaiSizes) and isinstance(prices, Prices):
            check(value, parts(sizes, prices))
        return value

    @field_validator("secrets_rotated")
    @classmethod
    def _every_secret(cls, value: dict[str, dt.date]) -> dict[str, dt.date]:
        if missing := [key for key in SECRETS if key not in value]:
            raise ValueError(f"says nothing of {', '.join(missing)}")
        if unknown := [key for key in value if key not in SECRETS]:
            raise ValueError(f"{', '.join(unknown)} is no secret of a stack")
        return value


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
