"""UptimeRobot's provider on the real engine, when the API answers late, not at all, or no more for now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from sandbox.fake import Fault, Kind, running
from sandbox.fake.limits import Limit
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.providers.conformance.project import Project, Run
from tests.providers.conformance.subject import Declared

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("uptimerobot-storm")]

_KEY = "a-" + "key-for-tests"
_MANY: Final = 20

#: What happens to the first update: each once, and a rate limit over all of it.
_FAULTS: Final = (
    Fault("POST /monitors", Kind.LOST),
    Fault("POST /monitors", Kind.LIMITED, times=3),
    Fault("GET /monitors", Kind.ERROR, status=503),
    Fault("GET /monitors", Kind.LAG, times=2, seconds=5),
)


def _monitor(number: int) -> Declared:
    properties = {"type": "PING", "friendlyName": f"m{number}", "url": f"m{number}.example.com", "interval": 300}
    return Declared(f"m{number}", "uptimerobot:index:Monitor", properties)


class TestStorm:
    """Twenty monitors, five requests a second, and all that can go wrong with an answer."""

    @pytest.fixture(scope="class")
    @classmethod
    def fake(cls) -> UptimeRobot:
        """The fake."""
        return UptimeRobot(_KEY)

    @pytest.fixture(scope="class")
    @classmethod
    def run(cls, fake: UptimeRobot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
        """The one update."""
        folder = tmp_path_factory.mktemp("storm") / "project"
        with running(fake) as url:
            settings = {"uptimerobot:endpoint": f"{url}{BASE}", "uptimerobot:apiKey": _KEY}
            project = Project.make(folder, {"uptimerobot": Path("providers/uptimerobot").resolve()}, settings)
            project.declare([_monitor(number) for number in range(_MANY)])
            for fault in _FAULTS:
                fake.faults.add(fault)
            fake.limit = Limit(5, 1.0)
            yield project.run("up")

    def test_the_update_ends_well(self, run: Run) -> None:
        """Every monitor is made."""
        assert (0, dict.fromkeys((f"m{number}" for number in range(_MANY)), "create")) == (
            run.exit_code,
            run.operations,
        ), run.output

    def test_none_is_made_twice(self, run: Run, fake: UptimeRobot) -> None:
        """Not even the one whose answer was lost."""
        assert run.exit_code == 0
        names = [record["friendlyName"] for record in fake.store.document["monitors"].values()]
        assert sorted(f"m{number}" for number in range(_MANY)) == sorted(names)

    def test_the_limit_is_kept(self, run: Run, fake: UptimeRobot) -> None:
        """What the API announces is heeded: few requests are turned away."""
        assert run.exit_code == 0
        assert fake.counts["POST /monitors"] <= 2 * _MANY, fake.counts
