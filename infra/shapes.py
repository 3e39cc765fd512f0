"""The mappings that a stack file holds, and the forms of single values in them.

A field's description is what a user reads as "allowed" when the value is wrong, so each says the whole rule.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel

from infra import quantity

#: What stands where this stack makes a thing itself, instead of naming one that another stack made.
OWN = "own"
#: What stands where there is no such contact.
NONE = "none"

# Docker's grammar of references, narrowed to what a stack needs: a name, then a digest (or a tag, locally).
_NAME = r"[a-z0-9]+(?:[._/:-][a-z0-9]+)*"
_BY_DIGEST = re.compile(rf"{_NAME}@sha256:[0-9a-f]{{64}}")
_LOCAL = re.compile(r"sandbox/[a-z0-9-]+:[a-z0-9._-]+")
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_HOST = r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"


def stack_of(info: ValidationInfo) -> str:
    """The stack whose file is being read."""
    return str((info.context or {}).get("stack", ""))


def is_local(info: ValidationInfo) -> bool:
    """Whether that is the embedded stack."""
    return stack_of(info) == "local"


def pinned(reference: str, info: ValidationInfo) -> bool:
    """Whether an image is named by its digest; in local, as one that the sandbox has."""
    return bool(_BY_DIGEST.fullmatch(reference) or (is_local(info) and _LOCAL.fullmatch(reference)))


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


def _no_flag(value: object) -> object:
    """A number is no ``true``, which would count as 1."""
    if isinstance(value, bool):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic takes a ValueError for a mistake of the user
    return value


def _day(value: object) -> object:
    """Take a quoted day only: an unquoted one is a point in time to YAML, and the engine writes it in another form."""
    if not isinstance(value, str):
        raise ValueError("must be a day in quotes, as '2026-01-31'")  # noqa: TRY004 - pydantic takes a ValueError
    return value


Flag = Annotated[bool, BeforeValidator(_boolean)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Number = Annotated[float, BeforeValidator(_no_flag)]
Cpu = Annotated[str, AfterValidator(_cpu), Field(description=quantity.CPU_FORM)]
Size = Annotated[str, AfterValidator(_size), Field(description=quantity.SIZE_FORM)]
# Railway counts memory in GB and processors in vCPUs, with fractions (`ServiceInstanceLimitsUpdateInput`).
Gigabytes = Annotated[Number, Field(gt=0, le=32, description="GB, a number over 0 and up to 32")]
Processors = Annotated[Number, Field(gt=0, le=32, description="vCPUs, a number over 0 and up to 32")]
Price = Annotated[Number, Field(ge=0, description="dollars a month, 0 or more")]
OwnOrId = Annotated[
    str, Field(pattern=rf"^(own|{_UUID})$", description="'own' where this stack makes it, else its id (a UUID)")
]
HostName = Annotated[str, Field(pattern=rf"^{_HOST}$", description="a host name in lower case, as api.example.com")]


class Shape(BaseModel):
    """Frozen, camelCase outside, and no key that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, hide_input_in_errors=True)


class JobSize(Shape):
    """What one run of a job may use; its requests equal its limits, so that a node never overcommits a backup."""

    cpu: Cpu
    memory: Size
    scratch: Size


class KeeperSize(Shape):
    """What the backup keeper on Railway may use while it runs."""

    cpu: Processors
    memory: Gigabytes


class EngineSize(Shape):
    """The engine's container on Railway.

    Attributes:
        image: of the engine, by digest.
        cpu: vCPUs that it may use.
        memory: GB that it may use.
        workers: processes that answer requests in the one container. A service with a volume can have no second one.
        volume: GB that the volume is budgeted for; Railway bills what is used, and takes no size.
    """

    image: Annotated[str, Field(description="NAME@sha256:<64 hex digits> (in local: sandbox/NAME:TAG)")]
    cpu: Processors
    memory: Gigabytes
    workers: Annotated[int, BeforeValidator(_no_flag), Field(ge=1, le=8, description="a whole number from 1 to 8")]
    volume: Annotated[Number, Field(gt=0, le=250, description="GB, a number over 0 and up to 250")]

    @field_validator("image")
    @classmethod
    def _pinned(cls, value: str, info: ValidationInfo) -> str:
        if not pinned(value, info):
            raise ValueError(f"{value!r} is not pinned by digest")
        return value


