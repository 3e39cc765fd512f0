"""What the tests of the UptimeRobot fake share."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.uptimerobot.account import Account


@pytest.fixture
def account() -> Account:
    """A new account."""
    return Account()
