"""Which changes need a new object."""

from __future__ import annotations

import pytest

from providers.kit import Properties, differ
from sandbox.plugins.kubernetes.immutable import answered, in_place_name, patterns
from sandbox.plugins.kubernetes.settings import Settings
from sandbox.plugins.kubernetes.tokens import Type

MUTABLE = {"enableConfigMapMutable": True, "enableSecretMutable": True}


def _replaces(type_: Type, old: Properties, new: Properties, **settings: bool) -> bool:
    return differ(old, new, replace_on=patterns(type_, Settings.model_validate(settings), old)).replaces


@pytest.mark.parametrize(
    ("type_", "old", "new", "expected"),
    [
        (Type("v1", "Namespace"), {"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}, True),
        (Type("v1", "Namespace"), {"metadata": {"labels": {"a": "1"}}}, {"metadata": {"labels": {"a": "2"}}}, False),
        (Type("batch/v1", "Job"), {"spec": {"template": {"a": 1}}}, {"spec": {"template": {"a": 2}}}, True),
        (Type("batch/v1", "Job"), {"spec": {"suspend": True}}, {"spec": {"suspend": False}}, False),
        (Type("apps/v1", "StatefulSet"), {"spec": {"serviceName": "a"}}, {"spec": {"serviceName": "b"}}, True),
        (Type("apps/v1", "StatefulSet"), {"spec": {"replicas": 1}}, {"spec": {"replicas": 2}}, False),
        (Type("v1", "Service"), {"spec": {"clusterIP": "None"}}, {"spec": {}}, True),
        (Type("v1", "PersistentVolumeClaim"), {"spec": {"accessModes": ["a"]}}, {"spec": {"accessModes": ["b"]}}, True),
        (Type("v1", "PersistentVolumeClaim"), {"spec": {"resources": {"a": 1}}}, {"spec": {"resources": {}}}, False),
        (Type("v1", "ConfigMap"), {"data": {"a": "1"}}, {"data": {"a": "2"}}, True),
        (Type("v1", "Secret"), {"stringData": {"a": "1"}}, {"stringData": {"a": "2"}}, True),
    ],
)
def test_table(type_: Type, old: Properties, new: Properties, expected: bool) -> None:  # noqa: FBT001 - a table's row
    """A change replaces when the table says that the field is immutable."""
    assert expected == _replaces(type_, old, new)


@pytest.mark.parametrize("kind", ["ConfigMap", "Secret"])
def test_mutable_data(kind: str) -> None:
    """With the vendor's setting, data is updated in place, unless the object itself is immutable."""
    type_ = Type("v1", kind)
    free = _replaces(type_, {"data": {"a": "1"}}, {"data": {"a": "2"}}, **MUTABLE)
    fixed = _replaces(type_, {"data": {"a": "1"}, "immutable": True}, {"data": {"a": "2"}}, **MUTABLE)
    assert (False, True) == (free, fixed)


def test_server_names_the_field() -> None:
    """Only the changes that concern the fields that the server names replace."""
    changes = differ({"spec": {"a": {"b": 1}, "c": 1}}, {"spec": {"a": {"b": 2}, "c": 2}}).changes
    marked = answered(changes, ["spec.a"])
    assert {("spec", "a", "b"): True, ("spec", "c"): False} == {change.path: change.replaces for change in marked}


def test_server_names_another_field() -> None:
    """When the server names a field that the program did not change, every change but metadata's replaces."""
    changes = differ({"spec": {"c": 1}}, {"spec": {"c": 2}, "metadata": {"labels": {"a": "1"}}}).changes
    marked = answered(changes, ["value"])
    assert {"spec": True, "metadata": False} == {change.path[0]: change.replaces for change in marked}


def test_in_place_name() -> None:
    """Old and new cannot be there at once when name and namespace are the same."""
    old: Properties = {"metadata": {"name": "a", "namespace": "n"}}
    assert (True, False) == (in_place_name(old, old), in_place_name(old, {"metadata": {"name": "b"}}))
