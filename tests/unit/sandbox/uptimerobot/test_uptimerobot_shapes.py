"""The provider sends what the contract takes: its models and the fake's shapes say the same."""

from __future__ import annotations

from typing import Any

import pytest

from providers.kit.inputs import strict, wire
from providers.uptimerobot.provider import RESOURCES
from providers.uptimerobot.resources.monitor import Monitor
from providers.uptimerobot.resources.monitor_inputs import TYPES, MonitorInputs, defaulted
from sandbox.uptimerobot import shapes, shapes_other
from tests.unit.providers.uptimerobot.kinds import ALL, MONITORS

KINDS = {kind.__name__: kind for kind in RESOURCES}
SHAPES: dict[str, type[shapes.Shape]] = {
    "MonitorGroup": shapes_other.Group,
    "AlertContact": shapes_other.Contact,
    "MaintenanceWindow": shapes_other.Window,
    "StatusPage": shapes_other.Page,
    "Integration": shapes_other.Integration,
}

#: Fields of the contract that the provider never sends.
UNUSED = {"regionalData"}


def _body(kind: str, inputs: dict[str, Any]) -> dict[str, Any]:
    resource: Any = KINDS[kind](lambda: None)  # type: ignore[arg-type, return-value]  # no request is sent
    given = defaulted(inputs) if kind == "Monitor" else inputs
    body: dict[str, Any] = resource.body(strict(resource.model, given))
    return body


def _names(shape: type[shapes.Shape]) -> set[str]:
    return {str(info.alias) for info in shape.model_fields.values()}


@pytest.mark.parametrize(("kind", "inputs"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_a_create_is_as_the_contract_has_it(kind: str, inputs: dict[str, Any]) -> None:
    """Of each kind and type: every field is known there, of its type, and nothing is missing."""
    shape = shapes.MONITORS[inputs["type"]] if kind == "Monitor" else SHAPES[kind]
    body = _body(kind, inputs)
    if kind == "Integration":
        shapes_other.CHANNELS[inputs["type"]].model_validate(body["data"])

    assert shape.model_validate(body)


@pytest.mark.parametrize("type_", MONITORS)
def test_a_type_has_the_fields_of_the_contract(type_: str) -> None:
    """What a type may have here is what its create may have there."""
    others = {"maintenanceWindowIds": "maintenanceWindowsIds"}
    wired = {str(info.alias): field for field, info in MonitorInputs.model_fields.items()}
    ours = {others.get(name, name) for name, field in wired.items() if type_ in TYPES.get(field, {type_})}
    # A pause is a request of its own; a heartbeat's contract has no `config`, which its type refuses here.
    ours -= {"isPaused", *({"config"} if type_ == "HEARTBEAT" else ())}

    assert _names(shapes.MONITORS[type_]) - UNUSED == ours


def test_every_input_can_be_updated() -> None:
    """The contract's update has each field that ours sends, but for the type, which is for life."""
    full: set[str] = set()
    for type_ in MONITORS:
        full |= _body("Monitor", {"type": type_, "friendlyName": "x", **MONITORS[type_]}).keys()

    assert set() == full - _names(shapes.MonitorChange)


@pytest.mark.parametrize("type_", MONITORS)
def test_an_update_is_as_the_contract_has_it(type_: str) -> None:
    """From the least to the fullest and back."""
    monitor = Monitor(lambda: None)  # type: ignore[arg-type, return-value]  # no request is sent
    full = strict(MonitorInputs, defaulted({"type": type_, "friendlyName": "x", **MONITORS[type_]}))
    needed = {"type", "friendlyName", "interval", "url", "gracePeriod", "port", "keywordType", "keywordValue"}
    least = {name: value for name, value in wire(full).items() if name in {*needed, "keywordCaseType"}}
    config = {"config": wire(full)["config"]} if type_ in {"API", "UDP"} else {}
    bare = strict(MonitorInputs, defaulted({**least, **config}))

    assert shapes.MonitorChange.model_validate(monitor.patch(bare, full))
    assert shapes.MonitorChange.model_validate(monitor.patch(full, bare))


def test_the_shapes_refuse_what_they_do_not_know() -> None:
    """They are strict: a number that is a text, a field too many."""
    good = {"type": "HEARTBEAT", "friendlyName": "x", "interval": 60}
    shapes.Heartbeat.model_validate(good)

    for wrong in ({"interval": "60"}, {"colour": "red"}, {"gracePeriod": -1}):
        with pytest.raises(ValueError, match="1 validation error"):
            shapes.Heartbeat.model_validate({**good, **wrong})
