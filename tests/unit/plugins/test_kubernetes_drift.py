"""What a refresh finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given

from sandbox.plugins.kubernetes.drift import imported, settled
from tests.unit.providers.strategies import PROPERTIES

if TYPE_CHECKING:
    from providers.kit import Properties


@given(PROPERTIES, PROPERTIES)
def test_unchanged_objects_keep_their_inputs(inputs: Properties, live: Properties) -> None:
    """While the object is what the last apply made of it, the inputs stay as the program wrote them."""
    assert inputs == settled(inputs, live, live)


def test_server_s_spelling_is_no_drift() -> None:
    """A quantity that the server writes its own way is no drift."""
    inputs: Properties = {"spec": {"cpu": "1000m"}}
    assert inputs == settled(inputs, {"spec": {"cpu": "1"}}, {"spec": {"cpu": "1"}})


def test_defaults_are_no_drift() -> None:
    """Fields that the program did not set are not its business."""
    inputs: Properties = {"spec": {"a": 1}}
    assert inputs == settled(inputs, {"spec": {"a": 1}}, {"spec": {"a": 1, "default": 2}, "status": {}})


def test_a_changed_field_is_drift() -> None:
    """A field that someone changed shows its live value."""
    inputs: Properties = {"spec": {"a": 1, "b": 2}}
    assert {"spec": {"a": 9, "b": 2}} == settled(inputs, {"spec": {"a": 1, "b": 2}}, {"spec": {"a": 9, "b": 2}})


def test_a_removed_field_is_drift() -> None:
    """A field that someone removed is gone from the inputs."""
    inputs: Properties = {"metadata": {"labels": {"a": "1", "b": "2"}}}
    assert {"metadata": {"labels": {"a": "1"}}} == settled(inputs, inputs, {"metadata": {"labels": {"a": "1"}}})


def test_an_empty_field_is_not_removed() -> None:
    """A field that is empty and that the server left out is no drift."""
    inputs: Properties = {"spec": {"podSelector": {}, "ingress": []}}
    assert inputs == settled(inputs, {"spec": {"podSelector": {}}}, {"spec": {}})


def test_an_injected_container_is_no_drift() -> None:
    """A container that someone else added is theirs; one that was changed is drift, whatever its place."""
    inputs: Properties = {"containers": [{"name": "a", "image": "1"}, {"name": "b", "image": "1"}]}
    live = {"containers": [{"name": "x"}, {"name": "a", "image": "1"}, {"name": "b", "image": "2"}]}
    expected = {"containers": [{"name": "a", "image": "1"}, {"name": "b", "image": "2"}]}
    assert expected == settled(inputs, inputs, live)


def test_a_removed_container_is_drift() -> None:
    """A container that someone removed is gone from the inputs."""
    inputs: Properties = {"containers": [{"name": "a"}, {"name": "b"}]}
    assert {"containers": [{"name": "b"}]} == settled(inputs, inputs, {"containers": [{"name": "b"}]})


def test_an_added_rule_is_drift() -> None:
    """A list whose items have no identity belongs to the program as a whole."""
    inputs: Properties = {"rules": [{"verbs": ["get"]}]}
    live = {"rules": [{"verbs": ["get"]}, {"verbs": ["*"]}]}
    assert live == settled(inputs, inputs, live)


def test_finalizers_of_others_are_no_drift() -> None:
    """Controllers add finalizers of their own."""
    inputs: Properties = {"metadata": {"finalizers": ["mine"]}}
    assert inputs == settled(inputs, inputs, {"metadata": {"finalizers": ["theirs", "mine"]}})


def test_a_changed_secret_is_drift() -> None:
    """A Secret's text is compared with what its data says now."""
    inputs: Properties = {"stringData": {"a": "old", "b": "same"}}
    then: Properties = {"data": {"a": "b2xk", "b": "c2FtZQ=="}}
    assert {"stringData": {"a": "new", "b": "same"}} == settled(inputs, then, {"data": {"a": "bmV3", "b": "c2FtZQ=="}})


def _live(*entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Thing",
        "metadata": {
            "name": "a",
            "namespace": "n",
            "uid": "u",
            "labels": {"mine": "1", "theirs": "2"},
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"},
            "managedFields": list(entries),
        },
        "spec": {"containers": [{"name": "c", "image": "i", "default": 1}, {"name": "other"}], "set": ["x", "y"]},
        "status": {"phase": "fine"},
    }


def test_import_of_an_applied_object() -> None:
    """The inputs of an imported object are the fields that someone applied, not the server's defaults."""
    fields = {
        "f:metadata": {"f:labels": {"f:mine": {}}},
        "f:spec": {"f:containers": {'k:{"name":"c"}': {".": {}, "f:image": {}, "f:name": {}}}, "f:set": {'v:"y"': {}}},
    }
    expected = {
        "apiVersion": "v1",
        "kind": "Thing",
        "metadata": {"name": "a", "namespace": "n", "labels": {"mine": "1"}},
        "spec": {"containers": [{"name": "c", "image": "i"}], "set": ["y"]},
    }
    assert expected == imported(_live({"operation": "Apply", "fieldsV1": fields}))


def test_import_of_a_created_object() -> None:
    """Where nobody applied anything, all but status and the server's metadata would make the object anew."""
    live = _live({"operation": "Update", "fieldsV1": {}})
    expected = {
        "apiVersion": "v1",
        "kind": "Thing",
        "metadata": {"name": "a", "namespace": "n", "labels": {"mine": "1", "theirs": "2"}},
        "spec": live["spec"],
    }
    assert expected == imported(live)
