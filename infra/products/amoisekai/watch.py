"""Who asks the story game from outside whether it is well, and whom they tell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from infra import naming
from infra.components.alert_contacts import AlertContacts, AlertContactsArgs
from infra.components.base import Suppress
from infra.components.uptime import Heartbeat, HeartbeatArgs, Uptime, UptimeArgs, Watch
from infra.products.amoisekai.facts import HEALTH, NAME, web_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from infra.settings import Settings

_HOUR = 3600


def watch(settings: Settings) -> Watch:
    """Declare the contacts; gives what all monitors share."""
    label = naming.watched(NAME, settings.stack)
    contacts = AlertContacts(
        f"{NAME}-contacts",
        AlertContactsArgs(label=label, alerting=settings.config.amoisekai.alerting, slack=settings.slack_webhook_url),
    )
    return Watch(label, contacts, (NAME, settings.stack))


def heartbeat(settings: Settings, shared: Watch) -> pulumi.Output[str]:
    """Declare the wait for the keeper's hourly report; gives the address that it goes to, a secret."""
    return Heartbeat(
        f"{NAME}-backups-heartbeat",
        HeartbeatArgs(
            watch=shared,
            part="backups",
            period=_HOUR,
            grace=_HOUR // 2,
            paused=True,
            suppress=(_silent(settings.config.owner),) if settings.stack == "prod" else (),
        ),
    ).url


def _silent(owner: str) -> Suppress:
    return Suppress(
        id="uptime-not-paused",
        reason="the backup job does not report yet: a monitor that waits for it would call every hour",
        owner=owner,
        expires=dt.date(2027, 3, 31),
    )


def pages(settings: Settings, shared: Watch, after: Sequence[pulumi.Resource]) -> None:
    """Declare the monitors of the API and of the web front end, and the status page."""
    names = settings.config.amoisekai.domains
    web = {web_part(host, names.zone): f"https://{host}/" for host in names.web}
    title = NAME.capitalize() if settings.stack == "prod" else f"{NAME.capitalize()} {settings.stack}"
    Uptime(
        f"{NAME}-uptime",
        UptimeArgs(
            watch=shared,
            pages={"health": f"https://{names.api}{HEALTH}", **web},
            title=title,
            homepage=f"https://{names.web[0]}/",
            after=after,
        ),
    )
