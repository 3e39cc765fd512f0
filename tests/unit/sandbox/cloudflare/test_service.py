"""The sandbox's Cloudflare: envelopes, pages, refusals, what new things are like, and what lasts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from sandbox.cloudflare.application import ACCOUNT_ID, BASE, OPERATIONS, ZONE, ZONE_ID, Cloudflare
from sandbox.fake.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[4]
TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens the fake of this process
RECORD = {"name": f"api.{ZONE}", "type": "CNAME", "content": "a.up.railway.test", "proxied": True, "ttl": 300}
RULE: dict[str, Any] = {"action": "block", "expression": "true", "ref": "mine"}
RATE = {"characteristics": ["cf.colo.id", "ip.src"], "period": 10, "requests_per_period": 5}
RULESET = {"kind": "zone", "phase": "http_ratelimit", "name": "Rate limit", "rules": [{**RULE, "ratelimit": RATE}]}
GROUP = "6a018a9f2fc74eb6b293b0c548f38b39"
POLICY = {
    "effect": "allow",
    "permission_groups": [{"id": GROUP}],
    "resources": {"com.cloudflare.edge.r2.bucket.a": "*"},
}


@pytest.fixture
def service() -> Cloudflare:
    """A fresh one, in memory."""
    return Cloudflare(TOKEN)


@pytest.fixture
def client(service: Cloudflare) -> Iterator[httpx.Client]:
    """A client with the right token."""
    yield from _client(service)


def _client(service: Cloudflare) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=f"http://edge{BASE}", headers=headers, transport=Transport(service)) as made:
        yield made


def _zone(path: str = "") -> str:
    return f"/zones/{ZONE_ID}{path}"


def _account(path: str) -> str:
    return f"/accounts/{ACCOUNT_ID}{path}"


def _result(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON of any kind
    assert answer.is_success, answer.text
    return answer.json()["result"]


def test_zone_is_the_local_stacks() -> None:
    """The zone that is there is the one of the local stack."""
    config = yaml.safe_load((CHECKOUT / "Pulumi.local.yaml").read_text())["config"]
    domains = config["groundwork:amoisekai"]["domains"]
    assert (ZONE_ID, ZONE, ACCOUNT_ID) == (
        domains["zoneId"],
        domains["zone"],
        config["groundwork:cloudflareAccountId"],
    )


def test_envelope_of_one(client: httpx.Client) -> None:
    """One thing comes in the documented envelope."""
    answer = client.get(_zone()).json()
    assert (True, [], [], ZONE) == (answer["success"], answer["errors"], answer["messages"], answer["result"]["name"])


def test_pages(client: httpx.Client) -> None:
    """A list comes page by page, and says how many pages there are."""
    for number in range(5):
        client.post(_zone("/dns_records"), json={**RECORD, "name": f"n{number}.{ZONE}"})
    answer = client.get(_zone("/dns_records"), params={"page": 3, "per_page": 2}).json()
    info = {"page": 3, "per_page": 2, "count": 1, "total_count": 5, "total_pages": 3}
    assert ([f"n4.{ZONE}"], info) == ([record["name"] for record in answer["result"]], answer["result_info"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/zones/none", 404),
        ("GET", _zone("/dns_records/none"), 404),
        ("GET", _zone("/settings/none"), 404),
        ("GET", _zone("/rulesets/phases/http_ratelimit/entrypoint"), 404),
        ("GET", _account("/r2/buckets/none"), 404),
        ("GET", "/none", 404),
        ("POST", _zone("/dns_records"), 400),
        ("POST", _zone("/rulesets"), 400),
        ("POST", _account("/tokens"), 400),
        ("PATCH", _zone("/settings/ssl"), 400),
        ("GET", _zone("/dns_records?page=0"), 400),
    ],
)
def test_refusals(client: httpx.Client, method: str, path: str, status: int) -> None:
    """What is not there, and what is not enough, is refused in the documented envelope."""
    answer = client.request(method, path)
    body = answer.json()
    assert (status, False, None, 1) == (answer.status_code, body["success"], body["result"], len(body["errors"]))


def test_stranger_is_refused(service: Cloudflare) -> None:
    """Nobody gets in without the token."""
    with httpx.Client(base_url=f"http://edge{BASE}", transport=Transport(service)) as stranger:
        assert stranger.get("/zones").status_code == 401


def test_proxied_record_has_no_time_of_its_own(client: httpx.Client) -> None:
    """A proxied record's time to live is Cloudflare's, whatever was asked for."""
    assert _result(client.post(_zone("/dns_records"), json=RECORD))["ttl"] == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"type": "A", "content": "192.0.2.1"}, 81053),
        ({"type": "TXT", "content": '"x"', "proxied": True}, 9004),
    ],
)
def test_record_that_cannot_be(client: httpx.Client, other: dict[str, Any], code: int) -> None:
    """Nothing stands beside a CNAME, and no text is proxied."""
    client.post(_zone("/dns_records"), json=RECORD)
    answer = client.post(_zone("/dns_records"), json={**RECORD, **other})
    assert (400, code) == (answer.status_code, answer.json()["errors"][0]["code"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"type": "ALIAS"}, 1004),
        ({"proxied": "yes"}, 1004),
        ({"ttl": 59}, 9021),
        ({"ttl": 86_401}, 9021),
        ({"type": "A", "content": "railway.app"}, 9005),
        ({"type": "AAAA", "content": "192.0.2.1"}, 9006),
        ({"content": ""}, 1004),
    ],
)
def test_record_of_wrong_values(client: httpx.Client, wrong: dict[str, Any], code: int) -> None:
    """A type, a time or a content that no record has is refused with Cloudflare's number for it."""
    answer = client.post(_zone("/dns_records"), json={**RECORD, **wrong})
    assert (400, code) == (answer.status_code, answer.json()["errors"][0]["code"])


