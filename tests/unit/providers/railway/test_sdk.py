"""The classes that a program uses say the same as the models."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from typing import Any

import pytest

from providers.kit import shape
from providers.railway import sdk
from providers.railway.provider import RESOURCES
from providers.sdk import Computed

KINDS = {kind.token.rpartition(":")[2]: kind for kind in RESOURCES}


def arguments(name: str) -> dict[str, inspect.Parameter]:
    """The inputs that a class takes."""
    found = inspect.signature(getattr(sdk, name).__init__).parameters
    return {key: value for key, value in found.items() if key not in {"self", "resource_name", "opts"}}


def test_there_is_a_class_for_each_type() -> None:
    """No type is without its class, no class without its type."""
    assert KINDS.keys() == set(sdk.__all__)


@pytest.mark.parametrize("name", KINDS)
def test_token(name: str) -> None:
    """A class declares its own type."""
    assert KINDS[name].token == getattr(sdk, name).token


@pytest.mark.parametrize("name", KINDS)
def test_arguments(name: str) -> None:
    """A class takes each field of the model, and must be given just those that have no default."""
    model = KINDS[name].model
    expected = {key: field.is_required() for key, field in model.model_fields.items()}
    assert expected == {key: value.default is value.empty for key, value in arguments(name).items()}


@pytest.mark.parametrize("name", KINDS)
def test_names_on_the_wire(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each argument travels under the name that the model has for it."""
    seen: dict[str, Any] = {}

    def declared(_self: object, _name: str, inputs: dict[str, Any], *_rest: object, **_options: object) -> None:
        seen.update(inputs)

    monkeypatch.setattr(sdk.Project.__mro__[1], "__init__", declared)
    given = {key: f"the {key}" for key in arguments(name) if key != "registry_password"}
    getattr(sdk, name)("it", **given)
    model = KINDS[name].model
    expected = {shape.wire_name(key, model.model_fields[key]): value for key, value in given.items()}
    assert expected == {key: value for key, value in seen.items() if key != "registryPassword"}


@pytest.mark.parametrize("name", KINDS)
def test_outputs(name: str) -> None:
    """A class has an output for each that the provider computes."""
    found = {value.wire for value in vars(getattr(sdk, name)).values() if isinstance(value, Computed)}
    assert KINDS[name].computed.keys() == found


def test_imports_nothing_but_pulumi() -> None:
    """A program that declares resources loads neither the client nor pydantic, nor what the provider runs on."""
    code = "import sys, providers.railway.sdk; print(sorted(set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(done.stdout))
    assert set() == loaded & {"pydantic", "httpx", "providers.kit", "providers.railway.client"}
