"""What the tests of the UptimeRobot provider share."""

from __future__ import annotations

import pytest

from tests.unit.providers.uptimerobot.world import World


@pytest.fixture
def world() -> World:
    """An empty account, and the provider."""
    return World()
