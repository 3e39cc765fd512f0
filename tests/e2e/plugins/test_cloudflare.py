"""Cloudflare's components through the real engine on the stand-in: one stack's life, told fact by fact."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.cloudflare.application import ACCOUNT_ID, ZONE_ID

if TYPE_CHECKING:
    from sandbox.fake.store import Document
    from tests.e2e.plugins.conftest import Cloud, Engine, Run

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("recorded")]

TOLD = {"plan": "pro", "target": "abc.up.railway.test", "expires": "2027-01-01"}

#: What someone changes behind our back, and the resource that a refresh must find it in.
TAMPERED = {
    "dns-api",
    "files-bucket",
    "files-cors",
    "files-lifecycle",
    "files-managed-domain",
    "firewall-managed",
    "key-token",
    "zone-bots",
    "zone-ssl",
}


def _tamper(state: Document) -> None:
    zone, account = state["zones"][ZONE_ID], state["accounts"][ACCOUNT_ID]
    bucket = account["buckets"]["files-edge"]
    record = next(one for one in zone["dns_records"].values() if one["name"].startswith("api."))
    managed = next(one for one in zone["rulesets"].values() if one["phase"] == "http_request_firewall_managed")
    record["content"] = "elsewhere.test"
    managed["rules"][0]["enabled"] = False
    zone["settings"]["ssl"] = "flexible"
    zone["bot_management"]["sbfm_definitely_automated"] = "allow"
    bucket["location"] = "APAC"
    bucket["cors"]["rules"][0]["allowed"]["origins"].append("https://evil.test")
    bucket["lifecycle"]["rules"].pop()
    bucket["managed"]["enabled"] = True
    account["tokens"].clear()


@dataclass(frozen=True)
class Life:
    """What each step of the stack's life left."""

    made: Run
    again: Run
    state: dict[str, dict[str, Any]]
    shown: dict[str, dict[str, Any]]
    seen: dict[str, str]
    mended: Run
    changed: Run
    tokens: list[str]
    destroyed: Run
    left: Document


@pytest.fixture(scope="module")
def life(cloud: Cloud, engine: Engine) -> Life:
    """Make, make again, tamper, look, mend, change, remove."""
    service = cloud.cloudflare
    shutil.copytree(Path(__file__).parent / "edge", engine.project, dirs_exist_ok=True)
    _tell(engine)
    made = engine.run("up")
    assert made.exit_code == 0, made.output
    again = engine.run("up")
    state = engine.state()
    exported = json.loads(engine.call("stack", "export", "--show-secrets", "--stack", "test").stdout)
    shown = {item["urn"].rpartition("::")[2]: item.get("outputs", {}) for item in exported["deployment"]["resources"]}

    _tamper(service.store.document)
    service.store.save(service.now())
    seen = engine.run("refresh", "--preview-only").changes
    mended = engine.run("up", "--refresh")

    _tell(engine, expires="2027-04-01", target="def.up.railway.test", plan="free")
    changed = engine.run("up")
    tokens = [token["name"] for token in service.store.document["accounts"][ACCOUNT_ID]["tokens"].values()]
    destroyed = engine.run("destroy")
    return Life(made, again, state, shown, seen, mended, changed, tokens, destroyed, service.store.document)


def _tell(engine: Engine, **changes: str) -> None:
    (engine.project / "edge.json").write_text(json.dumps(TOLD | changes), "utf-8")


def test_second_update_is_empty(life: Life) -> None:
    """Up, then up again: nothing is to be done."""
    assert (0, {}) == (life.again.exit_code, life.again.changes)


def test_refresh_finds_what_was_changed_behind_its_back(life: Life) -> None:
    """Each thing that someone changed in Cloudflare, and nothing else, is found by a refresh that changes nothing."""
    assert TAMPERED == life.seen.keys()


def test_next_update_mends(life: Life) -> None:
    """The next update takes everything back to what the program says; a bucket elsewhere is another bucket."""
    assert (0, TAMPERED) == (life.mended.exit_code, TAMPERED & life.mended.changes.keys())
    assert life.mended.changes["files-bucket"] == "replace"


def _secret(value: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """A secret of the export, which holds it as JSON text."""
    return json.loads(value["plaintext"])


def test_key_is_the_tokens(life: Life) -> None:
    """The S3 key pair is the token's id, and the SHA-256 of its value."""
    stack = life.shown["plugins-test"]
    value = _secret(life.shown["key-token"]["value"])
    assert (life.state["key-token"]["id"], hashlib.sha256(value.encode()).hexdigest()) == (
        _secret(stack["key"]),
        _secret(stack["secret"]),
    )


def test_key_is_no_plain_text(life: Life, engine: Engine) -> None:
    """The token's value and the key's secret are ciphertext in the state, and in no output of the engine."""
    places = [path for path in (engine.project / "state").rglob("*") if path.is_file()]
    secret = _secret(life.shown["plugins-test"]["secret"])
    assert [] == [path for path in places if secret.encode() in path.read_bytes()]
    assert ({"ciphertext"}, False) == (
        life.state["key-token"]["outputs"]["value"].keys() & {"ciphertext", "plaintext"},
        secret in life.made.output,
    )


def test_another_day_makes_another_key(life: Life) -> None:
    """A later end replaces the token: its value could not change otherwise."""
    assert ("replace", ["files-until-2027-04-01"]) == (life.changed.changes["key-token"], life.tokens)


def test_record_follows_its_target(life: Life) -> None:
    """Another target of the Railway domain changes the record in place."""
    assert life.changed.changes["dns-api"] == "update"


def test_plan_decides(life: Life) -> None:
    """Another plan changes the rate limit, bots, our own rules and Cloudflare's, in place, and nothing else does."""
    asked = {"dns-api": "update", "key-token": "replace"}
    plans = ("firewall-custom", "firewall-managed", "firewall-rate-limit", "zone-bots")
    assert (0, asked | dict.fromkeys(plans, "update")) == (life.changed.exit_code, life.changed.changes)


def test_destroy_leaves_no_name(life: Life) -> None:
    """After a destroy there is no record, no ruleset, no bucket and no token."""
    zone, account = life.left["zones"][ZONE_ID], life.left["accounts"][ACCOUNT_ID]
    assert life.destroyed.exit_code == 0, life.destroyed.output
    assert [{}] * 4 == [zone["dns_records"], zone["rulesets"], account["buckets"], account["tokens"]]
