"""One container's life where something of the machine fails."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from lightkube.core.client import Client
from lightkube.resources.core_v1 import Pod

from sandbox.node.container import ContainerRunner
from sandbox.node.context import Context
from sandbox.node.dockerfile import ImageConfig
from sandbox.node.environment import Resolver
from sandbox.node.images import Image
from sandbox.node.settings import Settings
from sandbox.node.state import Terminated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class _Nothing:
    """No Secret and no ConfigMap."""

    def secret(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """None."""
        return None if namespace and name else {}

    def config_map(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """None."""
        return None if namespace and name else {}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A node whose folders are the test's own."""
    place = tmp_path / "x"
    return Settings(place, place, place, tmp_path / ".sandbox", tmp_path, 1, place, place, place)


def _runner(settings: Settings, runtime: object) -> tuple[ContainerRunner, Pod]:
    container = {"name": "main", "image": "i", "command": ["true"]}
    meta = {"name": "pod", "namespace": "ns", "uid": "uid"}
    pod = msgspec.convert({"metadata": meta, "spec": {"containers": [container]}}, Pod)
    quiet = SimpleNamespace(normal=lambda *_: None, warning=lambda *_: None)
    parts: dict[str, Any] = {
        "api": Client.__new__(Client),
        "runtime": runtime,
        "images": SimpleNamespace(table_changed=lambda: 0.0),
        "recorder": quiet,
        "resolver": Resolver(_Nothing(), {}, {}),
        "stop": threading.Event(),
    }
    assert pod.spec is not None
    volumes = cast("Any", SimpleNamespace(mounts=lambda _container: ()))
    runner = ContainerRunner(Context(settings=settings, **parts), pod, pod.spec.containers[0], volumes, "Never")
    runner.image = Image("i", "0", ImageConfig(), settings.root, "/opt/venv", ())
    return runner, pod


def test_no_room_for_the_log(settings: Settings) -> None:
    """A log that cannot be made is a failed start, told as one; the container is not started without a log."""
    settings.pod_logs.parent.mkdir(parents=True)
    settings.pod_logs.write_text("a file in the folder's place")
    runner, pod = _runner(settings, SimpleNamespace())

    runner.advance(pod, 0.0)

    assert isinstance(runner.state, Terminated)
    assert (runner.state.code, runner.state.reason, runner.restarts) == (128, "StartError", 0)


def test_what_fails_after_the_start_finds_the_process(settings: Settings) -> None:
    """A container that runs is never forgotten: a second one would run beside it."""
    process = SimpleNamespace(record=lambda _path: 1 / 0)
    runner, pod = _runner(settings, SimpleNamespace(start=lambda _launch, _output: process))

    with pytest.raises(ZeroDivisionError):
        runner.advance(pod, 0.0)

    assert runner.alive
