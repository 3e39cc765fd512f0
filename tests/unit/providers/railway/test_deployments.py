"""Deploying once, waiting, and going back."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from providers.kit.api import Ambiguous, ApiError
from providers.railway.deployments import DeployError, UnhealthyError
from sandbox.fake.faults import Kind

if TYPE_CHECKING:
    from providers.kit import Call
    from tests.unit.providers.railway.world import Product, World

HEALTH = {"healthcheckPath": "/api/health"}
BAD: dict[str, dict[str, object]] = {"bad": {"healthy": False}, "slow": {"seconds": 5000}}


@pytest.fixture(autouse=True)
def _bad_images(world: World) -> None:
    """One image never gets well, one takes more than an hour."""
    world.images(**BAD)


def image(made: Product, name: str) -> None:
    """Have the service run another image with the next deployment."""
    made.world.client.update_instance(
        made.world.call(), made.service.id, made.environment_id, {"source": {"image": name}, **HEALTH}
    )


def deploy(made: Product, timeout: float = 60.0) -> str:
    """Deploy and wait; gives the id of what serves."""
    release = made.world.client.release(made.world.call(), made.service.id, made.environment_id, timeout)
    return release.deployment.id


def statuses(made: Product) -> list[str]:
    """How each deployment is, the first one first."""
    return [item["status"] for item in made.world.table("deployments")]


def serving(made: Product) -> Any:  # noqa: ANN401 - the fake's document
    """What the one deployment that serves was made from."""
    (found,) = [item for item in made.world.table("deployments") if item["status"] == "SUCCESS"]
    return found["settings"]["source"]["image"]


def test_a_release(made: Product) -> None:
    """A deployment is waited for until it serves; what served before is told."""
    image(made, "one")
    first = deploy(made)
    image(made, "two")
    release = made.world.client.release(made.world.call(), made.service.id, made.environment_id)
    assert (first, "SUCCESS") == (release.previous and release.previous.id, release.deployment.status)
    assert "two" == serving(made)


def test_a_first_failure(made: Product) -> None:
    """Where nothing served before, the error says that nothing serves."""
    image(made, "bad")
    with pytest.raises(DeployError, match=r"has FAILED; no deployment before it can be gone back to") as caught:
        deploy(made)
    assert caught.value.serving is None


def test_a_failure_beside_what_serves(made: Product) -> None:
    """Where Railway never switched over, nothing is done but said: what served serves on."""
    image(made, "one")
    first = deploy(made)
    image(made, "bad")
    with pytest.raises(DeployError, match=rf"has FAILED; deployment {first} serves on") as caught:
        deploy(made)
    assert caught.value.serving is not None
    assert (first, ["SUCCESS", "FAILED"]) == (caught.value.serving.id, statuses(made))
    assert 0 == made.world.client.counts["deploymentRollback"]


def test_a_failure_that_took_the_old_one_down(made: Product) -> None:
    """With a volume the old one is gone before the new one fails: we go back to it and wait until it serves."""
    made.world.create("Volume", **made.where, mountPath="/data")
    image(made, "one")
    first = deploy(made)
    image(made, "bad")
    with pytest.raises(
        DeployError, match=rf"has FAILED; went back to deployment {first}, which serves now as"
    ) as caught:
        deploy(made)
    assert ("one", 1) == (serving(made), made.world.client.counts["deploymentRollback"])
    assert caught.value.serving is not None
    assert caught.value.serving.serves


def test_a_time_out(made: Product) -> None:
    """A deployment that is late is cancelled, so that it cannot take over after all; the error says how long it had."""
    image(made, "one")
    deploy(made)
    image(made, "slow")
    with pytest.raises(DeployError, match=r"is [A-Z]+ after 60 s; deployment .* serves on"):
        deploy(made)
    assert ("one", ["SUCCESS", "REMOVED"]) == (serving(made), statuses(made))


def test_a_time_out_is_kept(made: Product) -> None:
    """A deployment is waited for as long as was said, and not much longer."""
    image(made, "slow")
    started = made.world.clock()
    with pytest.raises(DeployError):
        deploy(made, timeout=40.0)
    assert 40.0 <= made.world.clock() - started < 52.0


def test_the_programs_own_limit(made: Product) -> None:
    """A limit that the program sets on the operation goes before the deployment's."""
    image(made, "slow")
    call = replace(made.world.call(), timeout=30.0)
    with pytest.raises(DeployError, match="after 30 s"):
        made.world.client.release(call, made.service.id, made.environment_id, 600)


