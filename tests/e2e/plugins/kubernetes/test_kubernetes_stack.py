"""The kubernetes stand-in under the real command line: one stack's story, told once, then looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.plugins.kubernetes.tokens import Type

if TYPE_CHECKING:
    from sandbox.plugins.kubernetes.cluster import Cluster
    from sandbox.plugins.kubernetes.provider import Kubernetes
    from tests.e2e.plugins.kubernetes.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("kubernetes")]

PASSWORD = "correct horse battery staple"  # noqa: S105 - made up for these tests
ENCODED = "Y29ycmVjdCBob3JzZSBiYXR0ZXJ5IHN0YXBsZQ=="

PROGRAM = """
team = k8s.core.v1.Namespace("team", metadata={{"name": "team"}})
inside = pulumi.ResourceOptions(depends_on=[team])
keys = k8s.core.v1.Secret(
    "keys", metadata={{"name": "keys", "namespace": team.metadata.name}}, string_data={{"password": "{password}"}}
)
settings = k8s.core.v1.ConfigMap("settings", metadata={{"namespace": "team"}}, data={{"mode": "{mode}"}}, opts=inside)
pod = {{"restart_policy": "Never", "containers": [{{"name": "main", "image": "busybox"}}]}}
k8s.batch.v1.CronJob(
    "hourly",
    metadata={{"name": "hourly", "namespace": "team", "annotations": {{"pulumi.com/patchForce": "true"}}}},
    spec={{"schedule": "{schedule}", "job_template": {{"spec": {{"template": {{"spec": pod}}}}}}}},
    opts=inside,
)
k8s.core.v1.ConfigMap("copy", metadata={{"name": "copy", "namespace": "team"}}, data={{"uid": settings.metadata.uid}})
"""


def _program(mode: str = "calm", schedule: str = "0 * * * *") -> str:
    return PROGRAM.format(password=PASSWORD, mode=mode, schedule=schedule)


@dataclass(frozen=True)
class Story:
    """What each chapter left."""

    bad_preview: str
    up: dict[str, int]
    state: str
    live: dict[str, Any]
    refresh: dict[str, int]
    drifted: dict[str, Any]
    repair: dict[str, int]
    repaired: str
    again: dict[str, int]
    imported: dict[str, Any]
    destroy: dict[str, int]
    left: list[str]


@pytest.fixture(scope="module")
def cluster(provider: Kubernetes) -> Cluster:
    """The API server, to look and change things behind the engine's back."""
    found = provider.cluster()
    assert found is not None
    return found


def _get(cluster: Cluster, api_version: str, kind: str, namespace: str, name: str) -> dict[str, Any] | None:
    where = cluster.find(Type(api_version, kind))
    assert where is not None
    return cluster.get(where, namespace, name)


def _apply(cluster: Cluster, **wanted: Any) -> None:  # noqa: ANN401 - JSON
    where = cluster.find(Type(wanted["apiVersion"], wanted["kind"]))
    assert where is not None
    cluster.apply(where, wanted, manager="someone-else", force=True, dry_run=False, log=lambda _text: None)


def _resource(state: str, name: str) -> dict[str, Any]:
    rows = json.loads(state)["deployment"]["resources"]
    return next(row for row in rows if row["urn"].endswith(f"::{name}"))


@pytest.fixture(scope="module")
def story(stack: Stack, cluster: Cluster) -> Story:
    """The whole life of a stack."""
    stack.program(_program(schedule="every hour"))
    bad_preview = stack.run("preview", expect=None)
    stack.program(_program())
    up = stack.change("up")
    state = stack.state()
    live = _get(cluster, "v1", "Secret", "team", "keys") or {}

    meta = {"name": "hourly", "namespace": "team"}
    _apply(cluster, apiVersion="batch/v1", kind="CronJob", metadata=meta, spec={"schedule": "9 * * * *"})
    refresh = stack.change("refresh", "--skip-preview")
    drifted = _resource(stack.state(), "hourly")["inputs"]
    stack.program(_program(mode="brisk"))
    repair = stack.change("up", "--skip-preview")
    hourly = _get(cluster, "batch/v1", "CronJob", "team", "hourly") or {}
    again = stack.change("up", "--skip-preview")

    meta = {"name": "found", "namespace": "default"}
    _apply(cluster, apiVersion="v1", kind="ConfigMap", metadata=meta, data={"a": "1"})
    options = ("--protect=false", "--generate-code=false", "--skip-preview")
    stack.change("import", "kubernetes:core/v1:ConfigMap", "found", "default/found", *options)
    imported = _resource(stack.state(), "found")
    destroy = stack.change("destroy", "--skip-preview")
    left = [
        name
        for kind, namespace, name in (("Namespace", "", "team"), ("ConfigMap", "default", "found"))
        if _get(cluster, "v1", kind, namespace, name)
    ]
    return Story(
        bad_preview,
        up,
        state,
        live,
        refresh,
        drifted,
        repair,
        hourly["spec"]["schedule"],
        again,
        imported,
        destroy,
        left,
    )


def test_bad_schedule_is_rejected_at_preview(story: Story) -> None:
    """A preview names the faulty field's path, though its namespace is yet to be made."""
    assert 'spec.schedule: Invalid value: "every hour"' in story.bad_preview


def test_up(story: Story) -> None:
    """An update, previewed with values that only it will know, makes what the program declares."""
    assert {"created": 6} == story.up


def test_secret_is_really_there(story: Story) -> None:
    """The API server has the Secret's text."""
    assert {"password": ENCODED} == story.live["data"]


def test_state_holds_no_secret(story: Story) -> None:
    """The state shows the Secret neither as the program wrote it nor as the server stores it."""
    assert [] == [text for text in (PASSWORD, ENCODED) if text in story.state]


def test_refresh_finds_drift(story: Story) -> None:
    """A refresh tells one object changed, and which field."""
    assert (1, "9 * * * *") == (story.refresh.get("updated"), story.drifted["spec"]["schedule"])


def test_update_repairs_and_replaces(story: Story) -> None:
    """The next update sets the changed field back, replaces the immutable object, and follows its new identity."""
    assert ({"replaced": 2, "unchanged": 3, "updated": 1}, "0 * * * *") == (story.repair, story.repaired)


def test_no_change(story: Story) -> None:
    """An update of the same program changes nothing."""
    assert {"unchanged": 6} == story.again


def test_import(story: Story) -> None:
    """An imported object's inputs are what someone applied."""
    expected = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "found", "namespace": "default"},
        "data": {"a": "1"},
    }
    assert ("default/found", expected) == (story.imported["id"], story.imported["inputs"])


def test_destroy(story: Story) -> None:
    """Destroying the stack deletes every object, the imported one too."""
    assert ({"deleted": 7}, []) == (story.destroy, story.left)