@pytest.mark.parametrize(
    ("name", "full"),
    [("api", f"api.{ZONE}"), ("@", ZONE), (f"API.{ZONE}.", f"api.{ZONE}"), ("a.test", f"a.test.{ZONE}")],
)
def test_name_is_the_zones(client: httpx.Client, name: str, full: str) -> None:
    """A name that does not end in the zone's is taken for one below it: a wrong zone is seen in the answer."""
    assert _result(client.post(_zone("/dns_records"), json={**RECORD, "name": name}))["name"] == full


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", _zone("/settings/ssl"), {"value": "strictest"}),
        ("PATCH", _zone("/settings/security_header"), {"value": "on"}),
        ("PUT", _zone("/bot_management"), {"fight_mode": "on"}),
        ("PUT", _zone("/bot_management"), {"fight": True}),
        ("POST", _zone("/rulesets"), {**RULESET, "kind": "root"}),
        ("POST", _zone("/rulesets"), {**RULESET, "phase": "http_request_limits"}),
        ("POST", _zone("/rulesets"), {**RULESET, "rules": [RULE]}),
        ("POST", _zone("/rulesets"), {**RULESET, "rules": [{**RULE, "ratelimit": RATE}] * 2}),
        ("POST", _zone("/rulesets"), {**RULESET, "rules": [{**RULE, "ratelimit": RATE, "action": "stop"}]}),
        ("POST", _account("/tokens"), {"name": "a", "policies": [{**POLICY, "effect": "permit"}]}),
        ("POST", _account("/tokens"), {"name": "a", "policies": [{**POLICY, "resources": {}}]}),
        ("POST", _account("/tokens"), {"name": "a", "policies": [{**POLICY, "permission_groups": [{"id": "0"}]}]}),
        ("POST", _zone("/rulesets"), {**RULESET, "rules": [{**RULE, "ratelimit": 5}]}),
        ("POST", _zone("/rulesets"), {**RULESET, "rules": [{**RULE, "ratelimit": RATE, "ref": ["a"]}]}),
        ("POST", _account("/tokens"), {"name": "a", "policies": [5]}),
        ("POST", _account("/tokens"), {"name": "a", "policies": [{**POLICY, "permission_groups": [5]}]}),
        ("POST", _account("/r2/buckets"), {"name": "Files"}),
        ("POST", _account("/r2/buckets"), {"name": "files", "locationHint": "mars"}),
        ("POST", _account("/r2/buckets"), {"name": "files", "storageClass": "Cold"}),
    ],
)
def test_value_that_there_is_not(client: httpx.Client, method: str, path: str, body: object) -> None:
    """What Cloudflare knows no such value of is refused, not kept."""
    assert client.request(method, path, json=body).status_code == 400


