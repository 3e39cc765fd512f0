"""The stand-in's resources on Cloudflare's API: each type's life, and what is changed behind its back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import Properties, ProviderError, Stored
from sandbox.cloudflare.application import ACCOUNT_ID, ZONE_ID
from sandbox.plugins.cloudflare.places import PLACES

if TYPE_CHECKING:
    from tests.unit.plugins.cloudflare.conftest import Edge

BUCKET = {"accountId": ACCOUNT_ID, "bucketName": "files"}
RECORD = "cloudflare:index/dnsRecord:DnsRecord"
RULESET = "cloudflare:index/ruleset:Ruleset"
SETTING = "cloudflare:index/zoneSetting:ZoneSetting"
TOKEN = "cloudflare:index/accountToken:AccountToken"  # noqa: S105 - a type of resource
BOTS = "cloudflare:index/botManagement:BotManagement"
CORS = "cloudflare:index/r2BucketCors:R2BucketCors"
LIFECYCLE = "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle"
LOCK = "cloudflare:index/r2BucketLock:R2BucketLock"
DOMAIN = "cloudflare:index/r2ManagedDomain:R2ManagedDomain"

#: One of each type, as a program declares it, and the same with something changed.
INPUTS: dict[str, tuple[Properties, Properties]] = {
    RECORD: (
        {
            "zoneId": ZONE_ID,
            "name": "api.amoisekai.test",
            "type": "CNAME",
            "content": "a.up.railway.test",
            "ttl": 1,
            "proxied": True,
        },
        {"content": "b.up.railway.test"},
    ),
    RULESET: (
        {
            "zoneId": ZONE_ID,
            "kind": "zone",
            "name": "Rate limit",
            "phase": "http_ratelimit",
            "rules": [
                {
                    "ref": "limit",
                    "action": "block",
                    "expression": "true",
                    "enabled": True,
                    "ratelimit": {"characteristics": ["cf.colo.id", "ip.src"], "period": 60, "requestsPerPeriod": 9},
                }
            ],
        },
        {"rules": []},
    ),
    SETTING: ({"zoneId": ZONE_ID, "settingId": "ssl", "value": "strict"}, {"value": "full"}),
    TOKEN: (
        {
            "accountId": ACCOUNT_ID,
            "name": "files",
            "policies": [
                {
                    "effect": "allow",
                    "permissionGroups": [{"id": "2efd5506f9c8494dacb1fa10a3e7d5b6"}],
                    "resources": json.dumps({"com.cloudflare.edge.r2.bucket.a_default_files": "*"}),
                }
            ],
            "expiresOn": "2027-01-01T00:00:00Z",
        },
        {"expiresOn": "2027-02-01T00:00:00Z"},
    ),
    BOTS: ({"zoneId": ZONE_ID, "enableJs": True, "sbfmDefinitelyAutomated": "block"}, {"enableJs": False}),
    CORS: (
        {**BUCKET, "rules": [{"id": "web", "allowed": {"methods": ["GET"], "origins": ["https://amoisekai.test"]}}]},
        {"rules": [{"id": "web", "allowed": {"methods": ["PUT"], "origins": ["https://amoisekai.test"]}}]},
    ),
    LIFECYCLE: (
        {
            **BUCKET,
            "rules": [
                {
                    "id": "expire",
                    "enabled": True,
                    "conditions": {"prefix": "exports/"},
                    "deleteObjectsTransition": {"condition": {"type": "Age", "maxAge": 86400}},
                }
            ],
        },
        {"rules": []},
    ),
    LOCK: (
        {
            **BUCKET,
            "rules": [{"id": "lock", "enabled": True, "condition": {"type": "Age", "maxAgeSeconds": 86400}}],
        },
        {"rules": []},
    ),
    DOMAIN: ({**BUCKET, "enabled": False}, {"enabled": True}),
}

#: Where the vendor's plugin imports each; the rest it imports not at all.
IMPORTS = {
    RECORD: "{zone}/{id}",
    RULESET: "zones/{zone}/{id}",
    SETTING: "{zone}/ssl",
    TOKEN: "{account}/{id}",
    BOTS: "{zone}",
}


@pytest.fixture(autouse=True)
def _bucket(edge: Edge) -> None:
    """The bucket that rules are about."""
    account: dict[str, Any] = {"buckets": {}, "tokens": {}}
    edge.state["accounts"][ACCOUNT_ID] = account
    managed = {"bucketId": "files", "domain": "files.test", "enabled": False}
    account["buckets"]["files"] = {
        "name": "files",
        "cors": None,
        "lifecycle": {"rules": []},
        "lock": {"rules": []},
        "managed": managed,
    }


def test_every_type_is_here() -> None:
    """Each type that the service holds has a case below."""
    assert PLACES.keys() == INPUTS.keys()


@pytest.mark.parametrize("token", INPUTS)
def test_made_is_read(edge: Edge, token: str) -> None:
    """What was made is read with the same inputs and outputs: a refresh finds nothing."""
    stored = edge.make(token, INPUTS[token][0])
    assert stored == edge.read(token, stored)


@pytest.mark.parametrize("token", INPUTS)
def test_changed_is_read(edge: Edge, token: str) -> None:
    """After an update a read gives the new inputs, and the outputs that the update gave."""
    stored = edge.make(token, INPUTS[token][0])
    after = stored.inputs | INPUTS[token][1]
    outputs = edge.handler(token).update(edge.call(token), stored, after)
    changed = Stored(stored.id, after, outputs)
    assert changed == edge.read(token, changed)


@pytest.mark.parametrize("token", IMPORTS)
def test_import_gives_what_the_program_asked(edge: Edge, token: str) -> None:
    """An import by the vendor's form of an id gives the inputs that it was made of, and no other."""
    stored = edge.make(token, INPUTS[token][0])
    given = IMPORTS[token].format(zone=ZONE_ID, account=ACCOUNT_ID, id=stored.id)
    found = edge.read(token, Stored(given))
    assert found is not None
    assert (stored.id, stored.inputs) == (found.id, found.inputs)


