"""Whatever a preview holds, the gate says what it found or why it could not: never a trace, never a silent pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.console import Console

from policies.finding import NOT_JUDGED
from policies.gate.formats import json_report, junit, sarif, text
from policies.gate.gate import judge
from policies.gate.request import GateRequest
from tests.policies.gate.samples import TODAY, silent, step
from tests.policies.gate.sarif_schema import SCHEMA, broken
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from policies.gate.judgement import Report

_SARIF = Draft202012Validator(SCHEMA)
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_SIGNED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "canary"}
_NOBODYS = "acme:index/thing:Thing"

#: Any character that is one, controls among them.
TEXTS = st.text(max_size=12) | st.sampled_from(["", _UNKNOWN, "[secret]", "\x1b[2J", "\u202e", "a::b", "\0"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
    | st.just(10**400)
)


def nested(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """JSON of some depth."""
    return st.recursive(
        scalars | st.just(_SIGNED),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=12,
    )


VALUES = nested(SCALARS)
#: What no reader can take, too: halves of pairs, what is no number.
ODD = nested(SCALARS | st.sampled_from(["\ud800", float("nan"), float("inf")]))
#: Types that rules judge, or tables map, or nobody knows.
TOKENS = st.sampled_from(
    [
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:iam/policy:Policy",
        "aws:ec2/securityGroup:SecurityGroup",
        "kubernetes:batch/v1:CronJob",
        "kubernetes:core/v1:Secret",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "cloudflare:index/r2Bucket:R2Bucket",
        "pulumi:providers:aws",
        "pulumi-python:dynamic:Resource",
        _NOBODYS,
    ]
) | TEXTS.filter(bool)
#: Names of inputs that rules and tables read, so that nasty values reach what reads them.
NAMES = (
    st.sampled_from(
        [
            "acl",
            "bucket",
            "policy",
            "tags",
            "metadata",
            "spec",
            "stringData",
            "ingress",
            "rules",
            "suppressions",
            "type",
        ]
    )
    | TEXTS
)
POSITIONS = st.sampled_from(
    ["project:///infra/a.py#2", f"project:///a.py#{10**12}", "project:///a\x1bb.py#1", "project:///../x#1", ""]
)
URNS = st.builds("urn:pulumi:prod::groundwork::{}::{}".format, TOKENS, TEXTS)
STATES = st.fixed_dictionaries(
    {"custom": st.sampled_from([True, True, True, False])},
    optional={
        "inputs": st.dictionaries(NAMES, VALUES, max_size=4),
        "parent": URNS,
        "protect": st.booleans(),
        "propertyDependencies": st.dictionaries(NAMES, st.lists(URNS, max_size=2), max_size=2),
        "sourcePosition": POSITIONS,
        "stackTrace": st.lists(st.fixed_dictionaries({"sourcePosition": POSITIONS}), max_size=2),
    },
)
OPERATIONS = st.sampled_from(["create", "create", "same", "update", "delete", "replace", "read", "import", "discard"])
#: Steps as an engine could print them, with anything in the values.
STEPS = st.builds(
    lambda token, name, operation, state: {
        "op": operation,
        "urn": f"urn:pulumi:prod::groundwork::{token}::{name}",
        "newState": {"type": token, "inputs": {}, **state},
    },
    TOKENS,
    TEXTS,
    OPERATIONS,
    STATES,
)
KEYS = st.sampled_from(
    [
        "op",
        "urn",
        "type",
        "custom",
        "inputs",
        "parent",
        "protect",
        "propertyDependencies",
        "sourcePosition",
        "stackTrace",
    ]
)
#: The same with one field that is something else, or nothing.
BROKEN = st.builds(
    lambda row, key, value, gone: _changed(row, key, value, gone=gone),
    STEPS,
    KEYS | st.just("newState"),
    ODD,
    st.booleans(),
)
DIGESTS = st.fixed_dictionaries({"steps": st.lists(STEPS, min_size=1, max_size=4)})
BROKEN_DIGESTS = st.fixed_dictionaries({"steps": st.lists(STEPS | BROKEN, max_size=4)}) | ODD


def _changed(row: dict[str, Any], key: str, value: Any, *, gone: bool) -> dict[str, Any]:  # noqa: ANN401 - JSON
    inside = key not in {"op", "urn", "newState"}
    holder = dict(row["newState"] if inside else row)
    holder[key] = value
    if gone:
        del holder[key]
    return {**row, "newState": holder} if inside else holder


def report(content: bytes, folder: Path) -> Report | None:
    """What the gate says of these bytes; None: that they are no preview, in words and with the code for that."""
    path = folder / "preview.json"
    path.write_bytes(content)
    request = GateRequest(checkout=folder, preview=path, files=False, today=TODAY)
    try:
        return judge(request, scan=silent)
    except Problem as raised:
        problem = raised
    assert ExitCode.NOT_JUDGED == problem.exit_code
    assert len(str(problem)) < 2000
    return None


def accepted(said: Report, folder: Path) -> bool:
    """True when every form takes the report: SARIF keeps its rules, JUnit and JSON can be read, a terminal shows it."""
    log = json.loads(sarif.render(said).encode())
    _SARIF.validate(log)
    assert [] == broken(log)
    ET.fromstring(junit.render(said).encode())  # noqa: S314 - our own text
    loaded = json.loads(json_report.render(said).encode())
    assert len(said.findings) == len(loaded["findings"])
    console = Console(width=120, record=True, file=(folder / "terminal").open("w", encoding="utf-8"))
    lines = text.render(said, folder)
    for line in lines:
        console.print(line)
    console.file.close()
    assert len(lines) <= 50
    return all(one.isprintable() or one == "\n" for one in console.export_text())


@given(digest=DIGESTS)
@settings(max_examples=150)
def test_any_values_give_a_report(digest: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401 - JSON
    """What is formed as a preview is judged, whatever its values are, and every form takes the report."""
    folder = tmp_path_factory.mktemp("nasty", numbered=True)
    said = report(json.dumps(digest).encode(), folder)

    assert said is not None
    assert accepted(said, folder)


@given(digest=BROKEN_DIGESTS)
@settings(max_examples=150)
def test_any_json_gives_a_report_or_a_problem(digest: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401 - JSON
    """Missing fields, other types, operations that no engine knows."""
    folder = tmp_path_factory.mktemp("nasty", numbered=True)
    said = report(json.dumps(digest).encode(), folder)

    assert said is None or accepted(said, folder)


@given(steps=st.lists(STEPS, max_size=3))
@settings(max_examples=80)
def test_what_nobody_judges_never_passes(steps: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever stands beside it: a type that no engine knows ends with 13, or 5."""
    folder = tmp_path_factory.mktemp("nasty", numbered=True)
    said = report(json.dumps({"steps": [*steps, step(_NOBODYS, "mine")]}).encode(), folder)

    assert said is not None
    assert said.exit_code in {ExitCode.NOT_JUDGED, ExitCode.POLICY}
    assert [row for row in said.findings if row.id == NOT_JUDGED and _NOBODYS in row.message]