def test_patch_keeps_what_is_not_given(client: httpx.Client) -> None:
    """PATCH changes what is given; PUT takes the rest back to what it is by itself."""
    record = _result(client.post(_zone("/dns_records"), json={**RECORD, "comment": "mine"}))
    path = _zone(f"/dns_records/{record['id']}")
    patched = _result(client.patch(path, json={"content": "b.test"}))
    put = _result(client.put(path, json=RECORD))
    assert (("mine", "b.test"), (None, RECORD["content"])) == (
        (patched["comment"], patched["content"]),
        (put["comment"], put["content"]),
    )


def test_phase_has_one_ruleset(client: httpx.Client) -> None:
    """A zone has one ruleset of each phase, found by its phase too."""
    made = _result(client.post(_zone("/rulesets"), json=RULESET))
    again = client.post(_zone("/rulesets"), json=RULESET)
    found = _result(client.get(_zone("/rulesets/phases/http_ratelimit/entrypoint")))
    assert (made, 400) == (found, again.status_code)


def test_list_of_rulesets_has_no_rules(client: httpx.Client) -> None:
    """The list tells which rulesets there are, one by one they tell their rules."""
    made = _result(client.post(_zone("/rulesets"), json=RULESET))
    listed = _result(client.get(_zone("/rulesets")))
    assert [{key: value for key, value in made.items() if key != "rules"}] == listed


def test_rule_keeps_its_id_by_its_name(client: httpx.Client) -> None:
    """A rule that an update names again keeps its id."""
    made = _result(client.post(_zone("/rulesets"), json=RULESET))
    rules = [{"action": "log", "expression": "true", "ratelimit": RATE}, {**RULE, "ratelimit": RATE}]
    after = _result(client.put(_zone(f"/rulesets/{made['id']}"), json={**RULESET, "rules": rules}))
    assert (made["rules"][0]["id"], "2") == (after["rules"][1]["id"], after["version"])


def test_new_bucket_is_as_documented(client: httpx.Client) -> None:
    """A new bucket drops uploads after seven days, has no CORS rules, no lock and no address of its own."""
    client.post(_account("/r2/buckets"), json={"name": "files", "locationHint": "weur"})
    bucket = _account("/r2/buckets/files")
    rule = _result(client.get(f"{bucket}/lifecycle"))["rules"][0]
    assert (604_800, 404, [], False) == (
        rule["abortMultipartUploadsTransition"]["condition"]["maxAge"],
        client.get(f"{bucket}/cors").status_code,
        _result(client.get(f"{bucket}/lock"))["rules"],
        _result(client.get(f"{bucket}/domains/managed"))["enabled"],
    )


def test_tokens_value_is_told_once(client: httpx.Client, service: Cloudflare) -> None:
    """The answer that makes a token tells its value; nothing else does, nor the state."""
    token = _result(client.post(_account("/tokens"), json={"name": "files", "policies": [POLICY]}))
    listed = _result(client.get(_account("/tokens")))
    assert (False, False, "Workers R2 Storage Bucket Item Read") == (
        "value" in listed[0],
        token["value"] in json.dumps(service.store.document),
        listed[0]["policies"][0]["permission_groups"][0]["name"],
    )


def test_state_lasts(tmp_path: Path) -> None:
    """What was declared is there after a restart, in a file that is the user's alone."""
    path = tmp_path / "state.json"
    for client in _client(Cloudflare(TOKEN, path)):
        client.patch(_zone("/settings/ssl"), json={"value": "strict"})
    for client in _client(Cloudflare(TOKEN, path)):
        assert _result(client.get(_zone("/settings/ssl")))["value"] == "strict"
    assert path.stat().st_mode & 0o777 == 0o600


def test_refused_changes_nothing(client: httpx.Client, service: Cloudflare) -> None:
    """A request that is refused leaves everything as it was."""
    before = json.dumps(service.store.document)
    client.post(_zone("/rulesets"), json={**RULESET, "rules": [{"action": "block"}]})
    client.put(_account("/r2/buckets/none/cors"), json={})
    assert before == json.dumps(service.store.document)


def test_requests_are_counted_by_operation(client: httpx.Client, service: Cloudflare) -> None:
    """An operation is counted under its template, so that a test can say which one is to fail."""
    client.get(_zone("/settings/ssl"))
    counted = next(iter(service.counts))
    assert ("GET /zones/{zone_id}/settings/{setting_id}", True) == (counted, counted in OPERATIONS)