@pytest.mark.parametrize("token", sorted(set(INPUTS) - set(IMPORTS)))
def test_no_import_where_the_vendor_has_none(edge: Edge, token: str) -> None:
    """What the vendor's plugin does not import is refused, and the message says so."""
    with pytest.raises(ProviderError, match="imports none either"):
        edge.read(token, Stored("a/b/default"))


def test_import_of_another_form_names_the_right_one(edge: Edge) -> None:
    """An import's id of another form is refused, naming the form."""
    with pytest.raises(ProviderError, match=r"an import's id is zones/<zone_id>/<id>, got 'abc'"):
        edge.read(RULESET, Stored("abc"))


@pytest.mark.parametrize("token", [RECORD, RULESET, TOKEN, CORS])
def test_deleted_is_gone(edge: Edge, token: str) -> None:
    """What was deleted is gone, and to delete it again is no error."""
    stored = edge.make(token, INPUTS[token][0])
    handler = edge.handler(token)
    handler.delete(edge.call(token), stored)
    handler.delete(edge.call(token), stored)
    assert edge.read(token, stored) is None


@pytest.mark.parametrize("token", [SETTING, BOTS, LIFECYCLE, LOCK, DOMAIN])
def test_what_there_always_is_stays(edge: Edge, token: str) -> None:
    """What there always is stays as it was last set: the vendor's plugin has nothing to delete there either."""
    stored = edge.make(token, INPUTS[token][0])
    edge.handler(token).delete(edge.call(token), stored)
    assert stored == edge.read(token, stored)


def test_record_changed_behind_its_back_is_found(edge: Edge) -> None:
    """A DNS record that leads elsewhere, and is no longer proxied, is read as it is now."""
    stored = edge.make(RECORD, INPUTS[RECORD][0])
    edge.state["zones"][ZONE_ID]["dns_records"][stored.id].update(content="evil.test", proxied=False)
    found = edge.read(RECORD, stored)
    assert found is not None
    assert stored.inputs | {"content": "evil.test", "proxied": False} == found.inputs


def test_what_was_added_behind_its_back_is_found(edge: Edge) -> None:
    """A comment that nobody asked for is read."""
    stored = edge.make(RECORD, INPUTS[RECORD][0])
    edge.state["zones"][ZONE_ID]["dns_records"][stored.id]["comment"] = "by hand"
    found = edge.read(RECORD, stored)
    assert found is not None
    assert stored.inputs | {"comment": "by hand"} == found.inputs


def test_rule_added_behind_its_back_is_found(edge: Edge) -> None:
    """A rule that someone put into a ruleset is read, without the ids that the API made up."""
    stored = edge.make(RULESET, INPUTS[RULESET][0])
    rule = {"id": "b" * 32, "ref": "b" * 32, "version": "1", "action": "log", "expression": "true", "enabled": True}
    edge.state["zones"][ZONE_ID]["rulesets"][stored.id]["rules"].append(rule)
    found = edge.read(RULESET, stored)
    assert found is not None
    assert {"action": "log", "expression": "true", "enabled": True} == found.inputs["rules"][1]  # type: ignore[index]  # a list of rules


