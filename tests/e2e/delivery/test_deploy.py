"""`gw deploy` on the real engine and Railway's fake: good images come up, others leave what served before."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from delivery.engine import Engine
from delivery.workspace import Workspace
from sandbox.connections import Connections
from tests.e2e.delivery.runner import CHECKOUT, Ran, ended
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from pathlib import Path

    from delivery.engine import Outcome
    from tests.e2e.conftest import Brought
    from tests.e2e.delivery.runner import Runner

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

DECLARED, GOOD, SHALLOW, SLOW = (f"sandbox/engine:{tag}" for tag in ("dev", "good", "shallow", "slow"))
#: How deployments of them behave: the shallow one is healthy, and its deep health is not.
_BEHAVES = {SHALLOW: {"deep": False}, SLOW: {"seconds": 30}}


@dataclass(frozen=True)
class Step:
    """A command and what it left.

    Attributes:
        ran: the command.
        serves: the image that answers at Railway's edge.
        named: the image that the stack file names.
        begun: deployments that are written down as under way.
    """

    ran: Ran
    serves: str
    named: str
    begun: list[str]


@dataclass(frozen=True)
class Deployed:
    """Deployments one after the other, and what a preview would change after all of them."""

    killed: int
    good: Step
    shallow: Step
    back: Step
    preview: Outcome


@pytest.fixture(scope="module")
def deployed(brought: Brought) -> Deployed:
    """Each once, on the one sandbox; at the end it is as it was declared."""
    gw, connections = brought.gw, Connections.load(brought.gw.root / "connections.json")
    _admin(connections, "images", _BEHAVES)

    def step(*arguments: str) -> Step:
        ran = gw.run("deploy", "amoisekai", *arguments)
        begun = [path.name for path in gw.root.glob("deployments/*")]
        return Step(ran, _served(connections), _named(gw.root), begun)

    return Deployed(
        killed=_killed(gw, SLOW),
        good=step("--image", GOOD),
        shallow=step("--image", SHALLOW),
        back=step("--rollback"),
        preview=_preview(gw, connections),
    )


def _admin(connections: Connections, what: str, document: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {connections.edge_token.read_text().strip()}"}
    url = f"{connections.railway_edge}/_sandbox/{what}"
    httpx.put(url, headers=headers, json=document, trust_env=False).raise_for_status()


def _served(connections: Connections) -> str:
    config = yaml.safe_load((CHECKOUT / "Pulumi.local.yaml").read_bytes())["config"]
    host = config["groundwork:amoisekai"]["domains"]["api"]
    answer = httpx.get(f"{connections.railway_edge}/api/health", headers={"Host": host}, trust_env=False)
    return str(answer.json().get("image") or answer.status_code)


def _named(root: Path) -> str:
    document = yaml.safe_load((root / "pulumi" / "project" / "Pulumi.local.yaml").read_bytes())
    return str(document["config"]["groundwork:amoisekai"]["engine"]["image"])


def _preview(gw: Runner, connections: Connections) -> Outcome:
    workspace, pulumi = Workspace(CHECKOUT, gw.root), provide((Tool.PULUMI,), ignore)[Tool.PULUMI]
    environment = workspace.environment(connections, sys.executable, pulumi.parent)
    return Engine(pulumi, workspace, environment, ignore).difference()


def _killed(gw: Runner, image: str) -> int:
    """Kill a deployment -9 while the new image starts; gives how it ended."""
    process = gw.start("deploy", "amoisekai", "--image", image)
    assert process.stderr is not None
    seen = (line for line in process.stderr if "Deployment amoisekai-engine-deployment" in line and "up: " in line)
    assert next(seen)
    process.send_signal(signal.SIGKILL)
    ended(process)
    return process.returncode


def test_a_good_image_serves(deployed: Deployed) -> None:
    """It ends with 0 and a table, the stack names the image, and it answers."""
    step = deployed.good

    assert (0, GOOD, GOOD, []) == (step.ran.code, step.serves, step.named, step.begun), step.ran.events[-1]
    assert [GOOD, DECLARED] == [
        row.split()[-1] for row in step.ran.text.splitlines() if row.startswith(("serves", "before"))
    ]


def test_only_the_image_is_changed(deployed: Deployed) -> None:
    """The service's settings and its deployment, no other resource."""
    told = {event["message"] for event in deployed.good.ran.named("engine.up.resource")}

    assert {
        "up: update ServiceInstance amoisekai-engine-settings",
        "up: update Deployment amoisekai-engine-deployment",
    } == told


def test_the_smoke_test_asks_several_times(deployed: Deployed) -> None:
    """Five good answers in a row prove an image."""
    assert [1, 2, 3, 4, 5] == [event["round"] for event in deployed.good.ran.named("deploy.smoke")]


def test_an_image_that_fails_its_smoke_test_is_rolled_back(deployed: Deployed) -> None:
    """It was healthy and served, its deep health was not: what served before serves, and the stack names that."""
    step = deployed.shallow

    assert (16, GOOD, GOOD, []) == (step.ran.code, step.serves, step.named, step.begun), step.ran.events[-1]
    assert "/api/health/deep is answered by 503" in step.ran.problem["message"]


def test_a_rollback_tells_its_seconds(deployed: Deployed) -> None:
    """From the bad answer until the image before answers; within the minute that it may take (DL-3)."""
    (rolled,) = deployed.shallow.ran.named("deploy.rolledback.finished")

    assert 0 < rolled["seconds"] < 60


def test_one_that_was_killed_is_undone_by_the_next_run(deployed: Deployed) -> None:
    """Killed -9 while the new image started: the next run puts everything back before it does its own work."""
    told = deployed.good.ran

    assert (-signal.SIGKILL, 1) == (deployed.killed, len(told.named("deploy.healed")))
    assert f"back to {DECLARED}" in told.named("deploy.rolledback.finished")[0]["message"]


def test_by_hand_it_goes_back_to_the_last_good_image(deployed: Deployed) -> None:
    """Past the ones that did not prove themselves, to the one before."""
    step = deployed.back

    assert (0, DECLARED, DECLARED, []) == (step.ran.code, step.serves, step.named, step.begun), step.ran.events[-1]


def test_afterwards_the_stack_is_as_declared(deployed: Deployed) -> None:
    """After failures, a kill and a rollback a preview finds nothing to do: the state says what is."""
    assert (0, 0) == (deployed.preview.exit_code, deployed.preview.changed), deployed.preview.changes


def test_the_record_of_a_deployment_is_its_owners_alone(brought: Brought, deployed: Deployed) -> None:
    """Nobody else reads what was begun."""
    assert deployed.killed
    assert 0o700 == (brought.gw.root / "deployments").stat().st_mode & 0o777
