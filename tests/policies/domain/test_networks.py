"""Ranges of addresses and of ports are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policies.domain.networks import has_ports, is_world, within
from policies.facts import UNKNOWN, Value

if TYPE_CHECKING:
    from policies.domain.verdict import Verdict


@pytest.mark.parametrize(
    ("source", "world"),
    [
        ("0.0.0.0/0", True),
        ("::/0", True),
        ("0.0.0.0/7", True),
        ("8.0.0.0/8", False),
        ("10.1.2.3/0", True),
        ("203.0.113.7/32", False),
        ("203.0.113.7", False),
        ("::ffff:0:0/0", True),
        ("fc00::/7", False),
        ("2000::/3", True),
        ("2001:db8::/32", False),
        ("pl-1", False),
        ("", False),
        ("0.0.0.0/" + "9" * 5000, False),
        (None, False),
        (0.0, False),
        (["0.0.0.0/0"], False),
        (UNKNOWN, None),
    ],
)
def test_the_world_is_known_by_its_width(source: Value, world: Verdict) -> None:
    """A range wider than anyone owns is the world's."""
    assert world is is_world(source)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (443.0, 443.0, True),
        ("443", "443", True),
        (442.0, 443.0, False),
        (443.0, 444.0, False),
        (443.0, UNKNOWN, None),
        (22.0, UNKNOWN, False),
        (UNKNOWN, 22.0, False),
        (None, None, False),
    ],
)
def test_ports_lie_within_others_or_not(low: Value, high: Value, verdict: Verdict) -> None:
    """Both ends count, and one that is outside decides."""
    assert verdict is within(low, high, 443, 443)


@pytest.mark.parametrize(
    ("protocol", "verdict"),
    [
        ("tcp", True),
        ("UDP", True),
        ("6", True),
        ("17", True),
        ("-1", False),
        ("all", False),
        (6.0, False),
        (UNKNOWN, None),
    ],
)
def test_protocols_with_ports_are_two(protocol: Value, verdict: Verdict) -> None:
    """TCP and UDP have ports; all protocols together have none to tell apart."""
    assert verdict is has_ports(protocol)
