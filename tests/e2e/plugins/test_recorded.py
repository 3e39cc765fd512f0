"""The cloudflare, grafana and noop stand-ins through the real engine: one stack's life, told fact by fact."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.plugins.conftest import Cloud, Engine, Run

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("recorded")]

SECRET = "a-hook-with-a-token-0123456789"  # noqa: S105 - what the tests look for in files
ACCOUNT = "0123456789abcdef0123456789abcdef"

RESOURCES: list[dict[str, Any]] = [
    {
        "name": "vault",
        "type": "cloudflare:index/r2Bucket:R2Bucket",
        "properties": {"accountId": ACCOUNT, "name": "vault", "location": "weur"},
        "outputs": ["creationDate"],
    },
    {
        "name": "retention",
        "type": "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle",
        "properties": {
            "accountId": ACCOUNT,
            "bucketName": {"$output": ["vault", "id"]},
            "rules": [
                {
                    "id": "hourly",
                    "enabled": True,
                    "conditions": {"prefix": "hourly/"},
                    "deleteObjectsTransition": {"condition": {"type": "Age", "maxAge": 172800}},
                }
            ],
        },
    },
    {
        "name": "contact",
        "type": "grafana:alerting/contactPoint:ContactPoint",
        "properties": {"name": "slack", "slacks": [{"url": {"$secret": SECRET}, "title": "an alert"}]},
    },
    {
        "name": "folder",
        "type": "grafana:oss/folder:Folder",
        "properties": {"title": "Amoisekai"},
        "outputs": ["uid"],
    },
    {
        "name": "rules",
        "type": "grafana:alerting/ruleGroup:RuleGroup",
        "properties": {
            "name": "chapters",
            "folderUid": {"$output": ["folder", "uid"]},
            "intervalSeconds": 60,
            "rules": [{"name": "slow", "condition": "A", "datas": []}],
        },
    },
    {"name": "nothing", "type": "noop:index:Resource", "properties": {"any": {"thing": [1, True, None, "x"]}}},
]


def _with(resources: list[dict[str, Any]], resource: str, **properties: object) -> list[dict[str, Any]]:
    changed = copy.deepcopy(resources)
    next(item for item in changed if item["name"] == resource)["properties"].update(properties)
    return changed


@dataclass(frozen=True)
class Life:
    """What each step of the stack's life left."""

    refused: Run
    made: Run
    state: dict[str, dict[str, Any]]
    unchanged: Run
    healed: Run
    full: Run
    changed: Run
    after: dict[str, dict[str, Any]]
    imported: dict[str, dict[str, Any]]
    again: Run
    buckets: list[str]
    destroyed: Run


@pytest.fixture(scope="module")
def life(cloud: Cloud, engine: Engine) -> Life:
    """Make, leave, break, mend, change, import and remove one stack."""
    wrong = {"bucketName": "vault", "rules": [{"id": "h", "enabled": "yes"}], "jurisdicton": "eu"}
    engine.declare(*_with(RESOURCES, "retention", **wrong))
    refused = engine.run("preview")
    engine.declare(*RESOURCES)
    made = engine.run("up")
    assert made.exit_code == 0, made.output
    state = engine.state()
    unchanged = engine.run("preview")

    cloud.objects().delete_bucket(Bucket="vault")
    next((cloud.connections.root / "recorded" / "grafana").glob("Folder-*.json")).unlink()
    healed = engine.run("up", "--refresh")

    cloud.objects().put_object(Bucket="vault", Key="hourly/1", Body=b"x")
    engine.declare(*_with(RESOURCES, "vault", name="vault-two"))
    full = engine.run("up")
    cloud.objects().delete_object(Bucket="vault", Key="hourly/1")
    changes = _with(RESOURCES, "vault", name="vault-two")
    changes = _with(changes, "rules", intervalSeconds=30)
    changes = _with(changes, "contact", name="other")
    engine.declare(*changes)
    changed = engine.run("up")
    after = engine.state()

    cloud.objects().create_bucket(Bucket="by-hand")
    engine.run("import", "cloudflare:index/r2Bucket:R2Bucket", "by-hand", f"{ACCOUNT}/by-hand", "--protect=false")
    imported = engine.state()
    by_hand = {**RESOURCES[0], "name": "by-hand", "properties": {"accountId": ACCOUNT, "name": "by-hand"}}
    engine.declare(*changes, by_hand)
    again = engine.run("preview")
    buckets = sorted(item["Name"] for item in cloud.objects().list_buckets()["Buckets"])
    destroyed = engine.run("destroy")
    return Life(refused, made, state, unchanged, healed, full, changed, after, imported, again, buckets, destroyed)


