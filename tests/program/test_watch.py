"""UptimeRobot and Cloudflare as declared: what is asked, who is told, which names lead where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from tests.program.conftest import Program

STACKS = ["local", "staging", "prod"]


def monitors(program: Program) -> list[dict[str, Any]]:
    """Monitors that ask the web."""
    return [one.inputs for one in program.of("uptimerobot:index:Monitor") if one.inputs["type"] != "HEARTBEAT"]


@pytest.mark.parametrize("stack", STACKS)
def test_health_is_asked_each_five_minutes(programs: dict[str, Program], stack: str) -> None:
    """`GET /api/health`, by TLS, each 300 s; only a 2xx is well (OB-2)."""
    host = {"local": "api.amoisekai.test", "staging": "staging.amoisekai.com", "prod": "api.amoisekai.com"}[stack]
    monitor = programs[stack].one("amoisekai-uptime-health").inputs

    assert (f"https://{host}/api/health", "GET", 300, ["2xx"]) == (
        monitor["url"],
        monitor["httpMethodType"],
        monitor["interval"],
        monitor["successHttpResponseCodes"],
    )


@pytest.mark.parametrize("stack", STACKS)
def test_whoever_must_know_is_told_after_two_minutes(programs: dict[str, Program], stack: str) -> None:
    """Each monitor, the heartbeat too, tells every contact two minutes after the fall (OB-2)."""
    told = {
        (contact["alertContactId"], contact["threshold"])
        for one in programs[stack].of("uptimerobot:index:Monitor")
        for contact in one.inputs["assignedAlertContacts"]
    }
    ids = {f"amoisekai-contacts-{kind}-id" for kind in ("email", "slack", "telegram")}

    assert {(one, 2) for one in (ids | {"1234567"} if stack == "prod" else ids)} == told


@pytest.mark.parametrize("stack", STACKS)
def test_certificates_and_domains_are_looked_at(programs: dict[str, Program], stack: str) -> None:
    """Each monitor of the web counts a bad certificate as down, and warns before certificate and domain end."""
    found = monitors(programs[stack])

    assert found
    assert [] == [
        one["friendlyName"]
        for one in found
        if not (one["checkSSLErrors"] and one["sslExpirationReminder"] and one["domainExpirationReminder"])
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_every_name_is_watched(programs: dict[str, Program], stack: str) -> None:
    """Each host that a record leads to has a monitor, and none asks a host that has no record."""
    records = {
        one.inputs["name"]
        for one in programs[stack].of("cloudflare:index/dnsRecord:DnsRecord")
        if one.inputs["type"] != "TXT"
    }

    assert records == {urlsplit(one["url"]).hostname for one in monitors(programs[stack])}


@pytest.mark.parametrize("stack", STACKS)
def test_the_status_page_shows_what_is_asked(programs: dict[str, Program], stack: str) -> None:
    """Players see each monitor of the web, and not the backups' heartbeat."""
    page = programs[stack].one("amoisekai-uptime-status-page").inputs

    assert sorted(page["monitorIds"]) == sorted(
        f"{one.name}-id" for one in programs[stack].of("uptimerobot:index:Monitor") if one.inputs["type"] != "HEARTBEAT"
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_window_for_work_does_not_hang_on_the_day_it_is_made(programs: dict[str, Program], stack: str) -> None:
    """Sundays from 04:00 for half an hour, from a day on that had gone by when this was written."""
    window = programs[stack].one("amoisekai-uptime-window").inputs

    assert ("weekly", [7], "04:00:00", 30) == tuple(window[key] for key in ("interval", "days", "time", "duration"))
    assert (7, True) == ((first := dt.date.fromisoformat(window["date"])).isoweekday(), first < dt.date(2026, 11, 21))


@pytest.mark.parametrize("stack", STACKS)
def test_the_keeper_is_waited_for_each_hour(programs: dict[str, Program], stack: str) -> None:
    """An hour between reports and half an hour more; it rests, until the backup job can report."""
    heartbeat = programs[stack].one("amoisekai-backups-heartbeat-monitor").inputs

    assert ("HEARTBEAT", 3600, 1800, True) == (
        heartbeat["type"],
        heartbeat["interval"],
        heartbeat["gracePeriod"],
        heartbeat["isPaused"],
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_first_look_comes_when_all_is_there(programs: dict[str, Program], stack: str) -> None:
    """A monitor is made after the engine's deployment and the records: else its first word would be "down"."""
    waited = {urn.rpartition("::")[2] for urn in programs[stack].one("amoisekai-uptime-health").depends_on}

    assert waited >= {"amoisekai-engine-deployment", "amoisekai-dns-api", "amoisekai-dns-api-verify"}


@pytest.mark.parametrize("stack", STACKS)
def test_the_engines_name_leads_through_cloudflare_to_railway(programs: dict[str, Program], stack: str) -> None:
    """The record of the API is proxied and holds what Railway asks for; beside it is the proof of whose it is."""
    domain = programs[stack].one("amoisekai-engine-domain").inputs["domain"]
    record, proof = (programs[stack].one(f"amoisekai-dns-{part}").inputs for part in ("api", "api-verify"))

    assert (domain, "CNAME", True, "amoisekai-engine-domain.up.railway.test") == (
        record["name"],
        record["type"],
        record["proxied"],
        record["content"],
    )
    assert ("TXT", '"railway-verify=amoisekai-engine-domain"') == (proof["type"], proof["content"])


@pytest.mark.parametrize("stack", ["local", "prod"])
def test_the_zones_rules_know_both_names_of_the_api(programs: dict[str, Program], stack: str) -> None:
    """The owner of the zone guards staging's name too, which staging itself cannot."""
    zone = {"local": "amoisekai.test", "prod": "amoisekai.com"}[stack]
    rules = str([one.inputs["rules"] for one in programs[stack].of("cloudflare:index/ruleset:Ruleset")])

    assert {f"api.{zone}", f"staging.{zone}"} == {name for name in (f"api.{zone}", f"staging.{zone}") if name in rules}


def test_staging_says_who_guards_its_names(staging: Program) -> None:
    """Where the zone's settings are prod's, the records excuse that they are not here."""
    (component,) = [one for one in staging.declared if one.name == "amoisekai-dns" and not one.custom]

    assert {"zone-settings-present", "waf-present", "rate-limit-present"} == {
        row["id"] for row in component.inputs["suppressions"]
    }
