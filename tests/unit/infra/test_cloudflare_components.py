"""Cloudflare's components: what they refuse, what each plan lets them do, and the plain functions below them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.components import dns, r2_bucket
from infra.components.app_bucket import AppBucketArgs
from infra.components.base import ArgumentError
from infra.components.cache import CacheArgs
from infra.components.cloudflare_plan import Plan, one_of
from infra.components.dns import DnsArgs, Record
from infra.components.firewall import FirewallArgs, custom_rules
from infra.components.zone import ZoneArgs
from policies.rule import StackRule
from policies.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

ZONE_ID = "0" * 32
ZONE = ZoneArgs(zone_id=ZONE_ID, plan=Plan.PRO)
CACHE = CacheArgs(zone_id=ZONE_ID, api_hosts=["api.example.com"])
FIREWALL = FirewallArgs(zone_id=ZONE_ID, plan=Plan.PRO, api_hosts=["api.example.com"])
RECORD = Record(host="api.example.com", kind="CNAME", content="a.example.net")
DNS = DnsArgs(zone_id=ZONE_ID, records={"api": RECORD})
BUCKET = AppBucketArgs(
    account_id=ZONE_ID, name="files", location="weur", origins=["https://example.com"], expiring={"exports/": 7}
)

#: Longest counting period of each plan, seconds, and rules of our own that it has room for (Cloudflare documentation,
#: "Rate limiting rules: Availability" and "WAF custom rules: Availability").
ALLOWED = {Plan.FREE: (10, 5), Plan.PRO: (60, 20), Plan.BUSINESS: (600, 100)}


@pytest.mark.parametrize(
    ("args", "changes", "names"),
    [
        (ZONE, {"hsts_seconds": 15_551_999}, "hsts_seconds"),
        (CACHE, {"api_hosts": []}, "api_hosts"),
        (FIREWALL, {"api_hosts": []}, "api_hosts"),
        (FIREWALL, {"requests": 2001}, "requests"),
        (FIREWALL, {"requests": 0}, "requests"),
        (RECORD, {"host": "api"}, "host"),
        (RECORD, {"host": "API.example.com"}, "host"),
        (RECORD, {"host": "https://api.example.com"}, "host"),
        (DNS, {"records": {}}, "records"),
        (BUCKET, {"origins": []}, "origins"),
        (BUCKET, {"origins": ["*"]}, "origins"),
        (BUCKET, {"origins": ["https://example.com/"]}, "origins"),
        (BUCKET, {"origins": ["http://example.com"]}, "origins"),
        (BUCKET, {"expiring": {"exports": 7}}, "expiring"),
        (BUCKET, {"expiring": {"/": 7}}, "expiring"),
        (BUCKET, {"expiring": {"exports/": 0}}, "expiring"),
    ],
)
def test_refuses(args: Any, changes: Mapping[str, Any], names: str) -> None:  # noqa: ANN401 - arguments of any component
    """A wrong argument is refused before anything is declared, by its name."""
    with pytest.raises(ArgumentError, match=f"^{names} = "):
        replace(args, **changes)


@pytest.mark.parametrize("host", ["example.com", "_railway-verify.api.example.com", "a-b.example.co.uk"])
def test_takes_host_names(host: str) -> None:
    """A zone's own name, a name of a protocol and a deep name are host names."""
    assert host == Record(host=host, kind="TXT", content="x").host


@pytest.mark.parametrize(
    ("given_host", "expected"),
    [
        ("@", "example.com"),
        ("", "example.com"),
        ("example.com", "example.com"),
        ("_railway-verify.api", "_railway-verify.api.example.com"),
        ("api.example.com.", "api.example.com"),
        ("API.Example.com", "api.example.com"),
        ("notexample.com", "notexample.com.example.com"),
    ],
)
def test_full_name(given_host: str, expected: str) -> None:
    """A name as seen from the zone, or full already, becomes full."""
    assert expected == dns.full(given_host, "example.com")


@given(st.from_regex(r"[a-z0-9_.@-]{0,20}", fullmatch=True))
def test_full_name_is_full_once(host: str) -> None:
    """What is full stays as it is: a vendor may answer in either form, and nothing changes."""
    assert dns.full(host, "example.com") == dns.full(dns.full(host, "example.com"), "example.com")


@pytest.mark.parametrize("given", [None, ""])
def test_a_proof_that_railway_does_not_tell_is_no_record(given: str | None) -> None:
    """A record of nothing would take the place of the one that proves the domain: the error says what to do."""
    assert dns.told("text", "railway-verify=a") == "railway-verify=a"
    with pytest.raises(ArgumentError, match="delete it there"):
        dns.told("text", given)


@pytest.mark.parametrize("plan", Plan)
def test_no_plan_is_asked_for_more_than_it_has(plan: Plan) -> None:
    """The rate limit's period and the number of our own rules are within what each plan has."""
    longest, room = ALLOWED[plan]
    assert plan.counting_seconds <= longest
    assert len(custom_rules(replace(FIREWALL, plan=plan))) <= room


@pytest.mark.parametrize(("plan", "skips"), [(Plan.FREE, False), (Plan.PRO, True), (Plan.BUSINESS, True)])
def test_health_checks_are_let_past_bots_where_a_rule_can(plan: Plan, *, skips: bool) -> None:
    """Health checks skip the fight against bots, and nothing else, on the plans where that is a rule."""
    rules = custom_rules(replace(FIREWALL, plan=plan))
    skipping = [rule.action_parameters.phases for rule in rules if rule.action == "skip"]  # type: ignore[union-attr]  # plain arguments
    assert ([["http_request_sbfm"]] if skips else []) == skipping


def test_rules_have_names_of_their_own() -> None:
    """Each rule has a name by which it keeps its identity when another comes before it."""
    names = [rule.ref for rule in custom_rules(FIREWALL)]
    assert (None not in names, len(names)) == (True, len(set(map(str, names))))


def test_what_another_stack_guards_is_what_the_rules_ask_for() -> None:
    """Each excuse of a stack that has only names in a zone is for a rule over a whole stack that exists."""
    rules = {rule.id for rule in RULES if isinstance(rule, StackRule)}
    excuses = dns.guarded_elsewhere("prod", "platform", dt.date(2027, 1, 1))
    assert {one.id for one in excuses} <= rules
    assert all("prod" in one.reason for one in excuses)


@given(st.permutations(["GET", "HEAD", "POST"]))
def test_sets_have_one_order(texts: list[str]) -> None:
    """A set in a rule is written in one order, whatever order it was given in."""
    assert one_of(texts) == '{"GET" "HEAD" "POST"}'


def test_uploads_that_never_ended_go_everywhere() -> None:
    """Of a product's bucket, nothing but uploads that never ended goes from where no other rule holds."""
    rule = r2_bucket.abandoned_uploads()
    prefix = rule.conditions.prefix  # type: ignore[union-attr]  # plain arguments
    assert ("", None) == (prefix, rule.delete_objects_transition)
