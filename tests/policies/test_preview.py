"""A preview is read into types, or it is said why it cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.facts import UNKNOWN
from policies.preview import DEEPEST, LARGEST, SECRET, declared, read
from policies.sources import Position
from tests.policies.digest import SECRET_JSON, SIGNATURE, UNKNOWN_JSON, preview, step, urn
from toolchain.errors import ExitCode, Problem

BUCKET = "aws:s3/bucket:Bucket"


def nested(levels: int) -> Any:  # noqa: ANN401 - JSON
    """A value that nests as many levels deep."""
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def refusal(path: Path) -> Problem:
    """Why a file is refused."""
    with pytest.raises(Problem) as caught:
        read(path)
    return caught.value


def refused(folder: Path, digest: object) -> str:
    """Why a digest is refused."""
    path = folder / "preview.json"
    path.write_text(json.dumps(digest), "utf-8")
    return refusal(path).what


def value_of(folder: Path, value: object) -> object:
    """How an input is read."""
    return preview(folder, step(BUCKET, {"x": value})).resources[0].inputs["x"]


def test_a_resource_is_read_whole(tmp_path: Path) -> None:
    """What a step says of a resource stands in its fields."""
    parent = urn("groundwork:backup:Backup")
    on = urn("aws:kms/key:Key")
    made = step(
        BUCKET,
        {"bucket": "logs"},
        op="update",
        parent=parent,
        protect=True,
        propertyDependencies={"bucket": [on], "tags": []},
        sourcePosition="project:///infra/net.py#42",
    )
    (resource,) = preview(tmp_path, made).resources

    assert resource.urn == urn(BUCKET)
    assert (BUCKET, "update", True) == (resource.token, resource.operation, resource.custom)
    assert (parent, True) == (resource.parent, resource.protect)
    assert resource.inputs == {"bucket": "logs"}
    assert resource.depends == {"bucket": (on,)}
    assert resource.position == Position("infra/net.py", 42)


def test_the_stack_and_the_project_are_those_of_the_urns(tmp_path: Path) -> None:
    """Stack and project are read from the first URN."""
    found = preview(tmp_path, step(BUCKET))

    assert (found.stack, found.project) == ("local", "groundwork")


def test_a_name_may_hold_colons(tmp_path: Path) -> None:
    """A resource's name is all that follows its type."""
    assert preview(tmp_path, step(BUCKET, name="a::b")).resources[0].name == "a::b"


def test_facts_are_the_resource_as_a_rule_sees_it(tmp_path: Path) -> None:
    """The facts hold the same inputs, name and dependencies."""
    facts = (
        preview(tmp_path, step(BUCKET, {"bucket": "x"}, propertyDependencies={"bucket": ["u"]})).resources[0].facts()
    )

    assert (facts.token, facts.name, facts.props) == (BUCKET, "thing", {"bucket": "x"})
    assert facts.depends == {"bucket": frozenset({"u"})}


@pytest.mark.parametrize("operation", ["same", "create", "update", "replace", "create-replacement", "import"])
def test_what_is_there_afterwards_is_a_resource(tmp_path: Path, operation: str) -> None:
    """Every operation that leaves a resource gives one."""
    assert [entry.operation for entry in preview(tmp_path, step(BUCKET, op=operation)).resources] == [operation]


@pytest.mark.parametrize("operation", ["delete", "delete-replaced", "discard", "remove-pending-replace"])
def test_what_is_deleted_is_gone(tmp_path: Path, operation: str) -> None:
    """Every operation that removes a resource gives its URN alone."""
    found = preview(tmp_path, {"op": operation, "urn": urn(BUCKET), "oldState": {}})

    assert (found.resources, found.gone) == ((), (urn(BUCKET),))


def test_what_is_replaced_is_there(tmp_path: Path) -> None:
    """A resource that is deleted because a new one takes its place is not gone."""
    found = preview(tmp_path, step(BUCKET, op="create-replacement"), {"op": "delete-replaced", "urn": urn(BUCKET)})

    assert (len(found.resources), found.gone) == (1, ())


def test_what_is_refreshed_and_then_deleted_is_gone(tmp_path: Path) -> None:
    """An engine that refreshes first tells of a resource twice: it was there, and goes."""
    found = preview(tmp_path, step(BUCKET, op="refresh"), {"op": "delete", "urn": urn(BUCKET)})

    assert (found.resources, found.gone) == ((), (urn(BUCKET),))


def test_what_someone_else_deleted_is_gone(tmp_path: Path) -> None:
    """A refresh that finds nothing leaves nothing."""
    found = preview(tmp_path, {"op": "refresh", "urn": urn(BUCKET), "newState": None})

    assert (found.resources, found.gone) == ((), (urn(BUCKET),))


def test_what_is_only_read_is_not_declared(tmp_path: Path) -> None:
    """A resource that the program looks up is not the program's."""
    assert preview(tmp_path, step(BUCKET, op="read")).resources == ()


def test_components_and_providers_are_not_declared(tmp_path: Path) -> None:
    """What no provider makes is not judged as a resource."""
    steps = (step(BUCKET), step("groundwork:backup:Backup", custom=False), step("pulumi:providers:aws"))

    assert [entry.token for entry in declared(preview(tmp_path, *steps).resources)] == [BUCKET]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNKNOWN_JSON, UNKNOWN),
        ([UNKNOWN_JSON], [UNKNOWN]),
        ({"a": UNKNOWN_JSON}, {"a": UNKNOWN}),
        (SECRET_JSON, SECRET),
        ({"a": [SECRET_JSON]}, {"a": [SECRET]}),
        ({SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "text": "long"}, "asset"),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "x"}, "x"),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "x", "secret": True}, SECRET),
        ({SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}, UNKNOWN),
        ({SIGNATURE: "something-new", "value": "x"}, UNKNOWN),
        ({SIGNATURE: ["odd"]}, UNKNOWN),
    ],
)
def test_values_without_a_form_in_json(tmp_path: Path, value: object, expected: object) -> None:
    """Markers and signatures become markers of ours; nothing under one is kept."""
    assert value_of(tmp_path, value) == expected


