"""Staged changes: a TCP proxy is made from one, and somebody else's are neither committed nor lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import ProviderError, Severity
from providers.railway.answers import Staged
from providers.railway.resources.environment import staged_names
from sandbox.fake.faults import Kind

if TYPE_CHECKING:
    from tests.unit.providers.made import Made
    from tests.unit.providers.railway.world import Product


def foreign(made: Product) -> dict[str, Any]:
    """A patch that somebody made in the dashboard."""
    return {"services": {made.service.id: {"deploy": {"startCommand": "theirs"}}}}


def stage(made: Product) -> None:
    """Somebody stages it."""
    made.world.client.stage(made.world.call(), made.environment_id, foreign(made), merge=False)


def staged(made: Product) -> Any:  # noqa: ANN401 - JSON
    """What is staged."""
    return made.world.client.staged(made.world.call(), made.environment_id).patch


def proxy(made: Product) -> Made:
    """A TCP proxy."""
    return made.world.create("TcpProxy", **made.where, applicationPort=5432)


def environment(made: Product) -> Made:
    """The default environment, adopted."""
    return made.world.create("Environment", projectId=made.project.id, name="production")


def test_a_proxy(made: Product) -> None:
    """A proxy is staged and committed, with nothing left staged; the deprecated request is not used."""
    found = proxy(made)
    assert ({}, 1) == (staged(made) or {}, len(made.world.table("tcpProxies")))
    assert (found.out["domain"], found.out["proxyPort"]) == (
        made.world.table("tcpProxies")[0]["domain"],
        made.world.table("tcpProxies")[0]["proxyPort"],
    )


def test_a_proxy_deploys_nothing(made: Product) -> None:
    """The service goes on as it is."""
    made.deployed()
    proxy(made)
    assert 1 == len(made.world.table("deployments"))


def test_somebody_elses_changes(made: Product) -> None:
    """With somebody else's changes staged nothing is made; they are named without their values, and stay staged."""
    stage(made)
    with pytest.raises(ProviderError, match=f"not ours: services.{made.service.id}.deploy.startCommand") as caught:
        proxy(made)
    assert ([], foreign(made), False) == (made.world.table("tcpProxies"), staged(made), "theirs" in str(caught.value))


def test_somebody_is_quicker(made: Product) -> None:
    """What somebody stages between our look and our change is left as it was, and ours is withdrawn."""
    made.world.fault("environmentStagedChanges", Kind.LAG, seconds=50)
    made.world.clock.seconds += 100
    patch = foreign(made)
    patch["services"][made.service.id]["variables"] = {"KEY": {"value": "their-" + "value"}}
    made.world.client.stage(made.world.call(), made.environment_id, patch, merge=False)
    with pytest.raises(ProviderError, match="not ours"):
        proxy(made)
    held = made.world.app.store.document["staged"][made.environment_id]["patch"]
    patch["services"][made.service.id]["networking"] = {"tcpProxies": {"5432": None}}
    assert ([], patch) == (made.world.table("tcpProxies"), held)


def test_ours_from_before(made: Product) -> None:
    """Our own change, staged by a run that was killed before it committed, is no hindrance."""
    patch: dict[str, Any] = {"services": {made.service.id: {"networking": {"tcpProxies": {"5432": {}}}}}}
    made.world.client.stage(made.world.call(), made.environment_id, patch, merge=False)
    proxy(made)
    assert 1 == len(made.world.table("tcpProxies"))


def test_a_lost_commit(made: Product) -> None:
    """When the answer to the commit is lost, the proxy is found and not made twice."""
    made.world.fault("environmentPatchCommitStaged", Kind.LOST)
    proxy(made)
    assert 1 == len(made.world.table("tcpProxies"))


def test_a_refresh_shows_what_is_staged(made: Product) -> None:
    """What somebody staged stands in what a refresh gives, and the engine sees a difference."""
    known = environment(made)
    stage(made)
    read = made.world.read(known)
    assert read is not None
    name = f"services.{made.service.id}.deploy.startCommand"
    assert ([name], [name]) == (read.out["stagedChanges"], read.stored.inputs["stagedChanges"])


def test_a_plan_tells_what_is_staged(made: Product) -> None:
    """A plan after that refresh warns of it, and has nothing to do about it: it is somebody's work."""
    stage(made)
    read = made.world.read(environment(made))
    assert read is not None
    checked = made.world.handler("Environment").check(
        made.world.call(kind="Environment"), {"projectId": made.project.id, "name": "production"}, read.stored.inputs
    )
    found = made.world.handler("Environment").diff(made.world.call(kind="Environment"), read.stored, checked.inputs)
    warnings = [text for severity, text in made.world.logged if severity is Severity.WARNING]
    assert ((), 1, True) == (found.changes, len(warnings), "deploy.startCommand" in warnings[0])


def test_a_rename_leaves_it(made: Product) -> None:
    """An update of the environment after such a refresh goes through, and what is staged stays."""
    known = environment(made)
    stage(made)
    read = made.world.read(known)
    assert read is not None
    renamed = made.world.update(read, name="live")
    assert ("live", foreign(made)) == (renamed.out["name"], staged(made))


def test_what_was_committed_is_staged_no_more(made: Product) -> None:
    """When somebody committed it, the next refresh shows that too."""
    known = environment(made)
    stage(made)
    read = made.world.read(known)
    assert read is not None
    made.world.client.commit_staged(made.world.call(), made.environment_id, "theirs")
    again = made.world.read(read)
    assert again is not None
    assert ([], False) == (again.out["stagedChanges"], "stagedChanges" in again.stored.inputs)


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({}, []),
        ({"services": {"s": {"variables": {"KEY": {"value": "x"}}}}}, ["services.s.variables.KEY"]),
        ({"services": {"s": {"isDeleted": True}}}, ["services.s.isDeleted"]),
        ({"sharedVariables": {"A": {"value": "x"}, "B": None}}, ["sharedVariables.A", "sharedVariables.B"]),
        ({"services": {"s": {"networking": {"tcpProxies": {"1": {}}}}}}, ["services.s.networking.tcpProxies.1"]),
    ],
)
def test_names_of_what_is_staged(patch: dict[str, Any], expected: list[str]) -> None:
    """Each place that a patch changes has its name, and no value is in it."""
    assert expected == staged_names(Staged(id="p", status="STAGED", patch=patch))


def test_what_is_committed_is_not_staged() -> None:
    """The last patch may be shown after it was committed: it is staged no more."""
    assert [] == staged_names(Staged(id="p", status="COMMITTED", patch={"services": {"s": {"isDeleted": True}}}))
