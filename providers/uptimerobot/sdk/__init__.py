"""The resource classes that a program declares UptimeRobot's things with; imports `pulumi` and nothing else.

Arguments are the resource's inputs in snake_case; the bounds and the default of each stand at its model in
`providers/uptimerobot/resources`. An argument left out is that default, or the server's own choice.
"""

from __future__ import annotations

from providers.uptimerobot.sdk.contacts import AlertContact, Integration
from providers.uptimerobot.sdk.monitor import Monitor, MonitorGroup
from providers.uptimerobot.sdk.pages import MaintenanceWindow, StatusPage

__all__ = ["AlertContact", "Integration", "MaintenanceWindow", "Monitor", "MonitorGroup", "StatusPage"]