@pytest.mark.parametrize(
    ("digest", "why"),
    [
        ([], "it has no steps"),
        ({"steps": []}, "it has no steps"),
        ({"steps": {}}, "it has no steps"),
        ({"steps": [None]}, "steps[0].op is missing"),
        ({"steps": [{"op": "create"}]}, "steps[0].urn is missing"),
        ({"steps": [{"op": 1, "urn": "u"}]}, "steps[0].op is missing"),
        ({"steps": [{"op": "create", "urn": "u"}]}, "steps[0].urn is no URN"),
        ({"steps": [{"op": "conjure", "urn": urn(BUCKET)}]}, "steps[0].op is 'conjure'"),
        ({"steps": [{"op": "create", "urn": urn(BUCKET)}]}, "steps[0].newState is missing"),
        ({"steps": [{"op": "create", "urn": urn(BUCKET), "newState": {}}]}, "newState.type is missing"),
        ({"steps": [step(BUCKET, inputs="x")]}, "newState.inputs is no object"),
        ({"steps": [step(BUCKET, custom=None)]}, "newState.custom is neither true nor false"),
        ({"steps": [step(BUCKET, propertyDependencies="x")]}, "propertyDependencies is no object"),
        ({"steps": [step(BUCKET, propertyDependencies={"a": "u"})]}, "propertyDependencies.'a' is no list"),
        ({"steps": [step(BUCKET, propertyDependencies={"a": [1]})]}, "propertyDependencies.'a' is no list"),
        ({"steps": [step(BUCKET, {"x": nested(DEEPEST + 1)})]}, "newState.inputs.'x' is nested more than 100 deep"),
        ({"steps": [step(BUCKET, {"x": float("nan")})]}, "newState.inputs.'x' is a number that JSON does not have"),
        ({"steps": [step(BUCKET, {"x": "\ud800"})]}, "text that is no Unicode"),
    ],
)
def test_what_is_no_digest_is_refused_with_the_place(tmp_path: Path, digest: object, why: str) -> None:
    """The refusal says where the file is not a digest."""
    assert why in refused(tmp_path, digest)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\xfd", b'{"steps": [' + b"[" * 100_000, b'{"steps": ' + b"9" * 5_000 + b"}", b'"\x00"'],
    ids=["empty", "cut", "no-text", "deep", "long-number", "control"],
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    """A broken file is a problem with the exit code of what could not be judged."""
    path = tmp_path / "preview.json"
    path.write_bytes(content)

    assert refusal(path).exit_code is ExitCode.NOT_JUDGED


def test_a_number_beyond_all_is_refused(tmp_path: Path) -> None:
    """A number that is infinite once read is none."""
    path = tmp_path / "preview.json"
    path.write_text(json.dumps({"steps": [step(BUCKET, {"x": 1})]}).replace('"x": 1', '"x": 1e999'), "utf-8")

    assert "number" in refusal(path).what


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """The refusal names the file and what the system said."""
    problem = refusal(tmp_path / "none.json")

    assert problem.where == str(tmp_path / "none.json")
    assert "No such file" in problem.what


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """A file beyond the limit is refused by its size."""
    path = tmp_path / "preview.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)  # a hole: it takes no room

    assert "256 MiB" in refusal(path).what


def test_what_has_no_size_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device or a pipe that never ends is refused at the limit."""
    monkeypatch.setattr("policies.preview.LARGEST", 2**20)

    assert "it has more than 1 MiB" in refusal(Path("/dev/zero")).what


def test_a_refusal_is_one_screen(tmp_path: Path) -> None:
    """A long key does not make a long message."""
    assert len(refused(tmp_path, {"steps": [step(BUCKET, {"k" * 100_000: nested(DEEPEST + 1)})]})) < 400


def test_as_deep_as_allowed_is_read(tmp_path: Path) -> None:
    """The deepest inputs that are allowed are read."""
    assert value_of(tmp_path, nested(DEEPEST)) == nested(DEEPEST)


@pytest.mark.parametrize("position", [7, "elsewhere", "project:///a.py#" + "9" * 50, None])
def test_an_odd_position_is_none(tmp_path: Path, position: object) -> None:
    """A position in no known form is no position."""
    made = step(BUCKET, sourcePosition=position, stackTrace=[position, {"sourcePosition": position}])

    assert preview(tmp_path, made).resources[0].position is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(UNKNOWN_JSON),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.just(SIGNATURE), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["op", "urn", "newState", "type", "inputs", "propertyDependencies", "custom", "parent", "steps"])
STEPS = st.dictionaries(KEYS, JSON | st.just("create") | st.just(urn(BUCKET)) | st.just({"type": BUCKET, "inputs": {}}))


@given(digest=st.fixed_dictionaries({"steps": st.lists(STEPS | JSON)}) | JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_json_is_read_or_refused(tmp_path: Path, digest: object) -> None:
    """Whatever JSON a file holds, it is read, or a problem says why not."""
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(digest), "utf-8")
    try:
        assert read(path) is not None
    except Problem as problem:
        assert problem.exit_code is ExitCode.NOT_JUDGED  # noqa: PT017 - either way is right


@given(content=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_refused(tmp_path: Path, content: bytes) -> None:
    """Bytes that are no digest are refused, not a trace."""
    path = tmp_path / "preview.json"
    path.write_bytes(content)

    assert refusal(path).exit_code is ExitCode.NOT_JUDGED
