"""The edge's providers: 50 resources of Railway and 50 of UptimeRobot in one stack, on their fakes.

- The first update with the APIs' limits on, against the time that these allow for the requests it needs; they were
  counted in an update without limits. Limit: 1.3 x (issue "Amoisekai's edge").
- A preview with nothing to change against the floor: as many no-op resources through the no-op plugin. Limit: the floor
  plus 3 s (the same issue).
- Each provider's start, from its process to its port. Limit: 1 s (the same issue).
- Requests: of each step of the stack, and of each operation on one resource of each type.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sandbox.fake.limits import Limit
from sandbox.fake.serving import running
from sandbox.plugins.install import install
from sandbox.railway.application import PATH, Railway
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.bench import edge_requests
from tests.bench.figure import Figure
from tests.providers.conformance.project import Project, Run
from tests.providers.conformance.subject import Declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.fake.application import Application

_CHECKOUT: Final = Path(__file__).resolve().parents[2]
_PLUGINS: Final = {name: _CHECKOUT / "providers" / name for name in ("railway", "uptimerobot")}
_TOKEN: Final = "a token of " + "the bench"

#: Requests in a window, and its seconds. A window's end is told in whole seconds, as vendors do: it must be long enough
#: for that to be little.
_REQUESTS, _SECONDS = 40, 10.0
#: Operations at once in the update with limits: each that waits for its API's turn takes a place, and the engine's own
#: number (four for each CPU) is soon full of those that wait for one API, while the other has turns to give.
_PARALLEL: Final = 64
_UP_FACTOR: Final = 1.3
_PREVIEW_SECONDS: Final = 3.0
_START_SECONDS: Final = 1.0
_STARTS: Final = 5
_PREVIEWS: Final = 3

#: The most requests that a step may send for each resource, whatever its type.
_MOST: Final = {"up": 4.0, "preview_unchanged": 0.0, "refresh": 1.0, "destroy": 3.0}


def run(work: Path) -> list[Figure]:
    """Measure all of it."""
    folder = work / "edge"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    railway, uptimerobot = Railway(_TOKEN), UptimeRobot(_TOKEN)
    fakes: dict[str, Application] = {"railway": railway, "uptimerobot": uptimerobot}
    with running(railway) as one, running(uptimerobot) as other:
        settings = {"railway:endpoint": one + PATH, "railway:token": _TOKEN}
        settings |= {"uptimerobot:endpoint": other + BASE, "uptimerobot:apiKey": _TOKEN}
        project = Project.make(folder / "edge", _PLUGINS, settings)
        project.declare([*_railway(), *_uptimerobot()])
        figures = _steps(project, fakes, _floor(folder / "floor"))
    return [*figures, *edge_requests.run(), *_starts()]


def _steps(project: Project, fakes: dict[str, Application], floor: Project) -> list[Figure]:
    """Each step of the stack's life without limits, then the first update with them."""
    needed = _timed(project, "up", fakes)[1]
    figures = [
        *_requests("up", needed),
        *_requests("preview_unchanged", _timed(project, "preview", fakes)[1]),
        _preview(project, floor, fakes),
        *_requests("refresh", _timed(project, "refresh", fakes)[1]),
        *_requests("destroy", _timed(project, "destroy", fakes)[1]),
    ]
    for fake in fakes.values():
        fake.limit = Limit(_REQUESTS, _SECONDS)
    allowed = max((count - 1) // _REQUESTS * _SECONDS for count in needed.values())
    seconds, sent = _timed(project, "up", fakes, "--parallel", str(_PARALLEL))
    refused = sum(sent.values()) - sum(needed.values())
    peer = f"the limits, {_REQUESTS} in {_SECONDS:.0f} s"
    return [
        Figure.of("edge.up_100", seconds, "s", peer=peer, peer_value=allowed, limit=_UP_FACTOR * allowed),
        Figure.of("edge.up_100_refused", refused, "requests"),
        *figures,
    ]


def _requests(step: str, sent: dict[str, int]) -> list[Figure]:
    limit = 50 * _MOST[step]
    return [
        Figure.of(f"edge.requests.{package}_{step}_50", count, "requests", limit=limit)
        for package, count in sent.items()
    ]


def _preview(project: Project, floor: Project, fakes: dict[str, Application]) -> Figure:
    """The preview with nothing to change, in turn with that of the floor: the middle of three of each."""
    pairs = [(_timed(floor, "preview", {})[0], _timed(project, "preview", fakes)[0]) for _ in range(_PREVIEWS)]
    low, high = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Figure.of(
        "edge.preview_unchanged_100",
        high,
        "s",
        peer="no-op plugin",
        peer_value=low,
        limit=low + _PREVIEW_SECONDS,
    )


def _timed(
    project: Project, command: str, fakes: dict[str, Application], *arguments: str
) -> tuple[float, dict[str, int]]:
    """Seconds of a command, and the requests that each API got."""
    before = {package: fake.total for package, fake in fakes.items()}
    begun = time.monotonic()
    _checked(project.run(command, *arguments))
    seconds = time.monotonic() - begun
    return seconds, {package: fake.total - before[package] for package, fake in fakes.items()}


def _floor(folder: Path) -> Project:
    """A stack of 100 resources that do nothing."""
    project = Project.make(folder, {}, {})
    install(folder / "home")
    project.declare([Declared(f"row-{n}", "noop:index:Resource", {"number": str(n)}) for n in range(100)])
    _checked(project.run("up"))
    return project


def _railway() -> Sequence[Declared]:
    """A project, an environment, and twelve services with settings, variables and a volume each: 50 resources."""
    project = {"projectId": {"$output": ["project", "id"]}}
    place = {**project, "environmentId": {"$output": ["staging", "id"]}}
    found = [
        Declared("project", "railway:index:Project", {"name": "bench"}),
        Declared("staging", "railway:index:Environment", {**project, "name": "staging"}),
    ]
    # After the environment: a service that is there before it has to be brought to it, at one more request or none.
    later = {"projectId": {"$output": ["staging", "projectId"]}}
    for number in range(12):
        name = f"service-{number}"
        where = {**place, "serviceId": {"$output": [name, "id"]}}
        # As in the program: variables and volume come after the settings, which bring the service to the environment.
        there = {**where, "environmentId": {"$output": [f"{name}-instance", "environmentId"]}}
        settings: dict[str, Any] = {"image": "registry.example/engine:1", "startCommand": "serve"}
        found += [
            Declared(name, "railway:index:Service", {**later, "name": name}),
            Declared(f"{name}-instance", "railway:index:ServiceInstance", {**where, **settings}),
            Declared(f"{name}-variables", "railway:index:VariableCollection", {**there, "variables": {"A": "1"}}),
            Declared(f"{name}-data", "railway:index:Volume", {**there, "mountPath": "/data", "name": f"data-{number}"}),
        ]
    return found


def _uptimerobot() -> Sequence[Declared]:
    """A group, and 49 monitors in it."""
    group = Declared("group", "uptimerobot:index:MonitorGroup", {"name": "bench"})
    monitors = [
        Declared(
            f"monitor-{number}",
            "uptimerobot:index:Monitor",
            {
                "type": "HTTP",
                "friendlyName": f"monitor {number}",
                "url": f"https://api.example/{number}",
                "interval": 300,
                "groupId": {"$output": ["group", "id"]},
                "tagNames": ["bench", "edge"],
            },
        )
        for number in range(49)
    ]
    return [group, *monitors]


def _starts() -> list[Figure]:
    """Seconds from a provider's process to its port: the middle of five."""
    return [
        Figure.of(
            f"edge.start_{name}",
            statistics.median(_start(plugin) for _ in range(_STARTS)),
            "s",
            limit=_START_SECONDS,
        )
        for name, plugin in _PLUGINS.items()
    ]


def _start(plugin: Path) -> float:
    begun = time.monotonic()
    with subprocess.Popen([sys.executable, "-u", str(plugin)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.monotonic() - begun
        process.kill()
    return seconds


def _checked(outcome: Run) -> None:
    if outcome.exit_code != 0:
        raise RuntimeError(outcome.output)
