"""The engine on a project with one provider, and what a run of it left."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.providers.conformance.subject import Declared

_HERE = Path(__file__).parent
_LIMIT = 120
_ENGINES_OWN = ("pulumi:",)
_STEPS = {"resourcePreEvent", "resOutputsEvent"}


@dataclass(frozen=True)
class Run:
    """What one run of the engine left.

    Attributes:
        exit_code: the engine's.
        output: what it printed, standard error too.
        events: its event log's text.
        operations: what it did to each resource by name, ``same`` and ``refresh`` left out.
        paths: the property paths that it says changed, by resource name.
    """

    exit_code: int
    output: str
    events: str = ""
    operations: dict[str, str] = field(default_factory=dict)
    paths: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own, whose program declares what a file lists."""

    folder: Path
    pulumi: Path
    environment: dict[str, str]

    @classmethod
    def make(cls, folder: Path, plugins: Mapping[str, Path], configuration: Mapping[str, str]) -> Project:
        """Make it, with the stack ``test``.

        Args:
            folder: where; it must not exist.
            plugins: the folder of each provider by its name.
            configuration: the stack's, as in ``railway:token``; all of it is kept as secrets.
        """
        shutil.copytree(_HERE / "program", folder, dirs_exist_ok=True)
        (folder / "state").mkdir()
        with (folder / "Pulumi.yaml").open("a", encoding="utf-8") as file:
            rows = [{"name": name, "path": str(plugin)} for name, plugin in plugins.items()]
            file.write(f"plugins: {json.dumps({'providers': rows})}\n")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")} | {
            "HOME": str(folder),
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DEBUG_COMMANDS": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
            "GROUNDWORK_PYTHON": sys.executable,
        }
        made = cls(folder, provide([Tool.PULUMI])[Tool.PULUMI], environment)
        made.declare(())
        made.succeed("stack", "init", "test")
        settings = [part for key, value in configuration.items() for part in ("--secret", f"{key}={value}")]
        if settings:
            made.succeed("config", "set-all", "--stack", "test", *settings)
        return made

    def declare(self, resources: Sequence[Declared]) -> None:
        """Say what the program declares."""
        text = json.dumps([item.document(resources) for item in resources])
        (self.folder / "resources.json").write_text(text, encoding="utf-8")

    def run(self, command: str, *arguments: str, stack: str = "test") -> Run:
        """Run a command on a stack: up, preview, refresh, import, destroy."""
        log = self.folder / "events.jsonl"
        log.unlink(missing_ok=True)
        done = self._call(*self._arguments(command, arguments, stack))
        events = log.read_text("utf-8") if log.exists() else ""
        operations, paths = _read(events)
        return Run(done.returncode, done.stdout, events, operations, paths)

    def start(self, command: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command on the stack ``test``, to be killed."""
        with (self.folder / "killed.log").open("wb") as log:
            return subprocess.Popen(
                self._arguments(command, arguments, "test"),
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def succeed(self, *arguments: str) -> str:
        """Run any command to its success; gives what it printed."""
        done = self._call(str(self.pulumi), *arguments, "--non-interactive", "--color", "never")
        assert done.returncode == 0, done.stdout
        return done.stdout

    def state(self, stack: str = "test") -> dict[str, Any]:
        """The exported deployment, secrets encrypted as they are on disk."""
        loaded: dict[str, Any] = json.loads(self.succeed("stack", "export", "--stack", stack))
        return loaded

    def ids(self) -> dict[str, str]:
        """Each resource's id by its name."""
        found = self.state()["deployment"].get("resources", [])
        return {item["urn"].rpartition("::")[2]: item["id"] for item in found if item.get("custom") and _ours(item)}

    def _arguments(self, command: str, arguments: Sequence[str], stack: str) -> list[str]:
        quiet = [] if command == "preview" or "--preview-only" in arguments else ["--yes", "--skip-preview"]
        fixed = ["--stack", stack, "--event-log", str(self.folder / "events.jsonl"), "--non-interactive"]
        return [str(self.pulumi), command, *fixed, "--color", "never", *quiet, *arguments]

    def _call(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_LIMIT,
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the engine and all that it started, as a machine that loses its power does; waits until they are gone."""
    family = psutil.Process(process.pid).children(recursive=True)
    for member in family:
        try:
            member.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    process.kill()
    process.wait(_LIMIT)
    gone, alive = psutil.wait_procs(family, _LIMIT)
    del gone
    assert [] == alive


def _ours(resource: Mapping[str, Any]) -> bool:
    return not resource["type"].startswith(_ENGINES_OWN)


def _read(events: str) -> tuple[dict[str, str], dict[str, set[str]]]:
    operations: dict[str, str] = {}
    paths: dict[str, set[str]] = {}
    for line in events.splitlines():
        event = json.loads(line)
        metadata = next((event[kind]["metadata"] for kind in _STEPS if kind in event), None)
        if metadata is None or metadata["type"].startswith(_ENGINES_OWN):
            continue
        name = metadata["urn"].rpartition("::")[2]
        paths.setdefault(name, set()).update(metadata.get("detailedDiff") or {}, metadata.get("diffs") or ())
        if metadata["op"] not in {"same", "refresh", "create-replacement", "delete-replaced"}:
            operations[name] = metadata["op"]
    return operations, paths
