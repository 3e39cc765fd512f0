"""The resource classes are what the models are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from providers.uptimerobot import sdk
from providers.uptimerobot.provider import RESOURCES
from tests.providers.conformance.sdk import differences

KINDS = {kind.__name__: kind for kind in RESOURCES}


@pytest.mark.parametrize("name", sdk.__all__)
def test_a_class_says_what_its_model_says(name: str) -> None:
    """Its arguments are the fields, needed where those are, under their names on the wire."""
    assert [] == differences(getattr(sdk, name), KINDS[name])


def test_every_resource_has_a_class() -> None:
    """And each class a resource."""
    assert sorted(KINDS) == sorted(sdk.__all__)


def test_a_program_pays_for_pulumi_alone() -> None:
    """Importing the classes brings neither pydantic nor httpx, nor what the provider runs on."""
    code = "import sys, providers.uptimerobot.sdk; print({'pydantic', 'httpx', 'providers.kit'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.strip()