def test_rule_says_no_more_than_it_was_given(edge: Edge) -> None:
    """A rule without a name of its own and without a switch is read as it was asked for."""
    rules: Properties = {"phase": "http_request_firewall_custom", "rules": [{"action": "log", "expression": "true"}]}
    stored = edge.make(RULESET, INPUTS[RULESET][0] | rules)
    assert stored == edge.read(RULESET, stored)


def test_gone_behind_its_back_is_gone(edge: Edge) -> None:
    """A record that someone deleted is gone."""
    stored = edge.make(RECORD, INPUTS[RECORD][0])
    edge.state["zones"][ZONE_ID]["dns_records"].clear()
    assert edge.read(RECORD, stored) is None


def test_token_is_told_once(edge: Edge) -> None:
    """A token's value is in the answer that made it, kept by every read, and nowhere in the service's state."""
    stored = edge.make(TOKEN, INPUTS[TOKEN][0])
    value = stored.outputs["value"]
    found = edge.read(TOKEN, stored)
    assert found is not None
    assert (True, value, False) == (
        isinstance(value, str),
        found.outputs["value"],
        str(value) in json.dumps(edge.state),
    )


@pytest.mark.parametrize(
    ("token", "change", "replaces"),
    [
        (RECORD, {"zoneId": "1" * 32}, True),
        (RECORD, {"name": "www.amoisekai.test"}, False),
        (RULESET, {"phase": "http_request_firewall_custom"}, True),
        (RULESET, {"name": "other"}, False),
        (SETTING, {"settingId": "tls_1_3"}, True),
        (TOKEN, {"accountId": "1" * 32}, True),
        (TOKEN, {"expiresOn": "2027-02-01T00:00:00Z"}, False),
        (LIFECYCLE, {"bucketName": "other"}, True),
        (LOCK, {"jurisdiction": "eu"}, True),
        (BOTS, {"zoneId": "1" * 32}, True),
    ],
)
def test_what_replaces(edge: Edge, token: str, change: Properties, *, replaces: bool) -> None:
    """A change replaces where the vendor's plugin says so, else it updates."""
    before = INPUTS[token][0]
    diff = edge.handler(token).diff(edge.call(token), Stored("x", before, before), before | change)
    assert replaces == any(found.replaces for found in diff.changes)


def test_asking_for_what_is_so_by_itself_changes_nothing(edge: Edge) -> None:
    """A program that writes down what the API does by itself has nothing to change after an import."""
    edge.make(BOTS, INPUTS[BOTS][0])
    found = edge.read(BOTS, Stored(ZONE_ID))
    assert found is not None
    asked = INPUTS[BOTS][0] | {"sbfmVerifiedBots": "allow", "optimizeWordpress": False}
    assert edge.handler(BOTS).diff(edge.call(BOTS), found, asked).changes == ()


def test_no_longer_asked_for_goes_back(edge: Edge) -> None:
    """What a program no longer asks for is a change, and goes back to what it is by itself."""
    stored = edge.make(BOTS, INPUTS[BOTS][0])
    after = {name: value for name, value in stored.inputs.items() if name != "sbfmDefinitelyAutomated"}
    handler = edge.handler(BOTS)
    changes = handler.diff(edge.call(BOTS), stored, after).changes
    handler.update(edge.call(BOTS), stored, after)
    now = edge.state["zones"][ZONE_ID]["bot_management"]["sbfm_definitely_automated"]
    assert ([("sbfmDefinitelyAutomated",)], "allow") == ([change.path for change in changes], now)


def test_ruleset_of_an_account_is_refused(edge: Edge) -> None:
    """The service holds rulesets of zones alone; another is refused by the input that is missing."""
    inputs: Properties = {"accountId": ACCOUNT_ID, "kind": "root", "name": "a", "phase": "http_ratelimit"}
    with pytest.raises(ProviderError, match="without 'zoneId'"):
        edge.make(RULESET, inputs)


def test_preview_sends_nothing(edge: Edge) -> None:
    """A preview foresees a record and asks the API nothing."""
    call = edge.call(RECORD)
    call = type(call)(urn=call.urn, token=call.token, name=call.name, preview=True, seed=call.seed)
    edge.handler(RECORD).create(call, INPUTS[RECORD][0])
    assert edge.service.total == 0
