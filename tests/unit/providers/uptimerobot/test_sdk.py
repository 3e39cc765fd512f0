"""The resource classes are what the models are."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from pydantic.alias_generators import to_camel

from providers.uptimerobot import sdk
from providers.uptimerobot.provider import RESOURCES
from providers.uptimerobot.sdk.resource import Computed

CLASSES = {resource.token: resource for resource in RESOURCES}


def _inputs(name: str) -> dict[str, inspect.Parameter]:
    parameters = inspect.signature(getattr(sdk, name).__init__).parameters
    return {key: value for key, value in parameters.items() if key not in {"self", "resource_name", "opts"}}


@pytest.mark.parametrize("name", sdk.__all__)
def test_arguments_are_the_models_fields(name: str) -> None:
    """Each field is an argument, and each argument a field."""
    model = CLASSES[getattr(sdk, name).token].model

    assert sorted(model.model_fields) == sorted(_inputs(name))


@pytest.mark.parametrize("name", sdk.__all__)
def test_what_the_model_needs_the_class_needs(name: str) -> None:
    """An argument can be left out where the field can."""
    model = CLASSES[getattr(sdk, name).token].model
    needed = {field for field, info in model.model_fields.items() if info.is_required()}

    assert needed == {key for key, value in _inputs(name).items() if value.default is inspect.Parameter.empty}


@pytest.mark.parametrize("name", sdk.__all__)
def test_arguments_travel_under_the_models_names(name: str) -> None:
    """The class writes each argument under its field's name on the wire."""
    model = CLASSES[getattr(sdk, name).token].model
    source = inspect.getsource(getattr(sdk, name))
    wired = {info.alias or to_camel(field) for field, info in model.model_fields.items()}

    assert [] == sorted(name for name in wired if f'"{name}": ' not in source)


def test_every_resource_has_a_class() -> None:
    """And each class a resource."""
    assert sorted(CLASSES) == sorted(getattr(sdk, name).token for name in sdk.__all__)


def test_outputs_are_the_resources_own() -> None:
    """What a class computes, its resource does."""
    computed = {
        (token, item.wire)
        for name in sdk.__all__
        for token in (getattr(sdk, name).token,)
        for item in vars(getattr(sdk, name)).values()
        if isinstance(item, Computed)
    }

    assert set() == {(token, wire) for token, wire in computed if wire not in CLASSES[token].computed}


def test_a_program_pays_for_pulumi_alone() -> None:
    """Importing the classes brings neither pydantic nor httpx."""
    code = "import sys, providers.uptimerobot.sdk; print({'pydantic', 'httpx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.strip()
