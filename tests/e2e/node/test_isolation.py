"""What a container in bubblewrap sees and may do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def test_environment(node: Cluster) -> None:
    """Nothing of the node's own environment reaches a container."""
    pod = node.finish(node.run("env"))
    names = {line.partition("=")[0] for line in node.log(pod).splitlines()}
    assert names == {
        "HOME",
        "HOSTNAME",
        "KUBERNETES_SERVICE_HOST",
        "KUBERNETES_SERVICE_PORT",
        "KUBERNETES_SERVICE_PORT_HTTPS",
        "PATH",
        "PWD",
        "TRIAL_GREETING",
    }


def test_home(node: Cluster) -> None:
    """Of the user's home only what leads to the interpreter can be seen."""
    pod = node.finish(node.run(f"find {Path.home()} -maxdepth 1 -mindepth 1 2>/dev/null"))
    interpreter = Path(node.interpreter())
    allowed = {str(path) for path in interpreter.parents if path.parent == Path.home()}
    assert set(node.log(pod).split()) <= allowed


@pytest.mark.parametrize("place", ["checkout", "root"])
def test_files(node: Cluster, place: str) -> None:
    """Neither the checkout nor the sandbox's folder can be seen."""
    secret = {"checkout": node.checkout / "uv.lock", "root": node.root / "images.json"}[place]
    pod = node.finish(node.run(f"test -e {secret} || echo hidden"))
    assert node.log(pod) == "hidden\n"


def test_processes(node: Cluster) -> None:
    """A container's first process is number 1, and it sees no process of the machine."""
    pod = node.finish(node.run("echo $$$$; cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'sandbox[.]node'"))
    assert node.log(pod) == "1\n0\n"


def test_privileges(node: Cluster) -> None:
    """A container has no capability and gains none."""
    pod = node.finish(node.run("grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status | tr -d '\\t'"))
    assert node.log(pod) == "CapEff:0000000000000000\nCapBnd:0000000000000000\nNoNewPrivs:1\n"


def test_user(node: Cluster) -> None:
    """A container runs as the user and group that the pod names."""
    security = {"runAsUser": 1234, "runAsGroup": 2345, "runAsNonRoot": True}
    pod = node.finish(node.run("id -u; id -g", container={"securityContext": security}))
    assert node.log(pod) == "1234\n2345\n"


def test_read_only_root(node: Cluster) -> None:
    """A read-only root refuses writes everywhere but in volumes, /tmp included."""
    command = "for f in /x /tmp/x /usr/x /opt/x /data/x; do (touch $f) 2>/dev/null && echo $f; done; true"
    container = {
        "securityContext": {"readOnlyRootFilesystem": True},
        "volumeMounts": [{"name": "v", "mountPath": "/data"}],
    }
    pod = node.finish(node.run(command, container=container, volumes=[{"name": "v", "emptyDir": {}}]))
    assert node.log(pod) == "/data/x\n"


def test_own_temporary(node: Cluster) -> None:
    """Each container has a /tmp of its own, empty at first."""
    node.finish(node.run("touch /tmp/x"))
    pod = node.finish(node.run("ls -A /tmp; touch /tmp/y && echo mine"))
    assert node.log(pod) == "mine\n"


def test_system_is_read_only(node: Cluster) -> None:
    """The machine's programs cannot be changed."""
    pod = node.finish(node.run("touch /usr/bin/x 2>/dev/null || echo refused"))
    assert node.log(pod) == "refused\n"


def test_no_secret_in_command_lines(node: Cluster, namespace: str) -> None:
    """A Secret's value is in no command line that other users of the machine could read."""
    value = "s3cret-in-argv"
    node.secret(namespace, "keys", {"token": value})
    env = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "token"}}}]
    pod = node.run("echo up; sleep 31", namespace, container={"env": env})
    node.until(lambda: "sleep 31" in node.processes(), "the process")
    seen = node.processes()
    node.delete(pod)
    assert value not in seen


def test_hostile_secret(node: Cluster, namespace: str) -> None:
    """A NUL character in a Secret's value opens no window to the machine: the container is refused."""
    node.secret(namespace, "keys", {"a": "x\0--bind\0/\0/machine"})
    source = {"secretKeyRef": {"name": "keys", "key": "a"}}
    pod = node.run("ls /machine", namespace=namespace, container={"env": [{"name": "A", "valueFrom": source}]})
    ending = node.ending(node.finish(pod))
    assert (ending.exitCode, ending.reason) == (128, "StartError")
