"""The rules over Railway and UptimeRobot are about what our own providers have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from policies.domain import railway as railway_types
from policies.domain import uptimerobot as uptimerobot_types
from policies.gate.crossguard import judges
from providers.railway import provider as railway
from providers.uptimerobot import provider as uptimerobot
from tests.policies.test_properties import TYPED, asked_for, resources
from tests.policies.test_rules import FILES

if TYPE_CHECKING:
    from providers.kit.native import Resource

#: Type token -> the resource.
OWN: dict[str, type[Resource[Any, Any]]] = {one.token: one for one in (*railway.RESOURCES, *uptimerobot.RESOURCES)}


def properties(token: str) -> set[str]:
    """Inputs and outputs of a type, by their names on the wire."""
    own = OWN[token]
    return {*(field.alias or name for name, field in own.model.model_fields.items()), *own.computed, "id"}


@pytest.mark.parametrize("token", OWN)
def test_every_type_of_our_providers_is_judged(token: str) -> None:
    """A rule is meant for it: the gate lets nothing pass that nobody judges."""
    assert judges(token)


def test_the_rules_types_are_our_providers() -> None:
    """Every type that the rules' vocabulary names is one that a provider has, and the other way round."""
    named = {
        value
        for module in (railway_types, uptimerobot_types)
        for value in vars(module).values()
        if isinstance(value, str) and ":index:" in value
    }

    assert {*OWN} == named


@pytest.mark.parametrize("file", [file for file in TYPED if file.startswith(("railway.", "uptime.", "monitoring."))])
def test_every_property_that_a_rule_asks_for_exists(file: str) -> None:
    """What a rule asks for is a property of one of its types at least: it would never find one that is misspelt."""
    asked: dict[str, bool] = {}
    for _, stack in resources(file, ("PASS", "FAIL", "PENDING")):
        for token, path in asked_for(FILES[file], stack):
            if token in OWN:
                asked[path[0]] = asked.get(path[0], False) or path[0] in properties(token)

    assert [name for name, exists in sorted(asked.items()) if not exists] == []
