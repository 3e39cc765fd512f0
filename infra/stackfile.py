"""What a stack file may say: every key of the namespace ``groundwork:`` with its type and its rule.

A field's description is what a user reads as "allowed" when the value is wrong, so each says the whole rule.
`infra.settings` reads stack files and the engine's configuration into this shape; nothing else does.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel

from infra import quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

Stack = Literal["local", "staging", "prod"]
Product = Literal["amoisekai"]

#: What `allowUnprotected` must say to take the protection off: long, so that nobody writes it by habit. It is the
#: first of two keys: the policy `stateful-protected` stops prod without ``--policy-pack-config
#: policies/unprotected.json``. Then two updates: one that takes the protection off, one that deletes.
ESCAPE_HATCH = "yes, delete prod data"

#: Secret keys: read as outputs, never as plain values, and never part of the model below.
SECRETS: Mapping[str, str] = {
    "objectStoreAccessKeyId": "key id of an R2 token that may write and read the backups' bucket",
    "objectStoreSecretAccessKey": "secret of that R2 token",
    "copyStoreAccessKeyId": "key id of an AWS user that may write and read the second copy",
    "copyStoreSecretAccessKey": "secret of that AWS user",
}

#: Jobs whose image every stack names: the folders below ``jobs/``.
JOBS = ("backup",)

# Docker's grammar of references, narrowed to what a stack needs: a name, then a digest (or a tag, locally).
_NAME = r"[a-z0-9]+(?:[._/:-][a-z0-9]+)*"
_BY_DIGEST = re.compile(rf"{_NAME}@sha256:[0-9a-f]{{64}}")
_LOCAL = re.compile(r"sandbox/[a-z0-9-]+:[a-z0-9._-]+")
_REGION = r"^[a-z]{2}(-[a-z]+)+-[1-9]$"
_LABEL = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"


def _boolean(value: object) -> object:
    """Take ``true`` and ``false`` only: the engine hands them over as text, and YAML's ``yes`` is a text to it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise ValueError("must be true or false")


def _cpu(text: str) -> str:
    quantity.cpu(text)
    return text


def _size(text: str) -> str:
    quantity.size(text)
    return text


Flag = Annotated[bool, BeforeValidator(_boolean)]
Cpu = Annotated[str, AfterValidator(_cpu), Field(description=quantity.CPU_FORM)]
Size = Annotated[str, AfterValidator(_size), Field(description=quantity.SIZE_FORM)]


class _Shape(BaseModel):
    """Frozen, camelCase outside, and no key that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, hide_input_in_errors=True)


class JobSize(_Shape):
    """What one run of a job may use; its requests equal its limits, so that a node never overcommits a backup."""

    cpu: Cpu
    memory: Size
    scratch: Size


class AmoisekaiSizes(_Shape):
    """Sizes of the story game.

    Attributes:
        database: file name of the SQLite database on its volume.
        volume: size of that volume.
        backup: size of one backup job; its scratch must hold a whole snapshot, and a fifth more.
    """

    database: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(db|sqlite|sqlite3)$", description="a file name ending in .db"),
    ]
    volume: Size
    backup: JobSize


class StackConfig(_Shape):
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
    amoisekai: Annotated[AmoisekaiSizes, Field(description="a mapping of database, volume and backup")]

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
            if not (_BY_DIGEST.fullmatch(reference) or (_is_local(info) and _LOCAL.fullmatch(reference))):
                raise ValueError(f"{job} = {reference!r} is not pinned by digest")
        return value

    @field_validator("allow_unprotected")
    @classmethod
    def _only_in_prod(cls, value: str, info: ValidationInfo) -> str:
        if value == ESCAPE_HATCH and _stack(info) != "prod":
            raise ValueError("means nothing here: only prod is protected")
        return value

    @field_validator("object_store_endpoint", "copy_store_endpoint")
    @classmethod
    def _endpoint(cls, value: str, info: ValidationInfo) -> str:
        parts = urlsplit(value)
        # `port` is a property that raises when the port is no number up to 65535.
        if not parts.hostname or parts.port == 0 or parts.path or parts.query or parts.fragment or parts.username:
            raise ValueError(f"{value!r} is no such URL")
        if parts.scheme == "https" or (parts.scheme == "http" and _is_local(info) and _loopback(parts.hostname)):
            return value
        raise ValueError(f"{value!r} would send backups in the clear")

    @field_validator("copy_replica_region")
    @classmethod
    def _elsewhere(cls, value: str, info: ValidationInfo) -> str:
        if value == info.data.get("aws_region"):
            raise ValueError(f"{value!r} is the region of the copy itself")
        return value


def _stack(info: ValidationInfo) -> str:
    return str((info.context or {}).get("stack", ""))


def _is_local(info: ValidationInfo) -> bool:
    return _stack(info) == "local"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
