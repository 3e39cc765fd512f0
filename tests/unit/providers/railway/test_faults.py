"""Whatever goes wrong between us and Railway, nothing is there twice and nothing that is asked for is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit.api import ApiError
from sandbox.fake.faults import Kind

if TYPE_CHECKING:
    from tests.unit.providers.railway.world import Product

#: Type -> its inputs beside the ids, the request that makes it, and the table that it shows in.
MADE: dict[str, tuple[dict[str, Any], str, str]] = {
    "Project": ({"name": "other"}, "projectCreate", "projects"),
    "Environment": ({"name": "staging"}, "environmentCreate", "environments"),
    "Service": ({"name": "keeper"}, "serviceCreate", "services"),
    "Volume": ({"mountPath": "/data", "name": "data"}, "volumeCreate", "volumes"),
    "CustomDomain": ({"domain": "api.amoisekai.com"}, "customDomainCreate", "customDomains"),
    "ServiceDomain": ({"targetPort": 8001}, "serviceDomainCreate", "serviceDomains"),
    "DeploymentTrigger": ({"repository": "a/b", "branch": "main"}, "deploymentTriggerCreate", "triggers"),
    "TcpProxy": ({"applicationPort": 5432}, "environmentPatchCommitStaged", "tcpProxies"),
    "Deployment": ({"triggers": {"a": "1"}}, "serviceInstanceDeployV2", "deployments"),
    "ServiceInstance": ({"image": "good"}, "serviceInstanceUpdate", "instances"),
}


def _inputs(made: Product, kind: str) -> dict[str, Any]:
    inputs = MADE[kind][0]
    if kind == "Project":
        return inputs
    if kind in ("Environment", "Service"):
        return {"projectId": made.project.id, **inputs}
    return {**made.where, **inputs}


@pytest.fixture
def ready(made: Product) -> Product:
    """A service that can be deployed, as of a while ago."""
    made.world.client.update_instance(
        made.world.call(), made.service.id, made.environment_id, {"source": {"image": "good"}}
    )
    made.world.clock.seconds += 3600
    return made


@pytest.mark.parametrize("kind", [name for name in MADE if name != "ServiceInstance"])
@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([(Kind.LOST, {})], id="the answer is lost"),
        pytest.param([(Kind.TIMEOUT, {})], id="no answer, and nothing done"),
        pytest.param([(Kind.ERROR, {"status": 504})], id="a gateway's time-out"),
    ],
)
def test_made_once(ready: Product, kind: str, faults: list[tuple[Kind, dict[str, Any]]]) -> None:
    """A create that meets a fault makes one, and a refresh finds nothing to change."""
    world = ready.world
    _, operation, table = MADE[kind]
    before = len(world.table(table))
    for fault, options in faults:
        world.fault(operation, fault, **options)
    item = world.create(kind, "faulty", **_inputs(ready, kind))
    read = world.read(item)
    assert read is not None
    assert (before + 1, ()) == (len(world.table(table)), world.diff(read).changes)


def test_too_many_requests(ready: Product) -> None:
    """What the rate limit turns away was not done, and is asked for again: a create too."""
    ready.world.fault("serviceCreate", Kind.LIMITED, times=2, seconds=0.01)
    ready.world.create("Service", "limited", **_inputs(ready, "Service"))
    assert (2, 4) == (len(ready.world.table("services")), ready.world.client.counts["serviceCreate"])


@pytest.mark.parametrize("kind", ["Project", "Service", "Volume", "CustomDomain", "DeploymentTrigger"])
def test_made_once_behind_a_lag(ready: Product, kind: str) -> None:
    """The answer is lost, and what was made shows seconds later: it is waited for, not made again."""
    world = ready.world
    _, operation, table = MADE[kind]
    before = len(world.table(table))
    world.fault(operation, Kind.LOST)
    world.fault("(?!.*(Create|Update)).*", Kind.LAG, times=3, seconds=600)
    world.create(kind, "late", **_inputs(ready, kind))
    assert before + 1 == len(world.table(table))


@pytest.mark.parametrize("kind", MADE)
def test_reads_and_looks_survive_errors(ready: Product, kind: str) -> None:
    """Whatever is only asked is asked again after a 5xx, a broken connection or silence."""
    world = ready.world
    item = world.create(kind, "asked", **_inputs(ready, kind))
    for fault in (Kind.ERROR, Kind.LOST, Kind.TIMEOUT):
        world.fault(".*", fault)
    assert world.read(item) is not None


def test_an_outage_ends(ready: Product) -> None:
    """A Railway that answers nothing but errors is not asked for ever."""
    ready.world.requests()
    ready.world.fault(".*", Kind.ERROR, times=100, status=503)
    with pytest.raises(ApiError, match="503"):
        ready.world.read(ready.service)
    assert 6 == ready.world.requests()


def test_another_token(ready: Product) -> None:
    """A token that is refused is an error, not an empty account; it is not tried again, and not shown."""
    ready.world.app._token = "an-" + "other"  # noqa: SLF001 - as if it had been revoked
    ready.world.requests()
    with pytest.raises(ApiError, match="Not Authorized") as caught:
        ready.world.read(ready.service)
    assert "token-for-tests" not in str(caught.value)