def test_a_wait_late_in_a_call(made: Product) -> None:
    """A wait has the time that it is given, however long ago its call began."""
    image(made, "one")
    late = replace(made.world.call(), started=time.monotonic() - 3600)
    deployment = made.world.client.deploy(made.world.call(), made.service.id, made.environment_id)
    made.world.fault("deployment", Kind.ERROR, status=502)
    assert made.world.client.wait(late, deployment).serves


def test_the_user_ends_the_wait(made: Product) -> None:
    """Cancelled, the wait ends at once, and what was begun goes on at Railway."""
    image(made, "one")
    call = made.world.call()
    deployment = made.world.client.deploy(call, made.service.id, made.environment_id)
    call.cancelled.set()
    with pytest.raises(ApiError, match="was ended; it goes on at Railway"):
        made.world.client.wait(call, deployment)
    made.world.clock.seconds += 60
    made.world.client.serving(made.world.call(), made.service.id, made.environment_id)
    assert ["SUCCESS"] == statuses(made)


def _meanwhile(made: Product, monkeypatch: pytest.MonkeyPatch, *, deploys: bool) -> None:
    """Whatever we deploy, somebody removes it at once, and may deploy something of their own."""
    begin = made.world.client.deploy

    def deploy_and_lose(call: Call, *where: Any) -> str:  # noqa: ANN401 - as the client's own
        deployment = begin(call, *where)
        monkeypatch.undo()
        made.world.client.delete(call, "deploymentRemove", id=deployment)
        if deploys:
            image(made, "slow")
            begin(call, made.service.id, made.environment_id)
        return deployment

    monkeypatch.setattr(made.world.client, "deploy", deploy_and_lose)


