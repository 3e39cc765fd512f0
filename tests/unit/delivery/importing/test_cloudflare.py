"""What is live at Cloudflare, as the sandbox's fake of its API tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from delivery.importing.cloudflare import KEYS, NO_ID, Client, look
from delivery.importing.matching import match
from providers.kit.api import ApiError
from sandbox.cloudflare.application import ACCOUNT_ID, BASE, ZONE, ZONE_ID, Cloudflare
from sandbox.fake.transport import Transport
from tests.unit.delivery.importing.declared import declared
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delivery.importing.live import Live
    from policies.preview import Resource

TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens the fake of this process
BUCKET = f"/accounts/{ACCOUNT_ID}/r2/buckets"
RULE = {"id": "a", "enabled": True, "prefix": "x/", "condition": {"type": "Indefinite"}}


class Edge:
    """The fake, and what is asked of it."""

    def __init__(self) -> None:
        transport = Transport(Cloudflare(TOKEN))
        self.client = Client(f"http://edge{BASE}", TOKEN, transport=transport)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self._by_hand = httpx.Client(base_url=f"http://edge{BASE}", headers=headers, transport=transport)

    def make(self, path: str, method: str = "POST", **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """What someone does by hand."""
        answer = self._by_hand.request(method, path, json=body)
        assert answer.is_success, answer.text
        result: dict[str, Any] = answer.json()["result"]
        return result

    def record(self, name: str, kind: str, content: str) -> str:
        """A DNS record made by hand; its id."""
        made = self.make(f"/zones/{ZONE_ID}/dns_records", name=name, type=kind, content=content, ttl=300)
        return str(made["id"])

    def close(self) -> None:
        """Close both clients."""
        self.client.close()
        self._by_hand.close()


@pytest.fixture
def edge() -> Iterator[Edge]:
    """A fresh one."""
    made = Edge()
    yield made
    made.close()


def _record(name: str, kind: str, content: str) -> Resource:
    return declared("cloudflare:index/dnsRecord:DnsRecord", name, zoneId=ZONE_ID, name=name, type=kind, content=content)


def _ids(edge: Edge, *resources: Resource) -> dict[str, str]:
    found = match(resources, look(edge.client, resources), KEYS).matched
    return {urn.rpartition("::")[2]: live.id for urn, live in found.items()}


def test_records_are_known_by_name_type_and_content(edge: Edge) -> None:
    """Two texts of one name are told apart; case and quotation marks are the vendor's own."""
    name = f"api.{ZONE}"
    first = edge.record(name, "TXT", '"first"')
    edge.record(name, "TXT", '"second"')

    assert {name: f"{ZONE_ID}/{first}"} == _ids(edge, _record(name, "TXT", '"first"'))


def test_a_record_that_leads_elsewhere_is_still_the_one(edge: Edge) -> None:
    """A name has one CNAME: where it leads is what differs, not which it is."""
    name = f"api.{ZONE}"
    made = edge.record(name, "CNAME", "old.example.com")

    assert {name: f"{ZONE_ID}/{made}"} == _ids(edge, _record(name, "CNAME", "new.example.com"))


def test_all_pages_are_read(edge: Edge) -> None:
    """The last of 130 records is found: a page has 100."""
    made = [edge.record(f"h{place}.{ZONE}", "A", "192.0.2.1") for place in range(130)]

    assert {f"h129.{ZONE}": f"{ZONE_ID}/{made[-1]}"} == _ids(edge, _record(f"h129.{ZONE}", "A", "192.0.2.1"))


def test_a_ruleset_is_known_by_its_phase(edge: Edge) -> None:
    """A zone has one of each, whatever it is called."""
    phase = "http_ratelimit"
    made = edge.make(f"/zones/{ZONE_ID}/rulesets", kind="zone", phase=phase, name="by hand", rules=[])
    ruleset = declared("cloudflare:index/ruleset:Ruleset", "limit", zoneId=ZONE_ID, kind="zone", phase=phase, name="x")

    assert {"limit": f"zones/{ZONE_ID}/{made['id']}"} == _ids(edge, ruleset)


