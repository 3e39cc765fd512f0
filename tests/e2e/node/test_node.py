"""The node itself: seen, scheduled to, killed and started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def test_ready(node: Cluster) -> None:
    """The node is there and Ready."""
    assert node.condition("Ready") == "True"


def test_lease(node: Cluster) -> None:
    """The node holds its lease."""
    assert node.lease_holder() == "sandbox"


def test_selector(node: Cluster) -> None:
    """A pod that selects another node stays Pending, and an event says why."""
    pod = node.run("true", nodeSelector={"disk": "ssd"})
    assert node.heard(pod, "FailedScheduling") == (
        "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."
    )


def test_too_large(node: Cluster) -> None:
    """A pod that asks for more than the machine has stays Pending, and an event says what is short."""
    pod = node.run("true", container={"resources": {"requests": {"memory": "900Ti"}}})
    assert node.heard(pod, "FailedScheduling") == "0/1 nodes are available: 1 Insufficient memory."


def test_killed(node: Cluster) -> None:
    """A killed node's containers end with it; the next node reports them lost, none is left Running."""
    pod = node.run("echo up; exec sleep 31557603.5")
    node.until(lambda: node.runs_anywhere("31557603.5"), "the process")
    node.reach(pod, lambda now: node.phase(now) == "Running", "the pod to run")
    runtime = node.runtime
    node.kill()
    node.until(lambda: not node.runs_anywhere("31557603.5"), "the process to be gone")
    node.use(runtime)
    pod = node.finish(pod)
    assert (node.phase(pod), node.ending(pod).exitCode, node.ending(pod).reason) == (
        "Failed",
        137,
        "ContainerStatusUnknown",
    )


def test_killed_and_restarted(node: Cluster) -> None:
    """A pod that is to run always is started again by the next node, on the scratch it had."""
    mount = {"volumeMounts": [{"name": "v", "mountPath": "/data"}]}
    command = "test -e /data/x && echo again; touch /data/x; sleep 31557604.5"
    pod = node.run(command, restartPolicy="Always", volumes=[{"name": "v", "emptyDir": {}}], container=mount)
    node.until(lambda: node.runs_anywhere("31557604.5"), "the process")
    node.reach(pod, lambda now: node.phase(now) == "Running", "the pod to run")
    runtime = node.runtime
    node.kill()
    node.use(runtime)
    node.reach(pod, lambda now: node.restarts(now) == 1 and node.phase(now) == "Running", "the restart")
    node.until(lambda: node.log(pod) == "again\n", "the second run's log")
    node.delete(pod)
    assert not node.runs_anywhere("31557604.5")


def test_deleted_while_away(node: Cluster) -> None:
    """A pod that was deleted while no node ran is gone once one does."""
    pod = node.run("sleep 31557605.5")
    node.reach(pod, lambda now: node.phase(now) == "Running", "the pod to run")
    runtime = node.runtime
    node.kill()
    node.ask_to_delete(pod)
    node.use(runtime)
    node.until(lambda: node.gone(pod), "the pod to be gone")
    assert not node.runs_anywhere("31557605.5")


def test_stranger(node: Cluster) -> None:
    """The node's endpoint answers the API server, and refuses all other clients, with a certificate or without."""
    assert node.refuses_strangers()


def test_probes(node: Cluster) -> None:
    """A pod is ready when its readiness probe passes, and a failing liveness probe restarts its container."""
    mount = [{"name": "v", "mountPath": "/data"}]
    well = {"exec": {"command": ["test", "!", "-e", "/data/sick"]}, "periodSeconds": 1, "failureThreshold": 1}
    ready = {"exec": {"command": ["test", "-e", "/data/ready"]}, "periodSeconds": 1}
    command = "trap 'rm -f /data/sick; exit 1' TERM; touch /data/ready; sleep 2; touch /data/sick; sleep 60 & wait"
    pod = node.run(
        command,
        restartPolicy="Always",
        container={"volumeMounts": mount, "readinessProbe": ready, "livenessProbe": well},
        volumes=[{"name": "v", "emptyDir": {}}],
    )
    node.reach(pod, node.is_ready, "readiness")
    node.reach(pod, lambda now: node.restarts(now) == 1, "a restart")
    told = node.events(pod)["Unhealthy"]
    node.delete(pod)
    assert "Liveness probe failed: exit code 1" in told
