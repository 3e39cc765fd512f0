"""Cloudflare as declared: how the zone is guarded, what is kept of the site, who may read the product's files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.program.conftest import Program

STACKS = ["local", "staging", "prod"]
#: The stacks that own a zone.
OWNERS = ["local", "prod"]
_SECONDS_PER_DAY = 86_400


def rules(program: Program, ruleset: str) -> dict[str, dict[str, Any]]:
    """Rules of a ruleset by their own names; each is switched on."""
    found = program.one(f"amoisekai-{ruleset}").inputs["rules"]
    return {rule["ref"]: rule for rule in found if rule["enabled"]}


def access(program: Program) -> dict[str, Any]:
    """What the engine's key to its files may do: the one policy of its token."""
    (policy,) = program.one("amoisekai-files-key-token").inputs["policies"]
    return dict(policy)


@pytest.mark.parametrize("stack", OWNERS)
def test_visitors_and_servers_are_met_by_tls_alone(programs: dict[str, Program], stack: str) -> None:
    """Full strict to the server, always HTTPS, 1.2 at least, and a year of HSTS for all names of the zone."""
    held = {one.inputs["settingId"]: one.inputs["value"] for one in programs[stack].of(_token("zoneSetting"))}

    hsts = {"enabled": True, "max_age": 31_536_000, "include_subdomains": True, "nosniff": True, "preload": False}
    assert {
        "always_use_https": "on",
        "min_tls_version": "1.2",
        "security_header": {"strict_transport_security": hsts},
        "ssl": "strict",
    } == held


@pytest.mark.parametrize("stack", OWNERS)
def test_bots_are_fought(programs: dict[str, Program], stack: str) -> None:
    """What is surely a machine is challenged; search engines and monitors that Cloudflare knows are let in."""
    held = programs[stack].one("amoisekai-zone-bots").inputs

    assert ("managed_challenge", "allow", True) == (
        held["sbfmDefinitelyAutomated"],
        held["sbfmVerifiedBots"],
        held["enableJs"],
    )


@pytest.mark.parametrize("stack", OWNERS)
def test_an_address_may_ask_2000_times(programs: dict[str, Program], stack: str) -> None:
    """Over 2000 requests of one address in a minute, whatever they are for, it is blocked (PF-12)."""
    (rule,) = rules(programs[stack], "firewall-rate-limit").values()

    assert ("block", 'starts_with(http.request.uri.path, "/")') == (rule["action"], rule["expression"])
    assert {
        "characteristics": ["cf.colo.id", "ip.src"],
        "period": 60,
        "requestsPerPeriod": 2000,
        "mitigationTimeout": 60,
    } == rule["ratelimit"]


@pytest.mark.parametrize("stack", OWNERS)
def test_cloudflares_own_rules_look_at_everything(programs: dict[str, Program], stack: str) -> None:
    """The managed ruleset of a paid plan runs for each request."""
    (rule,) = rules(programs[stack], "firewall-managed").values()

    assert ("execute", "true", "efb7b8c949ac4650a09736fc376e9aee") == (
        rule["action"],
        rule["expression"],
        rule["actionParameters"]["id"],
    )


@pytest.mark.parametrize("stack", OWNERS)
def test_our_own_rules_block_and_let_health_checks_past_bots(programs: dict[str, Program], stack: str) -> None:
    """Scanners, odd methods and the deep health check without its key are blocked; nothing else skips anything."""
    found = rules(programs[stack], "firewall-custom")

    assert {"health": "skip", "probes": "block", "deep-health": "block", "methods": "block"} == {
        name: rule["action"] for name, rule in found.items()
    }
    assert {"phases": ["http_request_sbfm"]} == found["health"]["actionParameters"]


@pytest.mark.parametrize("stack", OWNERS)
def test_nothing_of_the_api_is_kept(programs: dict[str, Program], stack: str) -> None:
    """Static files are kept as long as the server says; the rule for the API comes last, so that it counts."""
    found = rules(programs[stack], "cache-rules")

    assert ["assets", "api"] == [*found]
    assert {"cache": False} == found["api"]["actionParameters"]
    assert "respect_origin" == found["assets"]["actionParameters"]["edgeTtl"]["mode"]


def test_the_stack_that_owns_no_zone_touches_none(staging: Program) -> None:
    """Two stacks that write one zone's rules would undo each other's."""
    types = {_token(name) for name in ("zoneSetting", "botManagement", "ruleset")}

    assert [] == [one.name for one in staging.resources if one.token in types]


@pytest.mark.parametrize("stack", STACKS)
def test_the_web_leads_through_cloudflare_to_vercel(programs: dict[str, Program], stack: str) -> None:
    """Each host of the web front end is a proxied name for Vercel's."""
    web = {"local": 2, "staging": 1, "prod": 2}[stack]
    found = [one.inputs for one in programs[stack].of(_token("dnsRecord")) if one.name.startswith("amoisekai-dns-web")]

    assert [("CNAME", "cname.vercel-dns.com", True)] * web == [
        (one["type"], one["content"], one["proxied"]) for one in found
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_files_are_read_by_the_products_own_pages(programs: dict[str, Program], stack: str) -> None:
    """Scripts of the web's hosts may read, no other site's may, and nobody's may write; there is no public address."""
    (cors,) = programs[stack].one("amoisekai-files-cors").inputs["rules"]
    hosts = {
        one.inputs["name"]
        for one in programs[stack].of(_token("dnsRecord"))
        if one.inputs["content"] == "cname.vercel-dns.com"
    }

    assert {"methods": ["GET", "HEAD"], "origins": sorted(f"https://{host}" for host in hosts)} == cors["allowed"]
    assert programs[stack].one("amoisekai-files-managed-domain").inputs["enabled"] is False


@pytest.mark.parametrize("stack", STACKS)
def test_files_stay_but_for_exports(programs: dict[str, Program], stack: str) -> None:
    """Exports go after a week, uploads that never ended after a day; a story's own files have no rule."""
    found = programs[stack].one("amoisekai-files-lifecycle").inputs["rules"]

    assert {"": None, "exports/": 7 * _SECONDS_PER_DAY} == {
        rule["conditions"]["prefix"]: rule.get("deleteObjectsTransition", {}).get("condition", {}).get("maxAge")
        for rule in found
    }


@pytest.mark.parametrize("stack", STACKS)
def test_the_engines_key_opens_its_own_bucket_for_a_time(programs: dict[str, Program], stack: str) -> None:
    """It may write objects of the one bucket, and has an end."""
    token = programs[stack].one("amoisekai-files-key-token").inputs
    bucket = programs[stack].one("amoisekai-files-bucket").inputs["name"]
    (resource,) = json.loads(access(programs[stack])["resources"])

    assert (["2efd5506f9c8494dacb1fa10a3e7d5b6"], f"{token['accountId']}_default_{bucket}", "2027-02-15T00:00:00Z") == (
        [group["id"] for group in access(programs[stack])["permissionGroups"]],
        resource.removeprefix("com.cloudflare.edge.r2.bucket."),
        token["expiresOn"],
    )


def _token(name: str) -> str:
    """The type token of one of Cloudflare's resources."""
    return f"cloudflare:index/{name}:{name[0].upper()}{name[1:]}"
