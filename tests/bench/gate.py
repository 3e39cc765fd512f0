"""The gate over a preview's AWS resources, beside checkov's command line over the equivalent plan, in the same run.

Limits: issue "Policy gate". Both sides get the same resources, from a file, and write a report; the command line is
checkov's own and judges nothing but the plan, the gate asks every engine that judges resources.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from policies import preview
from policies.checkov import environment
from policies.checkov.plan import bridge
from tests.bench.digest import digest
from tests.bench.figure import Figure
from toolchain.events import ignore
from toolchain.files import write

if TYPE_CHECKING:
    from pathlib import Path

_SMALL, _MEDIUM, _LARGE = 100, 1000, 4000
_CONVERSION_LIMIT, _WARM_FACTOR, _MEMORY_LIMIT = 0.5, 0.5, 600.0
_RUNS = 3
_POLL_SECONDS = 0.02
_LIMIT_SECONDS = 600.0
_MIB = 2**20
#: The gate ends with these when it judged: nothing found, or something (`docs/exit-codes.md`).
_JUDGED = (0, 5)
#: checkov's, likewise.
_SAID = (0, 1)


def run(work: Path) -> list[Figure]:
    """Measure three sizes; the best of three runs of each, as the machine is not ours alone."""
    folder = work / "gate"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    python = environment.python(ignore)
    bench = _Bench(folder, python)
    converted, plan = bench.convert(_MEDIUM)
    cold, peer, peak = [], [], []
    for _ in range(_RUNS):  # by turns, so that what else the machine does meets both
        seconds, mib = bench.gate(_MEDIUM, cold=True)
        cold.append(seconds)
        peak.append(mib)
        peer.append(bench.command_line(plan))
    warm = min(bench.gate(_MEDIUM, cold=False)[0] for _ in range(_RUNS))
    small = min(bench.gate(_SMALL, cold=True)[0] for _ in range(_RUNS)) / _SMALL
    large = bench.gate(_LARGE, cold=True)[0] / _LARGE
    command_line = min(peer)
    return [
        Figure.of("gate.convert_1000", converted, "s", limit=_CONVERSION_LIMIT),
        Figure.of(
            "gate.cold_1000", min(cold), "s", limit=command_line, peer="checkov's command line", peer_value=command_line
        ),
        Figure.of("gate.warm_1000", warm, "s", limit=_WARM_FACTOR * min(cold), peer="cold", peer_value=min(cold)),
        Figure.of("gate.memory_1000", max(peak), "MiB", limit=_MEMORY_LIMIT),
        Figure.of(
            "gate.each_of_4000", large * 1000, "ms", limit=small * 1000, peer="each of 100", peer_value=small * 1000
        ),
    ]


class _Bench:
    """Where the measured files lie: ``folder``; a cache of verdicts of its own, with checkov's environment in it."""

    def __init__(self, folder: Path, python: Path) -> None:
        self._folder = folder
        self._python = python
        home = python.parents[1]
        self._cache = folder / "cache"
        (self._cache / "checkov").mkdir(parents=True)
        (self._cache / "checkov" / home.name).symlink_to(home)

    def convert(self, size: int) -> tuple[float, Path]:
        """Seconds from a preview in a file to a plan in memory, and the plan in a file."""
        file = self._digest(size)
        seconds = []
        for _ in range(_RUNS):
            started = time.perf_counter()
            bridged = bridge(preview.read(file))
            seconds.append(time.perf_counter() - started)
        plan = self._folder / "plan.json"
        write(plan, json.dumps(bridged.plan).encode())
        return min(seconds), plan

    def gate(self, size: int, *, cold: bool) -> tuple[float, float]:
        """Seconds and peak MiB of ``gw gate`` over so many resources, its scanners among it, SARIF written."""
        if cold:
            shutil.rmtree(self._cache / "checkov-verdicts", ignore_errors=True)
        gw = [sys.executable, "-c", "from delivery.cli import main; main()"]
        options = ["--preview", str(self._digest(size)), "--output", f"sarif={self._folder / 'gate.sarif'}"]
        return self._measured([*gw, "gate", *options], _JUDGED)

    def command_line(self, plan: Path) -> float:
        """Seconds of checkov's command line over the plan, SARIF written."""
        command = [str(self._python), "-m", "checkov.main", "--framework", "terraform_plan", "--skip-download"]
        options = ["--file", str(plan), "--output", "sarif", "--output-file-path", str(self._folder / "checkov")]
        return self._measured([*command, *options], _SAID)[0]

    def _digest(self, size: int) -> Path:
        file = self._folder / f"preview-{size}.json"
        if not file.exists():
            write(file, json.dumps(digest(size)).encode())
        return file

    def _measured(self, command: list[str], expected: tuple[int, ...]) -> tuple[float, float]:
        log = self._folder / "output.log"
        variables = os.environ | {"GROUNDWORK_CACHE": str(self._cache), "GROUNDWORK_SANDBOX": str(self._folder)}
        started = time.monotonic()
        with log.open("wb") as output:
            process = psutil.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
            peak = 0
            while process.poll() is None:
                peak = max(peak, _resident(process))
                if time.monotonic() - started > _LIMIT_SECONDS:
                    process.kill()
                time.sleep(_POLL_SECONDS)
        seconds = time.monotonic() - started
        if process.returncode not in expected:
            raise RuntimeError(f"{command[2:5]} ended with {process.returncode}: {log.read_text('utf-8')[-2000:]}")
        return seconds, peak / _MIB


def _resident(process: psutil.Process) -> int:
    """Bytes of memory of a process and of all that it started; what is shared counts each time."""
    total = 0
    with suppress(psutil.Error):
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += each.memory_info().rss
    return total
