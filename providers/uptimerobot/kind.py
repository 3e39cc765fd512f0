"""What the plugin and its resource classes agree on; imports nothing, so that each can afford it."""

from __future__ import annotations

from typing import Final

#: The package's name, and the namespace of its configuration.
NAME: Final = "uptimerobot"

#: The plugin's version; it has no vendor's.
VERSION: Final = "1.0.0"

#: The vendor's endpoint.
ENDPOINT: Final = "https://api.uptimerobot.com/v3"

MONITOR: Final = "uptimerobot:index:Monitor"
MONITOR_GROUP: Final = "uptimerobot:index:MonitorGroup"
INTEGRATION: Final = "uptimerobot:index:Integration"
ALERT_CONTACT: Final = "uptimerobot:index:AlertContact"
MAINTENANCE_WINDOW: Final = "uptimerobot:index:MaintenanceWindow"
STATUS_PAGE: Final = "uptimerobot:index:StatusPage"
