"""What the API takes for all that is no monitor, in the words of the vendor's published contract."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from sandbox.uptimerobot.shapes import Change, Id, Shape

Events = Literal["UpAndDown", "Down", "Up", "None"]
Address = Annotated[str, Field(min_length=1, max_length=1500)]
Words = Annotated[str, Field(max_length=5000)]


class Group(Shape):
    """CreateMonitorGroupDto."""

    name: str = Field(min_length=1, max_length=255)
    monitor_ids: list[Id] = Field(default_factory=list)
    group_ids: list[Id] = Field(default_factory=list)


class GroupChange(Change):
    """UpdateMonitorGroupDto."""

    name: Annotated[str, Field(min_length=1, max_length=255)] | None = None


class Window(Shape):
    """CreateMaintenanceWindowDto."""

    name: str = Field(min_length=3, max_length=255)
    auto_add_monitors: bool = False
    interval: Literal["once", "daily", "weekly", "monthly"]
    date: str = Field(pattern=r"^(19|20)\d\d-\d\d-\d\d$")
    time: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")
    duration: int = Field(ge=1)
    days: list[int] = Field(default_factory=list)
    monitor_ids: list[Id] = Field(default_factory=list)


class WindowChange(Change):
    """UpdateMaintenanceWindowDto."""

    name: Annotated[str, Field(min_length=3, max_length=255)] | None = None
    interval: Literal["once", "daily", "weekly", "monthly"] | None = None
    date: Annotated[str, Field(pattern=r"^(19|20)\d\d-\d\d-\d\d$")] | None = None
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")] | None = None
    duration: Annotated[int, Field(ge=1)] | None = None
    days: list[int] | None = None
    monitor_ids: list[Id] | None = None
    status: Literal["active", "paused"] | None = None


class Contact(Shape):
    """CreatePersonalAlertContactDto, as far as an e-mail address has it."""

    type: Literal["Email"]
    friendly_name: str = ""
    enable_notifications_for: Literal[0, 1, 2, 3] = 0
    value: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")


class ContactChange(Change):
    """UpdatePersonalAlertContactDto."""

    friendly_name: str | None = None
    enable_notifications_for: Literal[0, 1, 2, 3] | None = None
    ssl_expiration_reminder: bool | None = None
    is_active: bool | None = None


class Font(Shape):
    """FontCustomSettingsDto."""

    family: str | None = None


class Look(Shape):
    """PageCustomSettingsDto."""

    layout: Literal["LogoOnLeft", "LogoOnCenter"] | None = None
    theme: Literal["Light", "Dark"] | None = None
    density: Literal["Normal", "Compact"] | None = None


Color = Annotated[str, Field(pattern=r"^#?([0-9A-F]{3}|[0-9A-F]{4}|[0-9A-F]{6}|[0-9A-F]{8})$")]


class Colors(Shape):
    """ColorsCustomSettingsDto."""

    main: Color | None = None
    text: Color | None = None
    link: Color | None = None


class Features(Shape):
    """FeaturesCustomSettingsDto."""

    show_bars: bool | None = None
    show_uptime_percentage: bool | None = None
    enable_floating_status: bool | None = None
    show_overall_uptime: bool | None = None
    show_outage_updates: bool | None = None
    show_outage_details: bool | None = None
    enable_details_page: bool | None = None
    show_monitor_url: bool | None = Field(default=None, alias="showMonitorURL")
    hide_paused_monitors: bool | None = None


class Settings(Shape):
    """CustomSettingsDto."""

    font: Font | None = None
    page: Look | None = None
    colors: Colors | None = None
    features: Features | None = None


class PageChange(Change):
    """UpdatePspDto, without the two files."""

    monitor_ids: list[Id] | None = None
    tag_ids: list[Id] | None = None
    auto_add_monitors: bool | None = None
    friendly_name: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    password: Annotated[str, Field(max_length=255)] | None = None
    custom_domain: Annotated[str, Field(max_length=255)] | None = None
    hide_url_links: bool | None = None
    no_index: bool | None = None
    ga_code: Annotated[str, Field(pattern=r"^(G-[A-Z0-9]{10})?$")] | None = None
    sort: Literal["FriendlyNameAsc", "FriendlyNameDesc", "StatusUpDownPaused", "StatusDownUpPaused"] | None = None
    status: Literal["PAUSED", "ENABLED"] | None = None
    subscription: bool | None = None
    share_analytics_consent: bool | None = None
    homepage_link: Annotated[str, Field(max_length=255)] | None = None
    show_cookie_bar: bool | None = None
    use_small_cookie_consent_modal: bool | None = None
    custom_settings: Settings | None = None


class Page(PageChange):
    """CreatePsPDto, without the two files."""

    friendly_name: str = Field(min_length=1, max_length=255)


class Channel(Shape):
    """What all integrations have."""

    friendly_name: str = Field(default="", max_length=60)
    enable_notifications_for: Events = "UpAndDown"
    ssl_expiration_reminder: bool = False


class Hook(Channel):
    """MsTeamsBaseIntegrationDto."""

    webhook_url: Address = Field(alias="webhookURL")


class WordyHook(Hook):
    """Those of Slack, Discord and Mattermost."""

    custom_value: Words


class Webhook(Channel):
    """WebhookBaseIntegrationDto."""

    url_to_notify: Address
    post_value: str
    send_as_query_string: bool = False
    send_as_json: bool = Field(default=False, alias="sendAsJSON")
    send_as_post_parameters: bool = False
    custom_headers: dict[str, str] | None = None


class Splunk(Channel):
    """SplunkBaseIntegrationDto."""

    url_to_notify: Address


class Zapier(Channel):
    """ZapierBaseIntegrationDto."""

    hook_url: Address = Field(alias="hookURL")


class PagerDuty(Channel):
    """CreatePagerdutyBaseIntegrationDto."""

    integration_key: str = Field(min_length=32)
    location: Literal["us", "eu"] = "us"
    auto_resolve: bool = False


class GoogleChat(Channel):
    """GoogleChatBaseIntegrationDto."""

    room_url: Address = Field(alias="roomURL")
    custom_message: Words


class Pushbullet(Channel):
    """PushbulletBaseIntegrationDto."""

    access_token: Address


class Pushover(Channel):
    """CreatePushoverBaseIntegrationDto."""

    user_key: Address
    priority: Literal["Lowest", "Low", "Normal", "High", "Emergency"] = "Normal"


class Telegram(Channel):
    """TelegramBaseIntegrationDto; the chat's id is not in it, and the vendor's own Terraform provider sends it."""

    custom_value: Words = ""


#: Type -> what the `data` of its create and update hold.
CHANNELS: Final[dict[str, type[Channel]]] = {
    "Slack": WordyHook,
    "Discord": WordyHook,
    "Mattermost": WordyHook,
    "MSTeams": Hook,
    "Webhook": Webhook,
    "Splunk": Splunk,
    "Zapier": Zapier,
    "PagerDuty": PagerDuty,
    "GoogleChat": GoogleChat,
    "Pushbullet": Pushbullet,
    "Pushover": Pushover,
    "Telegram": Telegram,
}


class Integration(Shape):
    """What wraps them."""

    type: str
    data: dict[str, Any]
