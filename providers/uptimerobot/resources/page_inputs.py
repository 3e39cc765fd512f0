"""What a public status page is made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from providers.kit.inputs import Inputs, Secret, ServerDefault, Unordered, WriteOnly
from providers.uptimerobot.resources.monitor_inputs import Id  # noqa: TC001 - pydantic reads it

Color = Annotated[str, Field(pattern=r"^#([0-9A-F]{3}|[0-9A-F]{4}|[0-9A-F]{6}|[0-9A-F]{8})$")]


class Font(Inputs):
    """A Google font, or the server's own."""

    family: Annotated[str | None, ServerDefault()] = None


class Look(Inputs):
    """The page's look."""

    layout: Annotated[Literal["LogoOnLeft", "LogoOnCenter"] | None, ServerDefault()] = None
    theme: Annotated[Literal["Light", "Dark"] | None, ServerDefault()] = None
    density: Annotated[Literal["Normal", "Compact"] | None, ServerDefault()] = None


class Colors(Inputs):
    """``#RRGGBB``, in capitals."""

    main: Annotated[Color | None, ServerDefault()] = None
    text: Annotated[Color | None, ServerDefault()] = None
    link: Annotated[Color | None, ServerDefault()] = None


class Features(Inputs):
    """What the page shows."""

    show_bars: Annotated[bool | None, ServerDefault()] = None
    show_uptime_percentage: Annotated[bool | None, ServerDefault()] = None
    enable_floating_status: Annotated[bool | None, ServerDefault()] = None
    show_overall_uptime: Annotated[bool | None, ServerDefault()] = None
    show_outage_updates: Annotated[bool | None, ServerDefault()] = None
    show_outage_details: Annotated[bool | None, ServerDefault()] = None
    enable_details_page: Annotated[bool | None, ServerDefault()] = None
    show_monitor_url: Annotated[bool | None, ServerDefault()] = Field(default=None, alias="showMonitorURL")
    hide_paused_monitors: Annotated[bool | None, ServerDefault()] = None


class CustomSettings(Inputs):
    """Only what is given is managed."""

    font: Annotated[Font | None, ServerDefault()] = None
    page: Annotated[Look | None, ServerDefault()] = None
    colors: Annotated[Colors | None, ServerDefault()] = None
    features: Annotated[Features | None, ServerDefault()] = None


class StatusPageInputs(Inputs):
    """A page."""

    friendly_name: str = Field(min_length=1, max_length=255)
    auto_add_monitors: bool = False
    monitor_ids: Annotated[list[Id], Unordered()] = Field(default_factory=list)
    tag_ids: Annotated[list[Id], Unordered()] = Field(default_factory=list)
    status: Literal["ENABLED", "PAUSED"] = "ENABLED"
    custom_domain: str | None = Field(default=None, min_length=1, max_length=255)
    password: Annotated[str | None, Secret(), WriteOnly(), Field(max_length=255)] = None
    homepage_link: str = Field(default="https://uptimerobot.com", min_length=3, max_length=255)
    ga_code: str | None = Field(default=None, pattern=r"^G-[A-Z0-9]{10}$")
    share_analytics_consent: bool = False
    use_small_cookie_consent_modal: bool = False
    show_cookie_bar: bool = False
    no_index: bool = False
    hide_url_links: bool = False
    subscription: bool = False
    custom_settings: Annotated[CustomSettings | None, ServerDefault()] = None

    @field_validator("monitor_ids")
    @classmethod
    def _or_all(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if value and info.data.get("auto_add_monitors"):
            raise ValueError("autoAddMonitors shows every monitor: leave them out")
        return value

    @field_validator("ga_code", "show_cookie_bar")
    @classmethod
    def _of_a_domain(cls, value: object, info: ValidationInfo) -> object:
        if value and "custom_domain" in info.data and info.data["custom_domain"] is None:
            raise ValueError("only a page with a customDomain has it")
        return value
