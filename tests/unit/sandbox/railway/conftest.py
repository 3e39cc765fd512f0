"""A fake Railway for each test."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.railway.world import World


@pytest.fixture
def world() -> World:
    """A fake with an empty project."""
    return World()
