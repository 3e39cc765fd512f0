"""The engine's own view of the plugins that were laid out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sandbox.plugins.install import stand_ins

if TYPE_CHECKING:
    from tests.e2e.plugins.conftest import Engine

pytestmark = pytest.mark.e2e


def test_engine_lists_each_stand_in_at_its_version(engine: Engine) -> None:
    """`pulumi plugin ls` counts every stand-in as installed, at the version of the vendor's SDK."""
    listed = json.loads(engine.call("plugin", "ls", "--json").stdout)
    assert sorted((item.name, "resource", item.version) for item in stand_ins()) == sorted(
        (item["name"], item["kind"], item["version"]) for item in listed
    )