def test_settings_that_every_zone_has_are_there(edge: Edge) -> None:
    """They have ids of the zone's, and nobody makes them."""
    ssl = declared("cloudflare:index/zoneSetting:ZoneSetting", "ssl", zoneId=ZONE_ID, settingId="ssl")
    bots = declared("cloudflare:index/botManagement:BotManagement", "bots", zoneId=ZONE_ID)

    assert {"ssl": f"{ZONE_ID}/ssl", "bots": ZONE_ID} == _ids(edge, ssl, bots)


def _bucket(*rules: Resource) -> tuple[Resource, ...]:
    bucket = declared("cloudflare:index/r2Bucket:R2Bucket", "bucket", accountId=ACCOUNT_ID, name="files")
    return (bucket, *rules)


def _of_bucket(kind: str) -> Resource:
    bucket = _bucket()[0]
    token = f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}"
    return declared(token, kind, accountId=ACCOUNT_ID, depends={"bucketName": bucket.urn})


def test_a_bucket_has_the_three_parts_of_the_vendors_id(edge: Edge) -> None:
    """Account, name and jurisdiction."""
    edge.make(BUCKET, name="files")

    assert {"bucket": f"{ACCOUNT_ID}/files/default"} == _ids(edge, *_bucket())


def test_rules_of_a_bucket_are_told_whole(edge: Edge) -> None:
    """The vendor's plugin cannot look them up: the file holds them, in the plugin's own words."""
    edge.make(BUCKET, name="files")
    edge.make(f"{BUCKET}/files/lock", "PUT", rules=[RULE])
    lock = _of_bucket("R2BucketLock")
    resources = _bucket(lock)

    found = match(resources, look(edge.client, resources), KEYS).matched[lock.urn]

    assert found.state is not None
    told = {"accountId": ACCOUNT_ID, "bucketName": "files", "rules": [RULE]}
    assert (NO_ID, told, {**told, "jurisdiction": "default"}) == (found.id, found.state.inputs, found.state.outputs)


def test_rules_that_a_bucket_does_not_have_are_not_there(edge: Edge) -> None:
    """No CORS rules is a "not found" at Cloudflare, no lock an empty list."""
    edge.make(BUCKET, name="files")

    assert {"bucket"} == _ids(edge, *_bucket(_of_bucket("R2BucketCors"), _of_bucket("R2BucketLock"))).keys()


@pytest.mark.parametrize("status", [403, 404])
def test_a_zone_that_is_not_of_the_account_is_named(status: int) -> None:
    """Cloudflare says either: what the stack file calls it, and what to do, stand in the error."""
    refused = httpx.MockTransport(lambda _request: httpx.Response(status, json={"errors": [{"message": "no"}]}))
    client = Client("http://edge", TOKEN, transport=refused)

    with pytest.raises(Problem, match=ZONE_ID) as caught:
        look(client, [_record(f"a.{ZONE}", "A", "192.0.2.1")])

    assert (ExitCode.VENDOR, True) == (caught.value.exit_code, "zoneId" in caught.value.where)


def test_records_that_nobody_declares_are_told(edge: Edge) -> None:
    """In a zone that the program has records in."""
    edge.record(f"old.{ZONE}", "A", "192.0.2.1")
    resources = [_record(f"new.{ZONE}", "A", "192.0.2.1")]

    found: list[Live] = match(resources, look(edge.client, resources), KEYS).unmanaged

    assert [f"the record A old.{ZONE}"] == [one.label for one in found]


@pytest.mark.parametrize("text", ["<html>a proxy's own page</html>", "[]", "null"])
def test_an_answer_that_is_not_cloudflares_is_told(text: str) -> None:
    """What stands before the API answers for it: that is an error with a name, and nothing is listed."""
    page = httpx.MockTransport(lambda _request: httpx.Response(200, text=text))
    client = Client("http://edge", TOKEN, transport=page)

    with pytest.raises(ApiError, match=r"GET /zones/\{zone\}/settings: the answer is not Cloudflare's"):
        client.get("/zones/a/settings", "/zones/{zone}/settings")
