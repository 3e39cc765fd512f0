"""A provider made of kinds: its configuration, its schema, its one client."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from providers.kit import UNKNOWN, Call, Properties, ProviderError, Stored
from providers.kit.inputs import Inputs, Replaces, Secret, ServerDefault
from providers.kit.native import Live, Resource
from providers.kit.package import Package


class Config(Inputs):
    """How it is reached."""

    api_key: Annotated[str, Secret()]
    retries: int = 3


class Part(Inputs):
    """A part of a thing."""

    size: int
    kind: Literal["a", "b"] = "a"


class ThingInputs(Inputs):
    """What a thing is made of."""

    name: str = Field(description="What it is called.")
    parts: list[Part] = Field(default_factory=list)
    options: dict[str, Part] = Field(default_factory=dict)
    region: Annotated[str | None, ServerDefault(), Replaces()] = None
    limit: int | float = 1
    either: int | Part = 0
    secret_words: Annotated[list[str], Secret()] = Field(default_factory=list)


class Client:
    """One connection.

    Attributes:
        config: what it was made with.
        closed: whether it was given back.
    """

    made = 0

    def __init__(self, config: Config) -> None:
        type(self).made += 1
        self.config = config
        self.closed = False

    def close(self) -> None:
        """Give it back."""
        self.closed = True


class Thing(Resource[ThingInputs, Client]):
    """A thing.

    Whatever it is.
    """

    token = "test:index:Thing"  # noqa: S105 - a type token
    model = ThingInputs
    computed = {  # noqa: RUF012 - a ClassVar of the base
        "url": Annotated[str, Secret()],
        "records": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}},
    }

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """As its configuration says."""
        del call, stored
        return Live(id, {"name": client.config.api_key, "limit": client.config.retries})


def _package() -> Package[Config, Client]:
    return Package("test", "1.2.3", Config, Client, [Thing])


def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_package().schema)
    return loaded


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", {"type": "string", "description": "What it is called."}),
        ("parts", {"type": "array", "items": {"$ref": "#/types/test:index:Part"}}),
        ("options", {"type": "object", "additionalProperties": {"$ref": "#/types/test:index:Part"}}),
        ("region", {"type": "string", "willReplaceOnChanges": True}),
        ("limit", {"type": "number", "default": 1}),
        ("either", {"$ref": "pulumi.json#/Any", "default": 0}),
        ("secretWords", {"type": "array", "items": {"type": "string"}, "secret": True}),
    ],
)
def test_inputs_in_the_schema(name: str, expected: dict[str, Any]) -> None:
    """Each field is there under its wire name, with what its type and its markers say."""
    assert expected == _schema()["resources"]["test:index:Thing"]["inputProperties"][name]


def test_required_inputs() -> None:
    """Those without a default."""
    assert ["name"] == _schema()["resources"]["test:index:Thing"]["requiredInputs"]


def test_outputs_in_the_schema() -> None:
    """What is computed stands beside the inputs, by its type or by its own schema."""
    properties = _schema()["resources"]["test:index:Thing"]["properties"]
    assert ({"type": "string", "secret": True}, Thing.computed["records"], {"type": "number"}) == (
        properties["url"],
        properties["records"],
        properties["limit"],
    )


def test_parts_in_the_schema() -> None:
    """A model within another is a type of the package."""
    expected = {
        "type": "object",
        "description": "A part of a thing.",
        "properties": {"size": {"type": "integer"}, "kind": {"type": "string", "default": "a"}},
        "required": ["size"],
    }
    assert {"test:index:Part": expected} == _schema()["types"]


def test_the_package_in_the_schema() -> None:
    """Its name, version, and configuration; a kind's text is one line."""
    schema = _schema()
    settings = {"apiKey": {"type": "string", "secret": True}, "retries": {"type": "integer", "default": 3}}
    assert ("test", "1.2.3", settings, ["apiKey"], "A thing. Whatever it is.") == (
        schema["name"],
        schema["version"],
        schema["config"]["variables"],
        schema["provider"]["requiredInputs"],
        schema["resources"]["test:index:Thing"]["description"],
    )


def test_the_configuration_is_checked() -> None:
    """A key that there is not, and one that is missing, are failures; what the engine adds for itself is not."""
    checked = _package().check_config(Call(), {"apikey": "k", "version": "1.2.3", "pluginDownloadURL": "x"})
    assert [("apiKey",), ("apikey",)] == sorted(failure.path for failure in checked.failures)


def test_the_configuration_stays_as_it_is() -> None:
    """Defaults are not written into the state: a later default holds for every stack."""
    assert {"apiKey": "k"} == _package().check_config(Call(), {"apiKey": "k"}).inputs


def test_the_configurations_secrets() -> None:
    """They are secret in the state, whatever the program says of them."""
    assert (("apiKey",),) == _package().secret_patterns


def test_text_configuration() -> None:
    """The engine's configuration is text: numbers are read from it."""
    made = _package()
    made.configure({"apiKey": "k", "retries": "7", "version": "1.2.3"})
    found = made.handler("test:index:Thing").read(Call(), Stored("1"))
    assert found is not None
    assert {"name": "k", "limit": 7} == found.inputs


def test_one_client() -> None:
    """It is made for the first operation that needs it, once, and closed at the end."""
    made = _package()
    before = Client.made
    made.configure({"apiKey": "k"})
    none_yet = Client.made
    for _ in range(2):
        made.handler("test:index:Thing").read(Call(), Stored("1"))
    made.close()
    assert (before, before + 1) == (none_yet, Client.made)


def test_an_unknown_configuration() -> None:
    """A preview may have one; what needs it says so."""
    made = _package()
    made.configure({"apiKey": UNKNOWN})
    made.close()
    with pytest.raises(ProviderError, match="the configuration of test is not known yet"):
        made.handler("test:index:Thing").read(Call(), Stored("1"))
