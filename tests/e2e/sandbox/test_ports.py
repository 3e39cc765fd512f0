"""Ports of the services: recorded, and told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.ports import Ports

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e


def test_no_two_services_share_a_port(tmp_path: Path) -> None:
    """Also not where the record says so."""
    ports = Ports(tmp_path / "ports.json")
    ports.path.write_text('{"a": 20500, "b": 20500}')

    assigned = ports.assign(["a", "b", "c"], lambda _event: None)

    assert len(set(assigned.values())) == 3
