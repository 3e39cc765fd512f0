"""What goes wrong between the engine's runs and Railway: one stack meets it all, and another one at the same time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sandbox.fake.faults import Fault, Kind
from sandbox.fake.limits import Limit
from sandbox.fake.serving import running
from tests.e2e.providers.railway.subject import RailwaySubject
from tests.providers.conformance.project import Project, Run
from tests.providers.conformance.subject import Declared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("railway-faults")]


@dataclass
class Story:
    """What was left after each step."""

    runs: dict[str, Run] = field(default_factory=dict)
    things: dict[str, list[str]] = field(default_factory=dict)
    deployments: int = -1


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An update in a storm of faults, and two updates of two stacks at once."""
    subject = RailwaySubject()
    told = Story()
    with running(subject.app) as url:
        folder = tmp_path_factory.mktemp("faults")
        one = _project(folder / "one", subject, url)
        one.declare(subject.resources)
        _storm(subject)
        told.runs["storm"] = one.run("up")
        subject.app.faults.clear()
        subject.app.limit = None
        told.things["storm"] = list(subject.things())
        told.deployments = len(subject.app.store.document["deployments"])
        told.runs["after"] = one.run("preview", "--json", "--refresh", "--expect-no-changes")
        other = _project(folder / "other", subject, url)
        other.declare(_others(one.ids()))
        one.declare(subject.changed)
        _both(told, one, other)
        told.things["both"] = list(subject.things())
        yield told


def _project(folder: Path, subject: RailwaySubject, url: str) -> Project:
    return Project.make(folder, {subject.package: subject.plugin}, subject.stack(url))


def _storm(subject: RailwaySubject) -> None:
    """Every kind of fault, at every kind of request, and a rate limit that all must keep to."""
    subject.app.limit = Limit(8, 1.0)
    for operation in ("projectCreate", "serviceCreate", "volumeCreate", "serviceInstanceDeployV2"):
        subject.app.faults.add(Fault(operation, Kind.LOST))
    subject.app.faults.add(Fault("projects|services|domains|deployment", Kind.ERROR, times=4, status=502))
    subject.app.faults.add(Fault("variableCollectionUpsert|tcpProxies", Kind.LIMITED, times=6))


def _others(ids: dict[str, str]) -> list[Declared]:
    """What another stack has in the same project: the same service in the environment that was there first."""
    where = {
        "projectId": ids["project"],
        "environmentId": {"$output": ["production", "id"]},
        "serviceId": ids["engine"],
    }
    triggers = {"instance": {"$output": ["live", "revision"]}}
    return [
        Declared("production", "railway:index:Environment", {"projectId": ids["project"], "name": "production"}),
        Declared("live", "railway:index:ServiceInstance", {**where, "image": "registry.example/engine:1"}),
        Declared("serving", "railway:index:Deployment", {**where, "triggers": triggers}),
    ]


def _both(told: Story, one: Project, other: Project) -> None:
    def update(name: str, project: Project) -> None:
        told.runs[name] = project.run("up")

    threads = [threading.Thread(target=update, args=item) for item in (("one", one), ("other", other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_storm_is_weathered(story: Story) -> None:
    """Through lost answers, errors and a rate limit, one update makes all that is declared."""
    run = story.runs["storm"]
    expected = {item.name: "create" for item in RailwaySubject.resources}
    assert (0, expected) == (run.exit_code, run.operations), run.output


def test_nothing_is_there_twice(story: Story) -> None:
    """Each thing is there once, and one deployment was made."""
    made = story.things["storm"]
    assert (len(RailwaySubject.resources), 1) == (len(set(made)), story.deployments)
    assert len(made) == len(set(made))


def test_nothing_is_left_to_do(story: Story) -> None:
    """After the storm a refresh and a preview find nothing."""
    run = story.runs["after"]
    assert (0, {}) == (run.exit_code, run.operations), run.output


def test_two_updates_at_once(story: Story) -> None:
    """Two stacks update one service in two environments at the same time: both get what they declare."""
    one, other = story.runs["one"], story.runs["other"]
    assert (0, 0) == (one.exit_code, other.exit_code), one.output + other.output
    assert {"production": "create", "live": "create", "serving": "create"} == other.operations
    assert len(story.things["storm"]) + 1 == len(set(story.things["both"]))
