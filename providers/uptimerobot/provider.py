"""The provider: its configuration and its resources."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from providers.kit.inputs import Inputs, Secret
from providers.kit.package import Package
from providers.uptimerobot import kind
from providers.uptimerobot.client import Client
from providers.uptimerobot.resources.contacts import AlertContact
from providers.uptimerobot.resources.group import MonitorGroup
from providers.uptimerobot.resources.integration import Integration
from providers.uptimerobot.resources.monitor import Monitor
from providers.uptimerobot.resources.pages import StatusPage
from providers.uptimerobot.resources.windows import MaintenanceWindow

RESOURCES: Final = (AlertContact, Integration, MaintenanceWindow, Monitor, MonitorGroup, StatusPage)


class Config(Inputs):
    """The provider's configuration.

    Attributes:
        api_key: the account's main API key; a read-only one cannot declare anything.
        endpoint: the API's base URL.
    """

    api_key: Annotated[str, Secret()]
    endpoint: str = Field(default=kind.ENDPOINT, pattern=r"^https?://")


def uptimerobot() -> Package[Config, Client]:
    """The provider."""
    return Package(kind.NAME, kind.VERSION, Config, lambda config: Client(config.endpoint, config.api_key), RESOURCES)
