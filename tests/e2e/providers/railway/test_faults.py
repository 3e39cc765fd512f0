"""What goes wrong between the engine's runs and Railway: one stack meets it all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from sandbox.fake.faults import Fault, Kind
from sandbox.fake.limits import Limit
from sandbox.fake.serving import running
from tests.e2e.providers.railway.subject import RailwaySubject
from tests.providers.conformance.project import Project, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("railway-faults")]


@dataclass
class Story:
    """What was left after it."""

    runs: dict[str, Run] = field(default_factory=dict)
    things: list[str] = field(default_factory=list)
    deployments: int = -1


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An update in a storm of faults."""
    subject = RailwaySubject()
    told = Story()
    with running(subject.app) as url:
        folder = tmp_path_factory.mktemp("faults") / "project"
        project = Project.make(folder, {subject.package: subject.plugin}, subject.stack(url))
        project.declare(subject.resources)
        _storm(subject)
        told.runs["storm"] = project.run("up")
        subject.app.faults.clear()
        subject.app.limit = None
        told.things = list(subject.things())
        told.deployments = len(subject.app.store.document["deployments"])
        told.runs["after"] = project.run("preview", "--json", "--refresh", "--expect-no-changes")
        yield told


def _storm(subject: RailwaySubject) -> None:
    """Every kind of fault, at every kind of request, and a rate limit that all must keep to."""
    subject.app.limit = Limit(20, 1.0)
    for operation in ("projectCreate", "serviceCreate", "volumeCreate", "serviceInstanceDeployV2"):
        subject.app.faults.add(Fault(operation, Kind.LOST))
    subject.app.faults.add(Fault("projects|services|domains|deployment", Kind.ERROR, times=4, status=502))
    subject.app.faults.add(Fault("variableCollectionUpsert|tcpProxies", Kind.LIMITED, times=6))


def test_a_storm_is_weathered(story: Story) -> None:
    """Through lost answers, errors and a rate limit, one update makes all that is declared."""
    run = story.runs["storm"]
    expected = {item.name: "create" for item in RailwaySubject.resources}
    assert (0, expected) == (run.exit_code, run.operations), run.output


def test_nothing_is_there_twice(story: Story) -> None:
    """Each thing is there once, and one deployment was made."""
    made = story.things
    assert (len(RailwaySubject.resources), 1) == (len(set(made)), story.deployments)
    assert len(made) == len(set(made))


def test_nothing_is_left_to_do(story: Story) -> None:
    """After the storm a refresh and a preview find nothing."""
    run = story.runs["after"]
    assert (0, {}) == (run.exit_code, run.operations), run.output
