"""Without bubblewrap: pods still run, and what is lost is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


@pytest.fixture
def plain(cluster: Cluster) -> Cluster:
    """The cluster with a node that uses plain processes."""
    cluster.use("plain")
    return cluster


def test_success(plain: Cluster) -> None:
    """A pod runs its image's program and its log is read."""
    pod = plain.finish(plain.run(["trial", "greet"]))
    assert plain.log(pod).startswith("hello from the image")


def test_volume(plain: Cluster, namespace: str) -> None:
    """Paths below a mount are rewritten in arguments and in values, so a claim is written and read."""
    plain.claim(namespace, "kept")
    volumes = [{"name": "v", "persistentVolumeClaim": {"claimName": "kept"}}]
    container = {"env": [{"name": "FILE", "value": "/data/file"}]}
    container |= {"volumeMounts": [{"name": "v", "mountPath": "/data"}]}
    plain.finish(plain.run("echo kept > /data/file", namespace, volumes=volumes, container=container))
    pod = plain.finish(plain.run("cat $FILE", namespace, volumes=volumes, container=container))
    assert plain.log(pod) == "kept\n"


def test_environment(plain: Cluster) -> None:
    """Nothing of the node's own environment reaches a process."""
    pod = plain.finish(plain.run("env"))
    assert "must not be seen" not in plain.log(pod)


def test_told(plain: Cluster) -> None:
    """Each pod has an event that names what it does without."""
    security = {"readOnlyRootFilesystem": True}
    pod = plain.finish(plain.run("true", container={"securityContext": security}))
    assert plain.heard(pod, "NotIsolated").startswith(
        "Container main: no bubblewrap: runs as a plain process without file isolation, read-only mounts, "
        "readOnlyRootFilesystem"
    )


def test_node_says_so(plain: Cluster) -> None:
    """The node's label and condition tell that containers are plain processes."""
    assert plain.isolation() == ("plain", "False")


def test_missing_program(plain: Cluster) -> None:
    """A program that is not there is a start error."""
    pod = plain.finish(plain.run(["no-such-program"]))
    assert (plain.ending(pod).exitCode, plain.ending(pod).reason) == (128, "StartError")


def test_out_of_memory(plain: Cluster) -> None:
    """The memory limit holds for plain processes too."""
    limits = {"resources": {"limits": {"memory": "64Mi"}}}
    pod = plain.finish(plain.run(["trial", "eat", "200"], container=limits))
    assert plain.ending(pod).reason == "OOMKilled"


def test_strays(plain: Cluster) -> None:
    """What a container leaves in the background ends with it, even in a session of its own."""
    plain.finish(plain.run("setsid sleep 31557601.5 & sleep 0.2"))
    assert not plain.runs_anywhere("31557601.5")


def test_node_killed(plain: Cluster) -> None:
    """A killed node leaves no process behind, and the next reports the pod's end."""
    pod = plain.run("setsid sleep 31557602.5 & sleep 31557602.5")
    plain.until(lambda: plain.runs_anywhere("31557602.5"), "the process")
    plain.reach(pod, lambda now: plain.phase(now) == "Running", "the pod to run")
    plain.kill()
    plain.until(lambda: not plain.runs_anywhere("31557602.5"), "the process to be gone")
    plain.use("plain")
    assert plain.ending(plain.finish(pod)).reason == "ContainerStatusUnknown"
