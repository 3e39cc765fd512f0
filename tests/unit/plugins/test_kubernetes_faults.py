"""The API server's errors as the kubernetes stand-in tells them."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from sandbox.plugins.kubernetes.faults import ApiError, Cause, conflict

SCHEDULE = Cause("spec.schedule", "FieldValueInvalid", "Invalid value: expected exactly 5 fields")
FIXED = Cause("spec.template", "FieldValueInvalid", "Invalid value: field is immutable")


def test_status_is_read() -> None:
    """A Status object gives its message and each field at fault."""
    details = {"causes": [{"field": "spec.schedule", "reason": "FieldValueInvalid", "message": "no schedule"}]}
    body = {"kind": "Status", "message": "it is invalid", "reason": "Invalid", "details": details}
    error = ApiError.of(httpx.Response(422, json=body))
    expected = "the Kubernetes API server answered 422 Invalid: it is invalid\n  spec.schedule: no schedule"
    assert expected == str(error)


def test_other_bodies_are_told() -> None:
    """An answer that is no Status is told as it is."""
    expected = "the Kubernetes API server answered 500 Internal Server Error: boom"
    assert expected == str(ApiError.of(httpx.Response(500, text="boom")))


def test_a_cause_is_told_once() -> None:
    """A field that the message names already is not told twice."""
    text = f"spec.schedule: {SCHEDULE.message}"
    assert 1 == str(ApiError(422, "Invalid", text, (SCHEDULE,))).count(SCHEDULE.message)


@pytest.mark.parametrize(
    ("causes", "fields"),
    [((FIXED,), ("spec.template",)), ((SCHEDULE,), ()), ((FIXED, SCHEDULE), ()), ((), ())],
)
def test_fixed_fields(causes: tuple[Cause, ...], fields: tuple[str, ...]) -> None:
    """Only when all that is wrong is that fields are immutable does a new object help."""
    assert fields == ApiError(422, "Invalid", "", causes).fixed_fields


def test_missing_namespace() -> None:
    """A missing namespace is told from a missing object."""
    there = ApiError(404, "NotFound", 'namespaces "team" not found')
    object_ = ApiError(404, "NotFound", 'configmaps "a" not found')
    assert (True, False) == (there.namespace_missing, object_.namespace_missing)


def test_conflict_names_manager_and_fields() -> None:
    """A conflict names who applied, who holds which field, and what to do."""
    cause = Cause(".data.a", "FieldManagerConflict", 'conflict with "kubectl"')
    text = str(conflict(ApiError(409, "Conflict", "Apply failed with 1 conflict", (cause,)), "pulumi-kubernetes-1"))
    wanted = ["pulumi-kubernetes-1", ".data.a", 'conflict with "kubectl"', "pulumi.com/patchForce"]
    assert [] == [word for word in wanted if word not in text]