def test_another_deployment_takes_its_place(made: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody's deployment has come in the place of ours, we say so and go back to nothing."""
    image(made, "one")
    _meanwhile(made, monkeypatch, deploys=True)
    with pytest.raises(DeployError, match=r"removed before it served.*; somebody's deployment .* takes its place"):
        deploy(made)
    assert 0 == made.world.client.counts["deploymentRollback"]


def test_somebody_removes_ours(made: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ours was removed and nothing serves, since a volume let the old one end first, we go back."""
    image(made, "one")
    first = deploy(made)
    made.world.client.remove_deployments(made.world.call(), made.service.id, made.environment_id)
    _meanwhile(made, monkeypatch, deploys=False)
    with pytest.raises(DeployError, match=f"removed before it served.*; went back to deployment {first}"):
        deploy(made)
    assert "one" == serving(made)


def test_late_and_good(made: Product) -> None:
    """What was late and serves all the same, as its cancellation came too late, is not gone back from."""
    image(made, "one")
    deploy(made)
    image(made, "two")
    call = made.world.call()
    second = made.world.client.deploy(call, made.service.id, made.environment_id)
    made.world.client.wait(call, second)
    late = UnhealthyError("late", second, late=True)
    error = made.world.client._back(call, late, None, made.service.id, made.environment_id)  # noqa: SLF001 - no clock meets this moment
    assert ("two", f"late; deployment {second} serves after all") == (serving(made), str(error))


def test_the_end_of_a_look_for_a_lost_deployment(made: Product) -> None:
    """When the user ends the look for what a lost answer has begun, it is not begun a second time."""
    image(made, "one")
    call = made.world.call()
    call.cancelled.set()
    made.world.fault("serviceInstanceDeployV2", Kind.ERROR)
    with pytest.raises(Ambiguous):
        made.world.client.deploy(call, made.service.id, made.environment_id)
    assert [] == statuses(made)


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.ERROR, Kind.TIMEOUT])
def test_never_two(made: Product, kind: Kind) -> None:
    """Whether the answer to a deployment was lost after it began, or before: one is begun."""
    image(made, "one")
    made.world.fault("serviceInstanceDeployV2", kind)
    deploy(made)
    assert ["SUCCESS"] == statuses(made)


def test_never_two_behind_a_lag(made: Product) -> None:
    """Nor when what was begun does not show at once."""
    image(made, "one")
    deploy(made)
    made.world.clock.seconds += 100
    made.world.fault("serviceInstanceDeployV2", Kind.LOST)
    made.world.fault("serviceInstance", Kind.LAG, times=5, seconds=10)
    deploy(made)
    assert 2 == len(statuses(made))


def test_a_deployment_that_does_not_show_yet(made: Product) -> None:
    """A new deployment that is not found at first is waited for."""
    image(made, "one")
    made.world.clock.seconds += 100
    made.world.fault("deployment", Kind.LAG, times=3, seconds=50)
    deploy(made)
    assert ["SUCCESS"] == statuses(made)


def test_polls_become_fewer(made: Product) -> None:
    """Ten minutes of waiting are 66 looks, beside the look at what is there and the deploy itself."""
    made.world.images(late={"seconds": 590})
    image(made, "late")
    made.world.requests()
    deploy(made, timeout=600)
    assert 68 == made.world.requests()


def test_rollback(made: Product) -> None:
    """To go back is to wait until what was gone back to serves; the newer one does not."""
    image(made, "one")
    first = deploy(made)
    image(made, "two")
    second = deploy(made)
    found = made.world.client.rollback(made.world.call(), made.service.id, made.environment_id, first)
    assert ("one", True) == (serving(made), found.id not in {first, second})


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.ERROR, Kind.TIMEOUT])
def test_never_two_rollbacks(made: Product, kind: Kind) -> None:
    """Whether the answer to a rollback was lost after it began, or before: one is begun."""
    image(made, "one")
    first = deploy(made)
    image(made, "two")
    deploy(made)
    made.world.fault("deploymentRollback", kind)
    made.world.client.rollback(made.world.call(), made.service.id, made.environment_id, first)
    assert ("one", 3) == (serving(made), len(statuses(made)))


def test_a_rollback_that_fails(made: Product) -> None:
    """Nobody waits for a rollback that has failed."""
    image(made, "one")
    first = deploy(made)
    image(made, "two")
    deploy(made)
    made.world.images(one={"healthy": False})
    started = made.world.clock()
    with pytest.raises(DeployError, match=f"going back to deployment {first}: deployment .* has FAILED"):
        made.world.client.rollback(made.world.call(), made.service.id, made.environment_id, first)
    assert made.world.clock() - started < 60


def test_what_is_under_way_is_stopped_too(made: Product) -> None:
    """To stop what runs is to stop what would run in a moment."""
    image(made, "one")
    deploy(made)
    image(made, "slow")
    call = made.world.call()
    made.world.client.deploy(call, made.service.id, made.environment_id)
    made.world.client.remove_deployments(call, made.service.id, made.environment_id)
    assert ["REMOVED", "REMOVED"] == statuses(made)


def test_rollback_to_what_cannot_be(made: Product) -> None:
    """Railway refuses to go back to what never served."""
    image(made, "bad")
    with pytest.raises(DeployError) as caught:
        deploy(made)
    with pytest.raises(ApiError, match="cannot be rolled back to"):
        made.world.client.rollback(made.world.call(), made.service.id, made.environment_id, caught.value.deployment_id)


@pytest.mark.parametrize(
    ("settings", "status"), [({"cronSchedule": "0 0 * * *"}, "SUCCESS"), ({"sleepApplication": True}, "SLEEPING")]
)
def test_what_is_good_without_running(made: Product, settings: dict[str, object], status: str) -> None:
    """A service that waits for its hour, or sleeps, is as it should be."""
    image(made, "one")
    call = made.world.call()
    made.world.client.update_instance(call, made.service.id, made.environment_id, settings)
    deployment = made.world.client.deploy(call, made.service.id, made.environment_id)
    (held,) = made.world.table("deployments")
    held |= {"timetable": [], "status": status}
    assert made.world.client.wait(replace(call), deployment).serves


@pytest.mark.parametrize("status", ["NEEDS_APPROVAL", "SKIPPED", "CRASHED"])
def test_what_will_not_get_better(made: Product, status: str) -> None:
    """Nobody waits for what no time will mend."""
    image(made, "one")
    call = made.world.call()
    deployment = made.world.client.deploy(call, made.service.id, made.environment_id)
    (held,) = made.world.table("deployments")
    held |= {"timetable": [], "status": status}
    started = made.world.clock()
    with pytest.raises(UnhealthyError):
        made.world.client.wait(call, deployment)
    assert started == made.world.clock()
