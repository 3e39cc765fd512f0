"""What UptimeRobot asks of a product, and whom it tells; and the reports that it waits for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.components.base import ArgumentError, Component, ComponentArgs
from providers.uptimerobot.sdk import MaintenanceWindow, Monitor, MonitorGroup, StatusPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from infra.components.alert_contacts import AlertContacts

#: Seconds between two looks (OB-2).
INTERVAL = 300

# Seconds that an answer may take.
_PATIENCE = 30
# The weekly window for work: Sundays, in the account's time zone, for minutes that RD-5 has room for. UptimeRobot asks
# for a first day; this one has gone by, so that the window is the same whenever it is made.
_FIRST_SUNDAY = dt.date(2026, 1, 4)
_WORK_BEGINS = "04:00:00"
_WORK_MINUTES = 30
# Days before the end of a certificate on which someone is told.
_REMINDERS = [30, 14, 7, 1]


@dataclass(frozen=True)
class Watch:
    """What all monitors of a product share.

    Attributes:
        label: what each is called at UptimeRobot; its own part is added.
        contacts: whom it tells.
        tags: lower case, to find its monitors by.
    """

    label: str
    contacts: AlertContacts
    tags: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class UptimeArgs(ComponentArgs):
    """What is watched.

    Attributes:
        watch: what all its monitors share.
        pages: part of a monitor's name -> address that must answer 2xx.
        title: what the status page is called.
        homepage: where its logo leads to.
        after: what must be there before the first look, which would find it down.

    Raises:
        ArgumentError: nothing to watch, or an address without TLS.
    """

    watch: Watch
    pages: Mapping[str, str]
    title: str
    homepage: str
    after: Sequence[pulumi.Resource] = ()

    def __post_init__(self) -> None:
        if not self.pages or not all(page.startswith("https://") for page in self.pages.values()):
            raise ArgumentError("pages", self.pages, "at least one address that begins with 'https://'")


class Uptime(Component):
    """What is asked from outside.

    Makes: a group, a weekly window for work, a monitor for each page (asked each five minutes, its certificate and
    domain looked at too), and a public status page that shows them.
    """

    def __init__(self, name: str, args: UptimeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("uptime:Uptime", name, args, opts)
        watch = args.watch
        group = MonitorGroup(f"{name}-group", name=watch.label, opts=self.child())
        window = MaintenanceWindow(
            f"{name}-window",
            name=f"{watch.label}-window",
            interval="weekly",
            date=_FIRST_SUNDAY.isoformat(),
            days=[_FIRST_SUNDAY.isoweekday()],
            time=_WORK_BEGINS,
            duration=_WORK_MINUTES,
            auto_add_monitors=False,
            opts=self.child(),
        )
        monitors = [
            Monitor(
                f"{name}-{part}",
                friendly_name=f"{watch.label}-{part}",
                type="HTTP",
                url=page,
                interval=INTERVAL,
                timeout=_PATIENCE,
                http_method_type="GET",
                success_http_response_codes=["2xx"],
                follow_redirections=True,
                check_ssl_errors=True,
                ssl_expiration_reminder=True,
                domain_expiration_reminder=True,
                config={"sslExpirationPeriodDays": _REMINDERS},
                assigned_alert_contacts=watch.contacts.assigned,
                tag_names=list(watch.tags),
                group_id=group.id,
                maintenance_window_ids=[window.id],
                opts=self.child(depends_on=args.after),
            )
            for part, page in sorted(args.pages.items())
        ]
        StatusPage(
            f"{name}-status-page",
            friendly_name=args.title,
            homepage_link=args.homepage,
            monitor_ids=[monitor.id for monitor in monitors],
            opts=self.child(),
        )
        self.register_outputs({})


@dataclass(frozen=True, kw_only=True)
class HeartbeatArgs(ComponentArgs):
    """Which report is waited for.

    Attributes:
        watch: what all monitors of the product share.
        part: part of the monitor's name.
        period: seconds between two reports.
        grace: seconds that one may be late.
        paused: nobody reports yet.
    """

    watch: Watch
    part: str
    period: int
    grace: int
    paused: bool = False


class Heartbeat(Component):
    """A report that must come: who waits for it says so when it does not. Other places read ``url``, a secret."""

    url: pulumi.Output[str]

    def __init__(self, name: str, args: HeartbeatArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("uptime:Heartbeat", name, args, opts)
        monitor = Monitor(
            f"{name}-monitor",
            friendly_name=f"{args.watch.label}-{args.part}",
            type="HEARTBEAT",
            interval=args.period,
            grace_period=args.grace,
            assigned_alert_contacts=args.watch.contacts.assigned,
            tag_names=list(args.watch.tags),
            is_paused=args.paused,
            opts=self.child(),
        )
        self.url = monitor.heartbeat_url
        self.register_outputs({})