@given(content=st.binary(max_size=200))
@settings(max_examples=60)
def test_bytes_that_are_no_preview_are_a_problem(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Not UTF-8, not JSON, not a digest."""
    assert report(content, tmp_path_factory.mktemp("nasty", numbered=True)) is None


@given(end=st.integers(min_value=0))
@settings(max_examples=40)
def test_half_a_preview_is_a_problem(end: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file that was cut off is not judged by what is left of it."""
    content = json.dumps({"steps": [step("aws:s3/bucket:Bucket")]}).encode()

    assert report(content[: end % len(content)], tmp_path_factory.mktemp("nasty", numbered=True)) is None


@pytest.mark.parametrize("depth", [50, 150, 300, 450, 990, 5000, 100_000])
def test_a_deep_nest_gives_a_report_or_a_problem(depth: int, tmp_path: Path) -> None:
    """However deep: in the inputs of a bucket, where rules and the bridge read."""
    head, tail = json.dumps({"steps": [step("aws:s3/bucket:Bucket", inputs={"tags": 0})]}).split('"tags": 0')
    said = report(f'{head}"tags": {"[" * depth}{"]" * depth}{tail}'.encode(), tmp_path)

    assert said is None or accepted(said, tmp_path)


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        pytest.param("x" * 2**17, False, id="128 KiB"),
        pytest.param("\x00\x1b\u202e", False, id="controls"),
        pytest.param("\ud800", True, id="half a pair"),
        pytest.param({"\udfff": "x"}, True, id="half a pair as a key"),
        pytest.param(float("nan"), True, id="NaN"),
        pytest.param(10**400, False, id="huge"),
        pytest.param({"x" * 2**17: "x"}, False, id="128 KiB key"),
        pytest.param([[[]]], False, id="lists"),
    ],
)
def test_no_rule_fails_on_a_long_or_odd_value(value: Any, refused: bool, tmp_path: Path) -> None:  # noqa: ANN401, FBT001 - JSON; an expected value
    """In every input that rules know, of types that they are meant for; what is no Unicode is refused."""
    names = (
        "acl",
        "policy",
        "tags",
        "metadata",
        "spec",
        "data",
        "stringData",
        "ingress",
        "cidrBlocks",
        "name",
        "image",
    )
    tokens = ("aws:s3/bucket:Bucket", "kubernetes:batch/v1:CronJob", "aws:iam/policy:Policy", _NOBODYS)
    steps = [step(token, inputs=dict.fromkeys(names, value)) for token in tokens]
    said = report(json.dumps({"steps": steps}).encode(), tmp_path)

    assert (said is None) == refused
    assert said is None or accepted(said, tmp_path)


def test_equal_urns_are_one_resource(tmp_path: Path) -> None:
    """A replacement has two steps of one URN: what is there afterwards is judged, once."""
    twice = [step(_NOBODYS), step(_NOBODYS)]
    said = report(json.dumps({"steps": twice}).encode(), tmp_path)

    assert said is not None
    assert [1] == [row.resources for row in said.nobody]


def test_a_secret_is_in_no_report(tmp_path: Path) -> None:
    """What the engine marks as secret, and what a preview of secrets shown holds, comes into no form."""
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": '"canary"'}
    inputs = {"acl": secret, "tags": {"owner": secret}, "policy": secret}
    said = report(json.dumps({"steps": [step("aws:s3/bucket:Bucket", inputs=inputs)]}).encode(), tmp_path)

    assert said is not None
    forms = [sarif.render(said), junit.render(said), json_report.render(said), *map(str, text.render(said, tmp_path))]
    assert not [form for form in forms if "canary" in form]
