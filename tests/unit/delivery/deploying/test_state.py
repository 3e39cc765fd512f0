"""The rows of a deployed service in the engine's state, kept and put back."""

from __future__ import annotations

from typing import Any

from delivery.deploying import state

_INSTANCE: dict[str, Any] = {"urn": "urn:instance", "type": "railway:index:ServiceInstance", "id": "s:e"}
_DEPLOYMENT: dict[str, Any] = {"urn": "urn:deployment", "type": "railway:index:Deployment", "id": "s:e"}
_OTHERS: list[dict[str, Any]] = [
    {"urn": "urn:stack", "type": "pulumi:pulumi:Stack"},
    {"urn": "urn:keeper", "type": "railway:index:ServiceInstance", "id": "k:e"},
    {"urn": "urn:staging", "type": "railway:index:Deployment", "id": "s:f"},
    {"urn": "urn:volume", "type": "railway:index:Volume", "id": "s:e"},
]


def _state(*rows: dict[str, Any], begun: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"version": 3, "deployment": {"manifest": 1, "resources": [*rows], "pending_operations": begun or []}}


def test_a_new_image_changes_two_rows() -> None:
    """The service's settings and its deployment in that environment, and no other's."""
    assert [_INSTANCE, _DEPLOYMENT] == state.rows(_state(*_OTHERS, _INSTANCE, _DEPLOYMENT), "s", "e")


def test_a_state_without_resources_has_no_rows() -> None:
    """A stack that was never made holds null."""
    assert [] == state.rows({"deployment": {"resources": None}}, "s", "e")


def test_the_rows_are_put_back_in_their_place() -> None:
    """Whatever became of them meanwhile; every other row stays as it is now."""
    now = _state(_OTHERS[0], {**_INSTANCE, "outputs": 2}, {**_DEPLOYMENT, "outputs": 2}, {**_OTHERS[1], "outputs": 2})

    back = state.replaced(now, [_INSTANCE, _DEPLOYMENT])

    assert _state(_OTHERS[0], _INSTANCE, _DEPLOYMENT, {**_OTHERS[1], "outputs": 2}) == back


def test_what_was_begun_with_them_is_forgotten() -> None:
    """An update of them that was cut off is not asked about again; one of another resource is."""
    begun = [{"type": "updating", "resource": row} for row in (_INSTANCE, _OTHERS[1])]

    back = state.replaced(_state(_INSTANCE, begun=begun), [_INSTANCE])

    assert _state(_INSTANCE, begun=begun[1:]) == back


def test_what_others_have_begun_is_named() -> None:
    """`pulumi stack import` forgets every operation that was begun: those of other resources are told before."""
    begun = [{"type": "creating", "resource": row} for row in (_INSTANCE, {"urn": "urn:pulumi:x::y::z::volume"})]

    assert ["volume"] == state.begun_elsewhere(_state(_INSTANCE, begun=begun), [_INSTANCE])
