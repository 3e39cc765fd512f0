"""What the tests of the Railway provider share."""

from __future__ import annotations

import pytest

from tests.unit.providers.railway.world import Product, World, product


@pytest.fixture
def world() -> World:
    """An empty account, and the provider."""
    return World()


@pytest.fixture
def made(world: World) -> Product:
    """A project with a service, nothing deployed."""
    return product(world)