def test_bad_properties_stop_the_preview(life: Life) -> None:
    """A wrong type and an unknown property stop the preview, each named by its path."""
    assert life.refused.exit_code != 0
    assert "rules[0].enabled" in life.refused.output
    assert "expected a boolean, got a string" in life.refused.output
    assert "unknown property 'jurisdicton'; did you mean 'jurisdiction'?" in life.refused.output


def test_everything_is_made(life: Life) -> None:
    """The first update makes every resource."""
    assert {item["name"]: "create" for item in RESOURCES} == life.made.operations


def test_nothing_changes_without_a_change(life: Life) -> None:
    """A second preview of the same program finds nothing to do."""
    assert (0, {}) == (life.unchanged.exit_code, life.unchanged.changes)


def test_next_update_mends(life: Life) -> None:
    """A bucket and a record deleted behind its back are seen, made again, and what stands in them is replaced."""
    assert {"vault": "create", "folder": "create", "rules": "replace"} == life.healed.changes


def test_full_bucket_is_not_removed(life: Life) -> None:
    """A bucket that holds objects is not removed; the message says so and what to do."""
    assert life.full.exit_code != 0
    assert "bucket 'vault' holds objects: empty it first" in life.full.output


def test_update_and_replace(life: Life) -> None:
    """A changed interval updates, a changed contact point's name replaces."""
    assert (0, "update", "replace") == (
        life.changed.exit_code,
        life.changed.changes["rules"],
        life.changed.changes["contact"],
    )


def test_renamed_bucket_takes_the_others_place(life: Life) -> None:
    """After a rename only the new bucket is there, beside the one made by hand."""
    assert ["by-hand", "vault-two"] == life.buckets


def test_import_needs_no_change_afterwards(life: Life) -> None:
    """An imported bucket is what the program declares: the next preview finds no change."""
    assert {"accountId": ACCOUNT, "name": "by-hand"}.items() <= life.imported["by-hand"]["inputs"].items()
    assert (0, {}) == (life.again.exit_code, life.again.changes), life.again.output


def test_secrets_are_nowhere_in_plain_text(life: Life, cloud: Cloud, engine: Engine) -> None:
    """A secret value is in no state, no record and no output of the engine."""
    places = [*(engine.project / "state").rglob("*"), *(cloud.connections.root / "recorded").rglob("*")]
    holding = [path for path in places if path.is_file() and SECRET.encode() in path.read_bytes()]
    texts = [life.made.output, life.changed.output, json.dumps(life.after)]
    assert ([], [False] * 3) == (holding, [SECRET in text for text in texts])


def test_noop_answers_with_what_it_was_given(life: Life) -> None:
    """The noop plugin's resource has the inputs for outputs, and its name for id."""
    nothing = life.state["nothing"]
    assert ("nothing", nothing["inputs"]) == (nothing["id"], nothing["outputs"])


def test_destroy_leaves_nothing(life: Life, cloud: Cloud) -> None:
    """A destroy removes buckets and records."""
    assert life.destroyed.exit_code == 0, life.destroyed.output
    assert [] == cloud.objects().list_buckets().get("Buckets", [])
    assert [] == list((cloud.connections.root / "recorded").rglob("[!.]*.json"))
