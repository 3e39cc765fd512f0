"""One whole sandbox for all tests that only look, and small ones, of one service, for those that break things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sandbox.sandbox import Sandbox
from sandbox.services.service import Name
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sandbox.connections import Connections

_TOOLS = (Tool.ETCD, Tool.KUBE_APISERVER, Tool.KUBE_CONTROLLER_MANAGER, Tool.VERSITYGW)
#: Every service but the S3 server, which is up in a moment.
ALL_BUT_STORE = frozenset(name.value for name in Name if name is not Name.OBJECT_STORE)


@dataclass(frozen=True)
class Running:
    """A running sandbox, and where it is reached."""

    sandbox: Sandbox
    connections: Connections

    def pid(self, name: Name) -> int | None:
        """The process of a service."""
        return next(status.pid for status in self.sandbox.status() if status.name == name)


@pytest.fixture(scope="session")
def binaries() -> Mapping[Tool, Path]:
    """The real executables."""
    return provide(_TOOLS)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory, binaries: Mapping[Tool, Path]) -> Iterator[Running]:
    """The whole sandbox but the node, which has tests of its own."""
    sandbox = Sandbox(tmp_path_factory.mktemp("cloud") / ".sandbox", binaries, without=frozenset({Name.NODE}))
    yield Running(sandbox, sandbox.start())
    sandbox.purge()


@pytest.fixture
def small(tmp_path: Path, binaries: Mapping[Tool, Path]) -> Iterator[Callable[..., Sandbox]]:
    """Makes handles of one sandbox that runs the S3 server alone; each may bring binaries of its own."""
    root = tmp_path / ".sandbox"

    def make(other: Mapping[Tool, Path] | None = None) -> Sandbox:
        return Sandbox(root, {**binaries, **(other or {})}, without=ALL_BUT_STORE)

    yield make
    if root.exists():
        make().stop()
