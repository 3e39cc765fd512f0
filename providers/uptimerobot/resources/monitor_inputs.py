"""What a monitor is made of: each type asks for its own fields (rules of the vendor's contract, see README.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, get_args

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from providers.kit.inputs import Inputs, Replaces, Secret, ServerDefault, Unordered, WriteOnly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from providers.kit.values import Properties, Value

Type = Literal["HTTP", "KEYWORD", "PING", "PORT", "HEARTBEAT", "DNS", "API", "UDP"]
Region = Literal["na", "eu", "as", "oc"]
Id = Annotated[str, StringConstraints(pattern=r"^\d+$")]

ALL: Final[frozenset[str]] = frozenset(get_args(Type))
HTTP_LIKE: Final = frozenset({"HTTP", "KEYWORD", "API"})

#: The longest interval of a heartbeat, seconds: 31 days.
LONGEST_HEARTBEAT: Final = 2_678_400

#: Field -> the types that have it; those that are not here belong to all.
TYPES: Final[Mapping[str, frozenset[str]]] = {
    "url": ALL - {"HEARTBEAT"},
    "timeout": ALL - {"HEARTBEAT", "DNS"},
    "grace_period": frozenset({"HEARTBEAT"}),
    "http_method_type": HTTP_LIKE,
    "auth_type": HTTP_LIKE,
    "http_username": HTTP_LIKE,
    "http_password": HTTP_LIKE,
    "custom_http_headers": HTTP_LIKE,
    "success_http_response_codes": HTTP_LIKE,
    "post_value_type": HTTP_LIKE,
    "post_value_data": HTTP_LIKE,
    "follow_redirections": HTTP_LIKE,
    "check_ssl_errors": HTTP_LIKE,
    "ssl_expiration_reminder": HTTP_LIKE,
    "domain_expiration_reminder": HTTP_LIKE,
    "keyword_type": frozenset({"KEYWORD"}),
    "keyword_value": frozenset({"KEYWORD"}),
    "keyword_case_type": frozenset({"KEYWORD"}),
    "port": frozenset({"PORT", "UDP"}),
}

#: Of these, the fields that a type of theirs cannot do without.
REQUIRED: Final = frozenset({"url", "grace_period", "keyword_type", "keyword_value", "keyword_case_type", "port"})

#: Part of `config` -> the types that have it.
CONFIG_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "ssl_expiration_period_days": HTTP_LIKE,
    "application_error_retries": HTTP_LIKE,
    "ip_version": HTTP_LIKE | {"PING", "PORT", "UDP"},
    "dns_records": frozenset({"DNS"}),
    "api_assertions": frozenset({"API"}),
    "udp": frozenset({"UDP"}),
}


class AssignedAlertContact(Inputs):
    """Who hears of it: an alert contact or an integration. Both times are 0 on the free plan.

    Attributes:
        alert_contact_id: of either.
        threshold: minutes of down before the first alert.
        recurrence: minutes between alerts while it lasts; 0 for one alert.
    """

    alert_contact_id: Id
    threshold: int = Field(default=0, ge=0)
    recurrence: int = Field(default=0, ge=0)


class RegionData(Inputs):
    """From where it looks.

    Attributes:
        regions: na, eu, as, oc.
        auto_select: whether the server chooses among them.
        thresholds: milliseconds above which a region's answer is an incident, where regions differ.
    """

    regions: Annotated[list[Region], Unordered(), Field(min_length=1)]
    auto_select: bool = False
    thresholds: dict[Region, Annotated[int, Field(ge=0, le=60_000)]] = Field(default_factory=dict)


class AssertionCheck(Inputs):
    """One thing that must hold of a JSON answer.

    Attributes:
        property: JSONPath, from ``$``.
        comparison: how.
        target: with what; none for is_null and is_not_null.
    """

    property: str = Field(max_length=500, pattern=r"^\$")
    comparison: Literal[
        "equals", "not_equals", "contains", "not_contains", "greater_than", "less_than", "is_null", "is_not_null"
    ]
    target: str | float | bool | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        target, comparison = self.target, self.comparison
        number = isinstance(target, int | float) and not isinstance(target, bool)
        if comparison in {"is_null", "is_not_null"} and target is not None:
            raise ValueError(f"{comparison} takes no target")
        if comparison in {"greater_than", "less_than"} and not number:
            raise ValueError(f"{comparison} takes a number as its target")
        if comparison in {"contains", "not_contains"} and not (isinstance(target, str) and target):
            raise ValueError(f"{comparison} takes a text as its target")
        if comparison in {"equals", "not_equals"} and target in {None, ""}:
            raise ValueError(f"{comparison} takes a target")
        return self


class ApiAssertions(Inputs):
    """What must hold of a JSON answer: all of it (AND), or some (OR)."""

    logic: Literal["AND", "OR"] = "AND"
    checks: Annotated[list[AssertionCheck], Field(min_length=1, max_length=5)]


class Udp(Inputs):
    """What is sent, and the percentage of lost packets above which it is down."""

    payload: str | None = None
    packet_loss_threshold: int = Field(ge=0, le=100)


Records = Annotated[list[str], Unordered()]


class DnsRecords(Inputs):
    """The answers that are expected, by record type; a type that is left out is not asked for."""

    A: Records | None = Field(default=None, alias="A")
    AAAA: Records | None = Field(default=None, alias="AAAA")
    CNAME: Records | None = Field(default=None, alias="CNAME")
    MX: Records | None = Field(default=None, alias="MX")
    NS: Records | None = Field(default=None, alias="NS")
    TXT: Records | None = Field(default=None, alias="TXT")
    SRV: Records | None = Field(default=None, alias="SRV")
    PTR: Records | None = Field(default=None, alias="PTR")
    SOA: Records | None = Field(default=None, alias="SOA")
    SPF: Records | None = Field(default=None, alias="SPF")
    DNSKEY: Records | None = Field(default=None, alias="DNSKEY")
    DS: Records | None = Field(default=None, alias="DS")
    NSEC: Records | None = Field(default=None, alias="NSEC")
    NSEC3: Records | None = Field(default=None, alias="NSEC3")


class MonitorConfig(Inputs):
    """What only some types have.

    Attributes:
        ssl_expiration_period_days: days before a certificate's end on which to remind; the server has its own.
        application_error_retries: looks before an answer that is wrong counts; the server has its own.
        ip_version: None for either, IPv4 first.
    """

    ssl_expiration_period_days: Annotated[
        list[Annotated[int, Field(ge=0, le=365)]] | None, Unordered(), ServerDefault(), Field(max_length=10)
    ] = None
    application_error_retries: Annotated[int | None, ServerDefault(), Field(ge=0, le=3)] = None
    ip_version: Literal["ipv4Only", "ipv6Only"] | None = None
    dns_records: DnsRecords | None = None
    api_assertions: ApiAssertions | None = None
    udp: Udp | None = None


class MonitorInputs(Inputs):
    """A monitor. The defaults of fields that not all types have are in `defaulted`."""

    type: Annotated[Type, Replaces()]
    friendly_name: str = Field(min_length=1, max_length=250)
    interval: int = Field(ge=30)
    url: str | None = Field(default=None, max_length=10_000, validate_default=True)
    timeout: int | None = Field(default=None, ge=0, le=60)
    grace_period: int | None = Field(default=None, ge=0, le=86_400, validate_default=True)
    http_method_type: Literal["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"] | None = None
    auth_type: Literal["NONE", "HTTP_BASIC", "DIGEST", "BEARER"] | None = None
    http_username: str | None = Field(default=None, max_length=255)
    http_password: Annotated[str | None, Secret(), WriteOnly(), Field(max_length=255)] = None
    custom_http_headers: Annotated[dict[str, str] | None, Secret()] = None
    success_http_response_codes: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[1-5](xx|\d\d)$")]] | None, Unordered()
    ] = None
    post_value_type: Literal["RAW_JSON", "KEY_VALUE"] | None = None
    post_value_data: Annotated[str | None, WriteOnly()] = None
    follow_redirections: bool | None = None
    check_ssl_errors: bool | None = Field(default=None, alias="checkSSLErrors")
    ssl_expiration_reminder: bool | None = None
    domain_expiration_reminder: bool | None = None
    keyword_type: Literal["ALERT_EXISTS", "ALERT_NOT_EXISTS"] | None = Field(default=None, validate_default=True)
    keyword_value: str | None = Field(default=None, min_length=1, max_length=500, validate_default=True)
    keyword_case_type: Literal["CaseSensitive", "CaseInsensitive"] | None = Field(default=None, validate_default=True)
    port: int | None = Field(default=None, ge=1, le=65_535, validate_default=True)
    assigned_alert_contacts: Annotated[list[AssignedAlertContact], Unordered()] = Field(default_factory=list)
    tag_names: Annotated[list[Annotated[str, StringConstraints(pattern=r"^[^A-Z]+$")]], Unordered()] = Field(
        default_factory=list
    )
    maintenance_window_ids: Annotated[list[Id] | None, Unordered(), ServerDefault()] = None
    group_id: Id = "0"
    custom_fields: dict[
        Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]{1,64}$")], Annotated[str, Field(max_length=255)]
    ] = Field(default_factory=dict, max_length=20)
    response_time_threshold: int | None = Field(default=None, ge=1, le=60_000)
    region_data: Annotated[RegionData | None, ServerDefault()] = None
    config: MonitorConfig | None = Field(default=None, validate_default=True)
    is_paused: bool = False

    @field_validator(*TYPES, mode="after")
    @classmethod
    def _by_type(cls, value: object, info: ValidationInfo) -> object:
        kind, field = info.data.get("type"), str(info.field_name)
        if kind is None:
            return value
        if value is None and field in REQUIRED and kind in TYPES[field]:
            raise ValueError(f"a {kind} monitor needs it")
        if value is not None and kind not in TYPES[field]:
            raise ValueError(f"only for {', '.join(sorted(TYPES[field]))}, this is {kind}: leave it out")
        return value

    @field_validator("interval")
    @classmethod
    def _of_a_heartbeat(cls, value: int, info: ValidationInfo) -> int:
        if info.data.get("type") == "HEARTBEAT" and value > LONGEST_HEARTBEAT:
            raise ValueError(f"a HEARTBEAT's is at most {LONGEST_HEARTBEAT} s (31 days)")
        return value

    @field_validator("url")
    @classmethod
    def _address(cls, value: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("type")
        if value is None or kind is None:
            return value
        web = value.lower().startswith(("http://", "https://"))
        if kind in HTTP_LIKE and not web:
            raise ValueError(f"a {kind} monitor's begins with https:// or http://")
        if kind not in HTTP_LIKE and "://" in value:
            raise ValueError(f"a {kind} monitor's is a host name or address alone: the server takes the rest away")
        return value

    @field_validator("keyword_value")
    @classmethod
    def _trimmed(cls, value: str | None) -> str | None:
        if value is not None and value != value.strip():
            raise ValueError("no space at its ends: the server takes it away")
        return value

    @field_validator("custom_http_headers")
    @classmethod
    def _one_case(cls, value: dict[str, str] | None) -> dict[str, str] | None:
        if value is not None and len({name.lower() for name in value}) < len(value):
            raise ValueError("two names differ in nothing but case")
        return None if value is None else {name.lower(): text for name, text in value.items()}

    @field_validator("http_method_type")
    @classmethod
    def _with_a_body(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value == "HEAD" and info.data.get("type") == "API":
            raise ValueError("an API monitor reads the answer's body: not HEAD")
        return value

    @field_validator("post_value_data")
    @classmethod
    def _json(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        if info.data.get("http_method_type") in {"HEAD", "GET"}:
            raise ValueError(f"{info.data['http_method_type']} sends no body: choose another httpMethodType")
        try:
            return json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"))
        except ValueError:
            raise ValueError("is no JSON") from None

    @field_validator("check_ssl_errors", "ssl_expiration_reminder")
    @classmethod
    def _of_a_certificate(cls, value: bool | None, info: ValidationInfo) -> bool | None:  # noqa: FBT001 - pydantic's signature
        url = info.data.get("url")
        if value and isinstance(url, str) and not url.lower().startswith("https://"):
            raise ValueError("only an https:// address has a certificate")
        return value

    @field_validator("assigned_alert_contacts")
    @classmethod
    def _once(cls, value: list[AssignedAlertContact]) -> list[AssignedAlertContact]:
        ids = [contact.alert_contact_id for contact in value]
        if len(set(ids)) < len(ids):
            raise ValueError("a contact stands there twice")
        return value

    @field_validator("config", mode="after")
    @classmethod
    def _config_by_type(cls, value: MonitorConfig | None, info: ValidationInfo) -> MonitorConfig | None:
        kind = info.data.get("type")
        given = {} if value is None else {name: part for name, part in value if part is not None}
        for name in given if kind is not None else ():
            if kind not in CONFIG_TYPES[name]:
                raise ValueError(f"{name} is only for {', '.join(sorted(CONFIG_TYPES[name]))}, this is {kind}")
        if kind == "API" and "api_assertions" not in given:
            raise ValueError("an API monitor needs apiAssertions")
        if kind == "UDP" and "udp" not in given:
            raise ValueError("a UDP monitor needs udp")
        return value if given else None


def defaulted(inputs: Properties) -> Properties:
    """The inputs, in wire names, with the defaults of their type: what is sent, so that whatever it was before is seen.

    The defaults are the vendor's documented ones where there are any; README.md lists them.
    """
    kind = inputs.get("type")
    if not isinstance(kind, str) or kind not in ALL:
        return inputs
    defaults: dict[str, Any] = {"timeout": 30} if kind in TYPES["timeout"] else {}
    if kind in HTTP_LIKE:
        method: Value = "HEAD" if kind == "HTTP" else "GET"
        if inputs.get("postValueData") is not None:
            method = "POST"
        defaults |= {
            "httpMethodType": method,
            "authType": "HTTP_BASIC",
            "customHttpHeaders": {},
            "successHttpResponseCodes": ["2xx", "3xx"],
            "followRedirections": False,
            "checkSSLErrors": False,
            "sslExpirationReminder": False,
            "domainExpirationReminder": False,
        }
        if inputs.get("postValueData") is not None:
            defaults["postValueType"] = "RAW_JSON"
    return {**defaults, **{name: value for name, value in inputs.items() if value is not None}}
