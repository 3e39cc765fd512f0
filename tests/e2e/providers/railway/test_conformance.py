"""Railway's provider keeps what every provider keeps, on the real engine."""

from __future__ import annotations

import pytest

from tests.e2e.providers.railway.subject import RailwaySubject
from tests.providers.conformance.suite import Conformance

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("railway-conformance")]


class TestRailway(Conformance):
    """Every type that it has."""

    subject = RailwaySubject


def test_every_type_is_tried() -> None:
    """The story has a resource of each type."""
    assert RailwaySubject.tokens == {item.type for item in RailwaySubject.resources}
