"""What counts as a value that only the bridge wrote."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policies.golden.values import strange


@pytest.mark.parametrize(
    ("bridged", "written"),
    [
        ({"port": 443.0}, {"port": 443, "protocol": "HTTP"}),
        ({"rule": [{"id": "b"}, {"id": "a"}]}, {"rule": [{"id": "a", "on": True}, {"id": "b"}]}),
        ({"encrypted": True}, {"encrypted": "true"}),
        ({"policy": '{"a": 1, "b": [2]}'}, {"policy": '{"b":[2],"a":1}'}),
        ({"password": "[secret]"}, {"password": "anything"}),
        ({"name": "logs-0a1b2c3"}, {}),
        ({"description": "Managed by Pulumi"}, {"description": "Managed by Terraform"}),
        ({"security_group_ids": [None]}, {}),
    ],
)
def test_what_is_in_the_written_plan_is_not_strange(bridged: dict[str, Any], written: dict[str, Any]) -> None:
    """Defaults of either side, the order of a set and the form of a number make no difference."""
    assert [] == list(strange(bridged, written))


@pytest.mark.parametrize(
    ("bridged", "written", "place"),
    [
        ({"cors_rules": ["a"]}, {"cors_rule": ["a"]}, ".cors_rules"),
        ({"tags": {"team_name": "a"}}, {"tags": {"teamName": "a"}}, ".tags.team_name"),
        ({"rule": {"id": "a"}}, {"rule": [{"id": "a"}]}, ".rule"),
        ({"rule": [{"id": "a"}]}, {"rule": [{"id": "b"}]}, ".rule[0]"),
        ({"rule": ["a", "a"]}, {"rule": ["a", "b"]}, ".rule[1]"),
        ({"rule": ["a", "b"]}, {"rule": ["a"]}, ".rule"),
        ({"port": "443"}, {"port": 443}, ".port"),
        ({"policy": '{"a": 1}'}, {"policy": '{"a": 2}'}, ".policy"),
        ({"port": 1}, {"port": True}, ".port"),
        ({"on": True}, {"on": False}, ".on"),
        ({"password": None}, {"password": "anything"}, ".password"),
    ],
)
def test_what_is_not_in_the_written_plan_is_told(bridged: dict[str, Any], written: dict[str, Any], place: str) -> None:
    """A name, a key, a block, a value or a type that differs is told by its place."""
    assert [place] == list(strange(bridged, written))