class Domains(Shape):
    """Names under which the product is reached.

    Attributes:
        zone: the zone at Cloudflare that holds them.
        zone_id: its id there.
        plan: the zone's plan at Cloudflare, which says what its firewall can do.
        owns_zone: whether this stack declares the zone's settings and rules; one stack of a zone does.
        api: host of the engine.
        web: hosts of the web front end, on Vercel.
    """

    zone: HostName
    zone_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="32 hex digits")]
    plan: Annotated[Literal["free", "pro", "business"], Field(description="free, pro or business")]
    owns_zone: Annotated[Flag, Field(description="true or false")]
    api: HostName
    web: Annotated[
        tuple[HostName, ...],
        Field(min_length=1, description="a list of distinct host names in the zone, without the api's"),
    ]

    @field_validator("web")
    @classmethod
    def _once(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if len({*value, info.data.get("api")}) != len(value) + 1:
            raise ValueError("a host is there twice, or is the api's: a name leads to one place")
        return value

    @field_validator("api", "web")
    @classmethod
    def _in_zone(cls, value: str | tuple[str, ...], info: ValidationInfo) -> str | tuple[str, ...]:
        zone = info.data.get("zone")
        for host in (value,) if isinstance(value, str) else value:
            if zone and host != zone and not host.endswith(f".{zone}"):
                raise ValueError(f"{host!r} is not in the zone {zone!r}")
        return value


class Sentry(Shape):
    """What the engine tells Sentry of itself.

    Attributes:
        environment: name of the environment in Sentry (OB-1).
        traces_sample_rate: part of requests whose trace is sent.
    """

    environment: Annotated[
        str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", description="1 to 63 of a-z, 0-9 and '-'")
    ]
    traces_sample_rate: Annotated[Number, Field(ge=0, le=1, description="a number from 0 to 1")]


class Alerting(Shape):
    """Whom UptimeRobot tells (OB-2). The Slack web hook is a secret: ``groundwork:slackWebhookUrl``.

    Attributes:
        email: address; UptimeRobot asks it once whether it wants this. Two stacks in one account need two.
        sms_contact: id of the contact for SMS at UptimeRobot, made there by hand, or ``none``.
        telegram_chat: id of the chat, or ``none``.
    """

    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", description="an e-mail address")]
    sms_contact: Annotated[
        str, Field(pattern=r"^(none|[1-9][0-9]{0,18})$", description="a contact's id in quotes, or 'none'")
    ]
    telegram_chat: Annotated[
        str, Field(pattern=r"^(none|-?[0-9]{5,20})$", description="a chat's id such as '-1001234567890', or 'none'")
    ]


class Files(Shape):
    """The product's own bucket at R2.

    Attributes:
        key_expires: day on which the engine's key to it ends: another day makes another key.
    """

    key_expires: Annotated[Day, Field(description="a day in quotes, as '2027-01-31'")]


class AmoisekaiSizes(Shape):
    """The story game.

    Attributes:
        database: file name of the SQLite database on its volume.
        volume: size of that volume in the cluster.
        backup: size of one backup job; its scratch must hold a whole snapshot, and a fifth more.
        engine: its container on Railway.
        keeper: the backup keeper beside it.
        domains: names under which it is reached.
        files: its own bucket at R2.
        sentry: what it tells Sentry of itself.
        alerting: whom a failed check reaches.
    """

    database: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(db|sqlite|sqlite3)$", description="a file name ending in .db"),
    ]
    volume: Size
    backup: JobSize
    engine: Annotated[EngineSize, Field(description="a mapping of image, cpu, memory, workers and volume")]
    keeper: Annotated[KeeperSize, Field(description="a mapping of cpu and memory")]
    domains: Annotated[Domains, Field(description="a mapping of zone, zoneId, plan, ownsZone, api and web")]
    files: Annotated[Files, Field(description="a mapping of keyExpires")]
    sentry: Annotated[Sentry, Field(description="a mapping of environment and tracesSampleRate")]
    alerting: Annotated[Alerting, Field(description="a mapping of email, smsContact and telegramChat")]


class RailwayServices(Shape):
    """Ids of the services, where another stack made them: on Railway a service belongs to all environments."""

    engine: OwnOrId
    keeper: OwnOrId


class Railway(Shape):
    """Where on Railway the stack is. One stack owns the project with its environments and services; others name them.

    Attributes:
        workspace: id of the workspace that pays for the project.
        project: the project.
        environment: the environment that this stack fills.
        services: the services in it.
        region: where containers and volumes are.
    """

    workspace: Annotated[str, Field(pattern=rf"^{_UUID}$", description="a workspace's id (a UUID)")]
    project: OwnOrId
    environment: OwnOrId
    services: Annotated[RailwayServices, Field(description="a mapping of engine and keeper")]
    region: Annotated[
        Literal["us-west2", "us-east4-eqdc4a", "europe-west4-drams3a", "asia-southeast1-eqsg3a"],
        Field(description="us-west2, us-east4-eqdc4a, europe-west4-drams3a or asia-southeast1-eqsg3a"),
    ]

    @model_validator(mode="after")
    def _one_owner(self) -> Railway:
        given = {self.project, self.environment, self.services.engine, self.services.keeper}
        if OWN in given and given != {OWN}:
            raise ValueError("project, environment and services are 'own' together, or ids together")
        return self

    @property
    def owned(self) -> bool:
        """Whether this stack makes the project, its environments and services."""
        return self.project == OWN


class Prices(Shape):
    """What Railway asks for a month of each (railway.com/pricing)."""

    railway_memory_gb_month: Price
    railway_cpu_month: Price
    railway_volume_gb_month: Price
