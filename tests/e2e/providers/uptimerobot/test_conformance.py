"""UptimeRobot's provider on the real engine, against the fake."""

from __future__ import annotations

import pytest

from tests.e2e.providers.uptimerobot.subject import UptimeRobotSubject
from tests.providers.conformance.suite import Conformance

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("uptimerobot-conformance")]


class TestUptimeRobot(Conformance):
    """The provider keeps what every provider keeps."""

    subject = UptimeRobotSubject
