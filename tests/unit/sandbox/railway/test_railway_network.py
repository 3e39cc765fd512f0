"""Domains and TCP proxies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_CUSTOM = """mutation($i: CustomDomainCreateInput!) { customDomainCreate(input: $i) { id domain targetPort status {
  verified verificationDnsHost verificationToken
  dnsRecords { recordType hostlabel fqdn zone requiredValue purpose status } } } }"""
_OWN = "mutation($i: ServiceDomainCreateInput!) { serviceDomainCreate(input: $i) { id domain suffix } }"
_DOMAINS = """query($p: String!, $e: String!, $s: String!) { domains(projectId: $p, environmentId: $e, serviceId: $s) {
  customDomains { domain targetPort } serviceDomains { domain } } }"""


def _place(world: World, service: str) -> dict[str, str]:
    return {"environmentId": world.environment, "serviceId": service}


def _custom(world: World, domain: str) -> Any:  # noqa: ANN401 - JSON
    place = _place(world, world.service())
    return world.ask(_CUSTOM, i={**place, "projectId": world.project, "domain": domain, "targetPort": 8001})


@pytest.mark.parametrize(
    ("domain", "label", "host"),
    [
        ("api.amoisekai.com", "api", "_railway-verify.api"),
        ("a.b.amoisekai.com", "a.b", "_railway-verify.a.b"),
        ("amoisekai.com", "@", "_railway-verify"),
    ],
)
def test_a_custom_domain_says_which_records_it_needs(world: World, domain: str, label: str, host: str) -> None:
    """A CNAME to a name of its own, and a TXT that proves whose it is."""
    status = _custom(world, domain)["status"]
    (record,) = status["dnsRecords"]

    assert re.fullmatch(r"[0-9a-f]{8}\.up\.railway\.app", record["requiredValue"])
    assert re.fullmatch(r"[0-9a-f]{64}", status["verificationToken"])
    told = (record["recordType"], record["hostlabel"], record["fqdn"], record["zone"], status["verificationDnsHost"])
    assert ("DNS_RECORD_TYPE_CNAME", label, domain, "amoisekai.com", host) == told


def test_nothing_is_verified_before_its_records_are_there(world: World) -> None:
    """The fake looks at no DNS: whoever wants a verified domain says so in the state."""
    status = _custom(world, "api.amoisekai.com")["status"]

    assert (False, "DNS_RECORD_STATUS_REQUIRES_UPDATE") == (status["verified"], status["dnsRecords"][0]["status"])


def test_a_domain_is_one_services(world: World) -> None:
    """A second claim is refused."""
    _custom(world, "api.amoisekai.com")
    place = {**_place(world, world.service("other")), "projectId": world.project, "domain": "API.amoisekai.com"}

    assert "already in use" in world.refused(_CUSTOM, i=place)


@pytest.mark.parametrize(
    "domain", ["amoisekai", "https://api.amoisekai.com", "api..com", "a b.com", "-a.com", "a.com."]
)
def test_a_name_that_is_no_domain_is_refused(world: World, domain: str) -> None:
    """A scheme, a space, an empty label."""
    place = {**_place(world, world.service()), "projectId": world.project, "domain": domain}

    assert "Invalid domain" == world.refused(_CUSTOM, i=place)


def test_a_custom_domains_port_can_change(world: World) -> None:
    """Nothing else of it can."""
    made = _custom(world, "api.amoisekai.com")
    query = (
        "mutation($i: String!, $e: String!, $p: Int) { customDomainUpdate(id: $i, environmentId: $e, targetPort: $p) }"
    )
    world.ask(query, i=made["id"], e=world.environment, p=9000)

    query = "query($i: String!, $p: String!) { customDomain(id: $i, projectId: $p) { domain targetPort } }"
    assert {"domain": "api.amoisekai.com", "targetPort": 9000} == world.ask(query, i=made["id"], p=world.project)


def test_railways_own_domain_has_the_services_name(world: World) -> None:
    """And something random."""
    made = world.ask(_OWN, i=_place(world, world.service()))

    assert re.fullmatch(r"engine-[0-9a-f]{4}\.up\.railway\.app", made["domain"])


def test_railways_own_domain_can_be_renamed(world: World) -> None:
    """Unless another has the name."""
    service = world.service()
    first, second = (world.ask(_OWN, i=_place(world, service)) for _ in range(2))
    query = "mutation($i: ServiceDomainUpdateInput!) { serviceDomainUpdate(input: $i) }"
    wanted = {**_place(world, service), "serviceDomainId": first["id"]}
    world.ask(query, i={**wanted, "domain": "amo.up.railway.app"})

    found = world.ask(_DOMAINS, p=world.project, e=world.environment, s=service)["serviceDomains"]
    assert {"amo.up.railway.app", second["domain"]} == {each["domain"] for each in found}
    assert "already in use" in world.refused(query, i={**wanted, "domain": second["domain"]})


@pytest.mark.parametrize(("create", "delete"), [(_CUSTOM, "customDomainDelete"), (_OWN, "serviceDomainDelete")])
def test_a_domain_can_be_deleted(world: World, create: str, delete: str) -> None:
    """Once."""
    service = world.service()
    more = {"projectId": world.project, "domain": "api.amoisekai.com"} if create is _CUSTOM else {}
    made = world.ask(create, i={**_place(world, service), **more})
    query = f"mutation($i: String!) {{ {delete}(id: $i) }}"
    world.ask(query, i=made["id"])

    found = world.ask(_DOMAINS, p=world.project, e=world.environment, s=service)
    assert {"customDomains": [], "serviceDomains": []} == found
    assert world.refused(query, i=made["id"]).endswith("Domain not found")


def test_a_trigger_is_kept_and_changed(world: World) -> None:
    """A branch of a repository that is deployed at each push."""
    service = world.service()
    place = {**_place(world, service), "projectId": world.project}
    wanted = {**place, "provider": "github", "repository": "amo/engine", "branch": "main"}
    create = "mutation($i: DeploymentTriggerCreateInput!) { deploymentTriggerCreate(input: $i) { id } }"
    made = world.ask(create, i=wanted)["id"]
    update = """mutation($t: String!, $i: DeploymentTriggerUpdateInput!) {
      deploymentTriggerUpdate(id: $t, input: $i) { branch repository checkSuites } }"""

    changed = world.ask(update, t=made, i={"branch": "dev", "checkSuites": True})
    assert {"branch": "dev", "repository": "amo/engine", "checkSuites": True} == changed
