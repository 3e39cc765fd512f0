"""What the API takes, in the words of the vendor's published contract (API v3, https://uptimerobot.com/api/v3).

An unknown field, a missing one or one of another type is refused, as the vendor does. Fields that nothing here sends
are there too where the contract has them, so that a request is held to the whole of it.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic.alias_generators import to_camel

Id = Annotated[int, Field(ge=0)]
Region = Literal["na", "eu", "as", "oc"]
Method = Literal["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Fields = Annotated[dict[Key, Annotated[str, Field(max_length=255)]], Field(max_length=20)]
Millis = Annotated[float, Field(ge=0, le=60_000)]


class Shape(BaseModel):
    """An object of the contract: snake_case here, camelCase there."""

    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=False, hide_input_in_errors=True
    )


class Change(Shape):
    """What an update takes: what is left out stays, null clears what may be cleared and is refused of all else.

    Attributes:
        cleared: the fields that null clears, as they are sent.
    """

    cleared: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _no_null(cls, sent: dict[str, Any]) -> dict[str, Any]:
        if wrong := sorted(name for name, value in sent.items() if value is None and name not in cls.cleared):
            raise ValueError(f"null is no {wrong[0]}")
        return sent


class AssignedContact(Shape):
    """AlertContactSettings."""

    alert_contact_id: Id
    threshold: Id
    recurrence: Id


class Regions(Shape):
    """RegionalDataDto."""

    regions: Annotated[list[Region], Field(alias="REGION", min_length=1)]
    thresholds: dict[Region, Millis] | None = Field(default=None, alias="THRESHOLD")
    manual: bool | None = Field(default=None, alias="MANUAL_SELECTED")


class Monitor(Shape):
    """What the creates of all types have."""

    friendly_name: str = Field(min_length=1, max_length=250)
    interval: int = Field(ge=30)
    assigned_alert_contacts: list[AssignedContact] = []
    tag_names: list[str] = []
    maintenance_windows_ids: list[Id] = []
    region_data: Regions | None = None
    regional_data: Region | None = None
    response_time_threshold: Millis | None = None
    group_id: Id = 0
    custom_fields: Fields = {}


class Request(Shape):
    """What is sent to a web address."""

    http_method_type: Method | None = None
    auth_type: Literal["NONE", "HTTP_BASIC", "DIGEST", "BEARER"] = "HTTP_BASIC"
    http_username: str = Field(default="", max_length=255)
    http_password: str = Field(default="", max_length=255)
    post_value_data: JsonValue = None
    post_value_type: Literal["KEY_VALUE", "RAW_JSON"] | None = None
    custom_http_headers: dict[str, str] = {}
    success_http_response_codes: list[Annotated[str, Field(pattern=r"^[1-5](xx|\d\d)$")]] = ["2xx", "3xx"]
    check_ssl_errors: bool = Field(default=False, alias="checkSSLErrors")
    ssl_expiration_reminder: bool = False
    domain_expiration_reminder: bool = False
    follow_redirections: bool = False


Url = Annotated[str, Field(min_length=1, max_length=10_000)]
Web = Annotated[str, Field(pattern=r"(?i)^https?://.", max_length=10_000)]
Timeout = Annotated[int, Field(ge=0, le=60)]
Port = Annotated[int, Field(ge=1, le=65_535)]
Days = Annotated[list[Annotated[int, Field(ge=0, le=365)]], Field(max_length=10)]
IpVersion = Literal["ipv4Only", "ipv6Only"]


class IpConfig(Shape):
    """IpVersionMonitorConfigDto."""

    ip_version: IpVersion | None = None


class WebConfig(IpConfig):
    """HttpKeywordMonitorConfigDto."""

    ssl_expiration_period_days: Days | None = None
    application_error_retries: Annotated[int, Field(ge=0, le=3)] | None = None


class Check(Shape):
    """AssertionCheckDto."""

    property: str = Field(max_length=500, pattern=r"^\$")
    comparison: Literal[
        "equals", "not_equals", "contains", "not_contains", "greater_than", "less_than", "is_null", "is_not_null"
    ]
    target: str | float | bool | None = None


class Assertions(Shape):
    """ApiAssertionsDto."""

    logic: Literal["AND", "OR"]
    checks: Annotated[list[Check], Field(min_length=1, max_length=5)]


class ApiConfig(WebConfig):
    """ApiMonitorConfigDto."""

    api_assertions: Assertions


RecordType = Literal[
    "CNAME", "MX", "NS", "A", "AAAA", "TXT", "SRV", "PTR", "SOA", "SPF", "DNSKEY", "DS", "NSEC", "NSEC3"
]


class DnsConfig(Shape):
    """DnsMonitorConfigDto."""

    dns_records: dict[RecordType, list[str]] | None = None


class UdpFields(Shape):
    """UdpConfigFieldsDto."""

    payload: str | None = None
    packet_loss_threshold: float


class UdpConfig(IpConfig):
    """UdpMonitorConfigDto."""

    udp: UdpFields


class Http(Monitor, Request):
    """CreateHttpMonitorDto."""

    type: Literal["HTTP"]
    url: Web
    timeout: Timeout
    config: WebConfig | None = None


class Keyword(Monitor, Request):
    """CreateKeywordMonitorDto."""

    type: Literal["KEYWORD"]
    url: Web
    timeout: Timeout
    keyword_type: Literal["ALERT_EXISTS", "ALERT_NOT_EXISTS"]
    keyword_case_type: Literal["CaseSensitive", "CaseInsensitive"]
    keyword_value: str = Field(max_length=500)
    config: WebConfig | None = None


class Api(Monitor, Request):
    """CreateApiMonitorDto."""

    type: Literal["API"]
    url: Web
    timeout: Timeout
    http_method_type: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"] | None = None
    config: ApiConfig


class Ping(Monitor):
    """CreatePingMonitorDto."""

    type: Literal["PING"]
    url: Url
    timeout: Timeout
    config: IpConfig | None = None


class PortMonitor(Monitor):
    """CreatePortMonitorDto."""

    type: Literal["PORT"]
    url: Url
    port: Port
    timeout: Timeout
    config: IpConfig | None = None


class Heartbeat(Monitor):
    """CreateHeartbeatMonitorDto."""

    type: Literal["HEARTBEAT"]
    interval: int = Field(ge=30, le=2_678_400)
    grace_period: int = Field(default=0, ge=0, le=86_400)


class Dns(Monitor):
    """CreateDnsMonitorDto."""

    type: Literal["DNS"]
    url: Url
    config: DnsConfig


class Udp(Monitor):
    """CreateUdpMonitorDto."""

    type: Literal["UDP"]
    url: Url
    port: Port
    timeout: Timeout
    config: UdpConfig


#: Type -> what its create takes.
MONITORS: Final[dict[str, type[Monitor]]] = {
    "HTTP": Http,
    "KEYWORD": Keyword,
    "API": Api,
    "PING": Ping,
    "PORT": PortMonitor,
    "HEARTBEAT": Heartbeat,
    "DNS": Dns,
    "UDP": Udp,
}


#: Type -> the `config` that it may have.
CONFIGS: Final[dict[str, type[Shape]]] = {
    "HTTP": WebConfig,
    "KEYWORD": WebConfig,
    "API": ApiConfig,
    "PING": IpConfig,
    "PORT": IpConfig,
    "DNS": DnsConfig,
    "UDP": UdpConfig,
}


class MonitorChange(Change):
    """UpdateMonitorDto: `config` is merged key by key, null takes a key away."""

    cleared = frozenset({"config", "postValueData", "postValueType"})

    friendly_name: Annotated[str, Field(min_length=1, max_length=250)] | None = None
    url: Url | None = None
    type: str | None = None
    port: Port | None = None
    keyword_type: Literal["ALERT_EXISTS", "ALERT_NOT_EXISTS"] | None = None
    keyword_case_type: Literal[0, 1] | None = None
    keyword_value: Annotated[str, Field(max_length=500)] | None = None
    interval: Annotated[int, Field(ge=15, le=2_678_400)] | None = None
    timeout: Timeout | None = None
    grace_period: Annotated[int, Field(ge=0, le=86_400)] | None = None
    http_username: Annotated[str, Field(max_length=255)] | None = None
    http_password: Annotated[str, Field(max_length=255)] | None = None
    http_method_type: Method | None = None
    auth_type: Literal["NONE", "HTTP_BASIC", "DIGEST", "BEARER"] | None = None
    post_value_data: JsonValue = None
    post_value_type: Literal["KEY_VALUE", "RAW_JSON"] | None = None
    assigned_alert_contacts: list[AssignedContact] | None = None
    custom_http_headers: dict[str, str] | None = None
    success_http_response_codes: list[str] | None = None
    check_ssl_errors: bool | None = Field(default=None, alias="checkSSLErrors")
    tag_names: list[str] | None = None
    maintenance_windows_ids: list[Id] | None = None
    domain_expiration_reminder: bool | None = None
    ssl_expiration_reminder: bool | None = None
    follow_redirections: bool | None = None
    response_time_threshold: Millis | None = None
    regional_data: Region | None = None
    region_data: Regions | None = None
    group_id: Id | None = None
    custom_fields: Fields | None = None
    config: dict[str, Any] | None = None


class Nothing(Shape):
    """An empty object."""
