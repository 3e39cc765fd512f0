"""One change behind our back for every type of the edge: where in a fake's document it is made, and what then shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.edge.fakes import Document

Place: TypeAlias = "tuple[Document, str]"


@dataclass(frozen=True)
class Drift:
    """One change.

    Attributes:
        resource: name of the resource that it happens to.
        shows: the property that a refresh must name.
        fake: whose document it is made in.
        place: the object and the key in it.
        value: what someone made of it.
    """

    resource: str
    shows: str
    fake: str
    place: Callable[[Document], Place]
    value: Any


def the(things: Document, **known: str) -> Document:
    """The one of the things that has these fields.

    Raises:
        ValueError: there is none, or more than one.
    """
    (found,) = [one for one in things.values() if all(one.get(key) == value for key, value in known.items())]
    thing: Document = found
    return thing


def _engine(document: Document) -> str:
    return str(the(document["services"], name="engine")["id"])


def _first(document: Document) -> str:
    return str(the(document["environments"], name="production")["id"])


def _settings(document: Document) -> Place:
    found = the(document["instances"], serviceId=_engine(document), environmentId=_first(document))
    return found, "healthcheckTimeout"


def _variables(document: Document) -> Place:
    return document["variables"][f"{_first(document)}:{_engine(document)}"], "WEB_CONCURRENCY"


def _zone(document: Document) -> Document:
    zone: Document = the(document["zones"])
    return zone


def _files(document: Document) -> Document:
    (found,) = [
        held for name, held in the(document["accounts"])["buckets"].items() if name.endswith("-amoisekai-files")
    ]
    bucket: Document = found
    return bucket


def _phase(document: Document, phase: str) -> Document:
    return the(_zone(document)["rulesets"], phase=phase)


#: A deployment is no setting: when someone removes it, it is gone, and no property of it shows.
GONE = ""

DRIFTS = (
    Drift("amoisekai-project", "description", "railway", lambda it: (the(it["projects"]), "description"), "by hand"),
    Drift("amoisekai-staging", "name", "railway", lambda it: (the(it["environments"], name="staging"), "name"), "test"),
    Drift("amoisekai-engine-service", "icon", "railway", lambda it: (the(it["services"], name="engine"), "icon"), "x"),
    Drift("amoisekai-engine-settings", "healthcheckTimeout", "railway", _settings, 60),
    Drift("amoisekai-engine-variables", "variables.WEB_CONCURRENCY", "railway", _variables, "9"),
    Drift(
        "amoisekai-engine-volume", "mountPath", "railway", lambda it: (the(it["volumeInstances"]), "mountPath"), "/x"
    ),
    Drift(
        "amoisekai-engine-volume-backups",
        "kinds",
        "railway",
        lambda it: (the(it["volumeInstances"]), "schedules"),
        ["MONTHLY"],
    ),
    Drift("amoisekai-engine-domain", "targetPort", "railway", lambda it: (the(it["customDomains"]), "targetPort"), 9),
    Drift(
        "amoisekai-engine-railway-domain",
        "targetPort",
        "railway",
        lambda it: (the(it["serviceDomains"]), "targetPort"),
        9,
    ),
    Drift(
        "amoisekai-engine-deployment",
        GONE,
        "railway",
        lambda it: (the(it["deployments"], serviceId=_engine(it), status="SUCCESS"), "status"),
        "REMOVED",
    ),
    Drift(
        "amoisekai-uptime-health",
        "interval",
        "uptimerobot",
        lambda it: (the(it["monitors"], friendlyName="amoisekai-local-health"), "interval"),
        600,
    ),
    Drift("amoisekai-uptime-group", "name", "uptimerobot", lambda it: (the(it["monitor-groups"]), "name"), "by hand"),
    Drift(
        "amoisekai-uptime-window",
        "duration",
        "uptimerobot",
        lambda it: (the(it["maintenance-windows"]), "duration"),
        60,
    ),
    Drift(
        "amoisekai-contacts-email",
        "enableNotificationsFor",
        "uptimerobot",
        lambda it: (the(it["alert-contacts"]), "enableNotificationsFor"),
        2,
    ),
    Drift(
        "amoisekai-contacts-slack",
        "sslExpirationReminder",
        "uptimerobot",
        lambda it: (the(it["integrations"], type="Slack")["data"], "sslExpirationReminder"),
        value=False,
    ),
    Drift(
        "amoisekai-uptime-status-page",
        "homepageLink",
        "uptimerobot",
        lambda it: (the(it["psps"]), "homepageLink"),
        "https://by-hand.test/",
    ),
    Drift("amoisekai-zone-ssl", "value", "cloudflare", lambda it: (_zone(it)["settings"], "ssl"), "flexible"),
    Drift(
        "amoisekai-zone-bots",
        "enableJs",
        "cloudflare",
        lambda it: (_zone(it)["bot_management"], "enable_js"),
        value=False,
    ),
    Drift(
        "amoisekai-dns-web-www",
        "proxied",
        "cloudflare",
        lambda it: (the(_zone(it)["dns_records"], name="www.amoisekai.test"), "proxied"),
        value=False,
    ),
    Drift(
        "amoisekai-firewall-rate-limit",
        "rules[0].enabled",
        "cloudflare",
        lambda it: (_phase(it, "http_ratelimit")["rules"][0], "enabled"),
        value=False,
    ),
    Drift(
        "amoisekai-files-lifecycle",
        "rules[0].enabled",
        "cloudflare",
        lambda it: (_files(it)["lifecycle"]["rules"][0], "enabled"),
        value=False,
    ),
    Drift(
        "amoisekai-files-cors",
        "rules[0].allowed.origins",
        "cloudflare",
        lambda it: (_files(it)["cors"]["rules"][0]["allowed"], "origins"),
        ["https://by-hand.test"],
    ),
    Drift(
        "amoisekai-files-managed-domain",
        "enabled",
        "cloudflare",
        lambda it: (_files(it)["managed"], "enabled"),
        value=True,
    ),
    Drift(
        "amoisekai-files-key-token",
        "name",
        "cloudflare",
        lambda it: (the(the(it["accounts"])["tokens"]), "name"),
        "by hand",
    ),
)

#: Nobody can move a bucket: this is what another one of the same name would look like, and no update puts it back.
MOVED = Drift("amoisekai-files-bucket", "location", "cloudflare", lambda it: (_files(it), "location"), "WNAM")
