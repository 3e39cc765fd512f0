"""Projects run by the pinned engine with the language host of this tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE: Final = Path(__file__).parent
_LIMIT: Final = 120


@dataclass(frozen=True)
class Project:
    """A Pulumi project in a folder of its own, with a stack ``dev``.

    Attributes:
        folder: where ``Pulumi.yaml`` lies.
        pulumi: the engine.
        environment: the whole environment it runs in: offline, quiet, with a state of its own.
    """

    folder: Path
    pulumi: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``pulumi`` to its end; standard error is part of the output."""
        return subprocess.run(
            [self.pulumi, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LIMIT,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``pulumi``, to be interrupted."""
        return subprocess.Popen(
            [self.pulumi, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def preview(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``pulumi preview`` without colours or questions."""
        return self.run("preview", "--non-interactive", "--color", "never", *arguments)

    def up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``pulumi up`` without a preview before it."""
        return self.run("up", "--yes", "--skip-preview", "--non-interactive", "--color", "never", *arguments)


@pytest.fixture(scope="session")
def pulumi() -> Path:
    """The engine: the one on PATH with the vendor's host would prove nothing of ours, so only a built one is taken."""
    path = provide([Tool.PULUMI])[Tool.PULUMI]
    if not (path.parent / "pulumi-language-python").read_bytes().startswith(b"#!/bin/sh"):
        pytest.skip("the vendor's pulumi is in use here, with its own language host")
    return path


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One PULUMI_HOME for all projects: nothing in it depends on one of them."""
    return tmp_path_factory.mktemp("pulumi-home")


@pytest.fixture
def project(tmp_path: Path, pulumi: Path, home: Path) -> Callable[..., Project]:
    """Makes a project from the text of its program, with ``Pulumi.yaml`` and a new stack."""

    def make(program: str, *, main: str = ".", options: str = "", plugins: bool = False) -> Project:
        folder = tmp_path / "project"
        (folder / main).mkdir(parents=True)
        (tmp_path / "state").mkdir()
        lines = ["name: trial", f"main: {main}", "runtime:", "  name: python", f"  options: {{{options}}}"]
        if plugins:
            shutil.copytree(HERE / "plugin", folder / "plugin")
            lines += ["plugins:", "  providers:", "    - name: words", "      path: plugin"]
        (folder / "Pulumi.yaml").write_text("\n".join(lines))
        (folder / main / "__main__.py").write_text(textwrap.dedent(program))
        (tmp_path / "passphrase").write_text("a passphrase")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")} | {
            "GROUNDWORK_PYTHON": sys.executable,
            "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(home),
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }
        made = Project(folder, pulumi, environment)
        done = made.run("stack", "init", "dev", "--non-interactive")
        assert done.returncode == 0, done.stdout
        return made

    return make
