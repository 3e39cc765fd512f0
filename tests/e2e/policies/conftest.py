"""The real engine on a small program, with a state of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policies.report import findings
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.finding import Finding

HERE = Path(__file__).parent
PACK = HERE.parents[2] / "policies"
LIMIT_SECONDS = 120


@dataclass(frozen=True)
class Run:
    """What one run of the engine left: its exit code, what it printed, and the findings."""

    exit_code: int
    output: str
    findings: list[Finding]


@dataclass(frozen=True)
class Engine:
    """The engine on a copy of `program/`."""

    pulumi: Path
    project: Path
    environment: dict[str, str]

    def stack(self, name: str, case: str) -> None:
        """Make a stack, or take the one of that name, and set its case."""
        known = self.call("stack", "ls", "--json").stdout
        if f'"{name}"' not in known:
            assert self.call("stack", "init", name, "--no-select").returncode == 0
        assert self.call("config", "set", "groundwork:case", case, "--stack", name).returncode == 0

    def run(self, command: str, stack: str, *arguments: str) -> Run:
        """Preview or update a stack under the pack."""
        log, digest = self.project / "events.jsonl", self.project / "digest.json"
        log.unlink(missing_ok=True)
        shape = ["--json", "--show-sames"] if command == "preview" else ["--yes", "--skip-preview"]
        pack = ["--policy-pack", str(PACK), "--event-log", str(log)]
        done = self.call(command, "--stack", stack, *shape, *pack, *arguments)
        if command == "preview":
            digest.write_text(done.stdout, "utf-8")
        return Run(done.returncode, done.stdout + done.stderr, findings(log, digest))

    def types(self, stack: str) -> list[str]:
        """Type tokens of what the stack holds."""
        listed = self.call("stack", "--stack", stack, "--show-urns").stdout
        return sorted({line.split("::")[2].rpartition("$")[2] for line in listed.splitlines() if "URN: urn:" in line})

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line tool."""
        command: Sequence[str] = [str(self.pulumi), *arguments, "--non-interactive", "--color", "never"]
        return subprocess.run(
            command,
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
        )


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine, its state and its home below a folder that goes with the tests."""
    folder = tmp_path_factory.mktemp("policies")
    project = folder / "project"
    shutil.copytree(HERE / "program", project)
    (folder / "state").mkdir()
    pulumi = provide([Tool.PULUMI])[Tool.PULUMI]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "AWS_"))}
    environment = {
        **kept,
        "PATH": f"{pulumi.parent}{os.pathsep}{kept['PATH']}",
        "GROUNDWORK_PYTHON": sys.executable,
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "only for tests",
        "PULUMI_DEBUG_COMMANDS": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    return Engine(pulumi=pulumi, project=project, environment=environment)
