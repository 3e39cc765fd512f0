"""The engine's own view of the plugins that were laid out."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from delivery.engine import Engine as LocalEngine
from delivery.workspace import Workspace
from sandbox.plugins.install import StandIn, install, stand_ins
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from tests.e2e.plugins.conftest import Engine

CHECKOUT = Path(__file__).parents[3]

pytestmark = pytest.mark.e2e


def test_engine_lists_each_stand_in_at_its_version(engine: Engine) -> None:
    """`pulumi plugin ls` counts every stand-in as installed, at the version of the vendor's SDK."""
    listed = json.loads(engine.call("plugin", "ls", "--json").stdout)
    assert sorted((item.name, "resource", item.version) for item in stand_ins()) == sorted(
        (item["name"], item["kind"], item["version"]) for item in listed
    )


def test_a_plugin_on_the_users_path_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The local stack's engine takes the stand-in, though a plugin of that name is on PATH, where it looks first."""
    foreign = tmp_path / "bin" / "pulumi-resource-noop"
    foreign.parent.mkdir()
    foreign.write_text(f"#!/bin/sh\ntouch {tmp_path}/was-taken\nexit 1\n")
    foreign.chmod(0o755)
    monkeypatch.setenv("PATH", str(foreign.parent), prepend=":")
    monkeypatch.setenv("BENCH_KIND", "noop")
    monkeypatch.setenv("BENCH_COUNT", "1")
    pulumi = provide([Tool.PULUMI])[Tool.PULUMI]
    workspace = Workspace(checkout=CHECKOUT / "tests" / "bench" / "program", root=tmp_path / "sandbox")
    workspace.prepare()
    install(workspace.home)
    environment = workspace.environment(None, sys.executable, pulumi.parent) | {"PYTHONPATH": str(CHECKOUT)}
    engine = LocalEngine(binary=pulumi, workspace=workspace, environment=environment, emit=ignore)
    engine.initialise()
    outcome = engine.run("preview", [], limit_seconds=120)
    assert (0, False) == (outcome.exit_code, (tmp_path / "was-taken").exists()), outcome.why()


@pytest.mark.parametrize("item", stand_ins(), ids=lambda item: item.name)
def test_a_stand_in_starts_without_the_whole_sdk(tmp_path: Path, item: StandIn) -> None:
    """A stand-in as installed tells its port without running the SDK's own start-up, and ends quietly when told to."""
    install(tmp_path)
    environment = {"GROUNDWORK_PYTHON": sys.executable, "PYTHONPROFILEIMPORTTIME": "1", "PYTHONPATH": str(CHECKOUT)}
    shim = tmp_path / "plugins" / item.folder / item.executable
    with subprocess.Popen([str(shim)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        rest, imports = process.communicate(timeout=30)
    assert (True, 0, b"") == (port > 0, process.returncode, rest)
    assert (True, False) == (b"provider_pb2_grpc" in imports, b"pulumi.runtime.settings" in imports)
