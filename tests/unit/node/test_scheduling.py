"""Whether a pod fits on the node."""

from __future__ import annotations

import msgspec
import pytest
from lightkube.resources.core_v1 import Node, Pod

from sandbox.node.binder import misfit


def _node(**spec: object) -> Node:
    status = {"allocatable": {"cpu": "2", "memory": "4Gi", "pods": "3"}}
    meta = {"name": "sandbox", "labels": {"disk": "ssd"}}
    return msgspec.convert({"metadata": meta, "spec": spec, "status": status}, Node)


def _pod(cpu: str = "0", memory: str = "0", phase: str = "Pending", **spec: object) -> Pod:
    container = {"name": "c", "resources": {"requests": {"cpu": cpu, "memory": memory}}}
    whole = {"metadata": {"name": "p"}, "spec": {"containers": [container]} | spec, "status": {"phase": phase}}
    return msgspec.convert(whole, Pod)


@pytest.mark.parametrize(
    ("pod", "placed", "expected"),
    [
        (_pod("2", "4Gi"), [], ""),
        (_pod("2001m"), [], "1 Insufficient cpu"),
        (_pod("1", "3Gi"), [_pod("1500m", "2Gi")], "1 Insufficient cpu, 1 Insufficient memory"),
        (_pod("1", "3Gi"), [_pod("2", "2Gi", phase="Succeeded")], ""),
        (_pod(), [_pod(), _pod(), _pod()], "1 Too many pods"),
        (_pod(nodeSelector={"disk": "ssd"}), [], ""),
        (_pod(nodeSelector={"disk": "hdd"}), [], "1 node(s) didn't match Pod's node affinity/selector"),
    ],
)
def test_fit(pod: Pod, placed: list[Pod], expected: str) -> None:
    """Requests of unfinished pods and selectors decide, told in the scheduler's words."""
    assert misfit(pod, _node(), placed) == expected


def test_init_request() -> None:
    """An init container that asks for more than the others counts."""
    init = {"name": "i", "resources": {"requests": {"cpu": "3"}}}
    assert misfit(_pod("1", initContainers=[init]), _node(), []) == "1 Insufficient cpu"


def test_cordoned() -> None:
    """Nothing goes to a cordoned node."""
    assert misfit(_pod(), _node(unschedulable=True), []) == "1 node(s) were unschedulable"


@pytest.mark.parametrize(
    ("tolerations", "expected"),
    [
        ([], "1 node(s) had untolerated taint {own: x}"),
        ([{"key": "own", "operator": "Exists"}], ""),
        ([{"key": "own", "value": "x", "effect": "NoSchedule"}], ""),
        ([{"key": "own", "value": "y"}], "1 node(s) had untolerated taint {own: x}"),
        ([{"key": "other", "operator": "Exists"}], "1 node(s) had untolerated taint {own: x}"),
        ([{"operator": "Exists"}], ""),
    ],
)
def test_taint(tolerations: list[dict[str, str]], expected: str) -> None:
    """A taint keeps away those who do not tolerate it."""
    node = _node(taints=[{"key": "own", "value": "x", "effect": "NoSchedule"}])
    assert misfit(_pod(tolerations=tolerations), node, []) == expected
