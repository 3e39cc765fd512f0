"""UptimeRobot's resources as `providers/uptimerobot` has them.

Rules import no provider, so the types are named here once more. Properties are those of UptimeRobot's API, version 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, among
from policies.facts import look

if TYPE_CHECKING:
    from policies.facts import Facts

MONITOR = "uptimerobot:index:Monitor"
MONITOR_GROUP = "uptimerobot:index:MonitorGroup"
#: A channel of another service, and an address of a person: both are what a monitor alerts.
INTEGRATION = "uptimerobot:index:Integration"
ALERT_CONTACT = "uptimerobot:index:AlertContact"
MAINTENANCE_WINDOW = "uptimerobot:index:MaintenanceWindow"
STATUS_PAGE = "uptimerobot:index:StatusPage"

#: Types of monitors that ask a web server.
_WEB = ("HTTP", "KEYWORD", "API")


def asks_web(monitor: Facts) -> Verdict:
    """Whether a monitor asks a web server."""
    return among(look(monitor.props, "type"), _WEB)


def awaits(monitor: Facts) -> Verdict:
    """Whether a monitor asks nothing, and waits for something to report to it."""
    return among(look(monitor.props, "type"), ("HEARTBEAT",))
