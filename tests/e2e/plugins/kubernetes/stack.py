"""A Pulumi stack in a folder of its own, driven through the real command line, with the stand-in as its plugin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.plugins.install import ONLY_STAND_INS, install

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds for one command; a healthy one takes a few.
_LIMIT = 120.0

#: A line of the engine's summary: ``+ 5 created``, ``5 unchanged``.
_DONE = re.compile(r"(\d+) (created|updated|replaced|deleted|unchanged|imported)")

_PROJECT = "name: trial\nruntime: python\n"


@dataclass(frozen=True)
class Stack:
    """One stack.

    Attributes:
        folder: its program, and beside that its state and PULUMI_HOME.
        pulumi: the executable.
        kubeconfig: of the API server that its resources go to.
    """

    folder: Path
    pulumi: Path
    kubeconfig: Path

    def prepare(self) -> None:
        """Lay the folders out and make the stack."""
        install(self.folder / "home")
        (self.folder / "state").mkdir()
        (self.folder / "Pulumi.yaml").write_text(_PROJECT)
        self.program("")
        self.run("stack", "init", "trial")

    def program(self, body: str) -> None:
        """Make this the program; `pulumi` and `k8s` are imported."""
        (self.folder / "__main__.py").write_text(f"import pulumi\nimport pulumi_kubernetes as k8s\n{body}\n")

    def run(self, *arguments: str, expect: int | None = 0) -> str:
        """Run the command; gives what it printed.

        Args:
            arguments: after ``pulumi``.
            expect: the exit code that must come out; None for any but 0.
        """
        done = subprocess.run(
            [self.pulumi, *arguments, "--non-interactive", "--color=never"],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_LIMIT,
            text=True,
            check=False,
        )
        as_expected = done.returncode != 0 if expect is None else done.returncode == expect
        assert as_expected, f"pulumi {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}"
        return done.stdout

    def change(self, command: str, *arguments: str) -> dict[str, int]:
        """Run ``up``, ``refresh``, ``import`` or ``destroy``; gives the number of resources by what was done."""
        _, _, summary = self.run(command, "--yes", *arguments).rpartition("Resources:")
        return {done: int(count) for count, done in _DONE.findall(summary)}

    def state(self) -> str:
        """The state as `pulumi stack export` gives it."""
        return self.run("stack", "export")

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GROUNDWORK_PYTHON": sys.executable,
            "KUBECONFIG": str(self.kubeconfig),
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            **ONLY_STAND_INS,
            "PULUMI_STACK": "trial",
        }
