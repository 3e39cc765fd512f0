"""UptimeRobot's provider on the real engine, against the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.providers.uptimerobot.subject import UptimeRobotSubject
from tests.providers.conformance.suite import Conformance

if TYPE_CHECKING:
    from tests.providers.conformance.story import Story

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("uptimerobot-conformance")]


class TestUptimeRobot(Conformance):
    """The provider keeps what every provider keeps."""

    subject = UptimeRobotSubject

    def test_a_heartbeats_address_is_never_seen(self, story: Story) -> None:
        """Whoever knows it can report: the state has it encrypted, and nothing prints it."""
        assert [] == [line for line in story.written().splitlines() if "/heartbeat/m" in line]
