"""What the checker refuses, and what it must let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.kit import UNKNOWN, render
from providers.kit.values import SIGNATURE
from sandbox.plugins.sdk_check import Checker
from sandbox.plugins.sdk_types import (
    Anything,
    AssetType,
    ListOf,
    MapOf,
    OneOf,
    Property,
    Ref,
    ResourceType,
    Scalar,
    Sdk,
    Type,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

AWS = Sdk("pulumi_aws")
CLOUDFLARE = Sdk("pulumi_cloudflare")
GRAFANA = Sdk("pulumiverse_grafana")

LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
BUCKET = "aws:s3/bucket:Bucket"
R2 = "cloudflare:index/r2Bucket:R2Bucket"
RULES = "grafana:alerting/ruleGroup:RuleGroup"
FUNCTION = "aws:lambda/function:Function"


def _type(sdk: Sdk, token: str) -> ResourceType:
    found = sdk.resource(token)
    assert found is not None
    return found


def _failures(sdk: Sdk, token: str, inputs: Mapping[str, object]) -> dict[str, str]:
    found = Checker(sdk).failures(_type(sdk, token).inputs, inputs)
    return {render(failure.path): failure.reason for failure in found}


def test_right_inputs_pass() -> None:
    """Inputs that fit their types have no failure."""
    inputs = {"bucket": "b", "rules": [{"id": "r", "status": "Enabled", "expiration": {"days": 30.0}}]}
    assert _failures(AWS, LIFECYCLE, inputs) == {}


def test_unknown_property_names_the_nearest() -> None:
    """A property that the SDK does not know is refused, and the nearest name is given."""
    assert _failures(AWS, BUCKET, {"buckt": "b"}) == {"buckt": "unknown property 'buckt'; did you mean 'bucket'?"}


def test_nested_path_is_given() -> None:
    """A wrong value deep inside is named by its whole path."""
    inputs = {"bucket": "b", "rules": [{"id": "r", "status": "Enabled", "expiration": {"days": "30"}}]}
    assert _failures(AWS, LIFECYCLE, inputs) == {"rules[0].expiration.days": "expected an integer, got a string"}


def test_missing_required_property() -> None:
    """A required property that is missing is named."""
    assert _failures(CLOUDFLARE, R2, {"accountId": "a"}) == {"name": "required property 'name' is missing"}


def test_missing_nested_required_property() -> None:
    """A required property of a nested object that is missing is named by its path."""
    assert _failures(AWS, LIFECYCLE, {"bucket": "b", "rules": [{"id": "r"}]}) == {
        "rules[0].status": "required property 'status' is missing"
    }


def test_bad_enum_value() -> None:
    """A value outside an enum is refused with the allowed ones, and is not repeated: it may be a secret."""
    reason = _failures(CLOUDFLARE, R2, {"accountId": "a", "name": "n", "location": "weurr"})["location"]
    assert (
        reason == "this value is not allowed; allowed: 'apac', 'eeur', 'enam', 'weur', 'wnam', 'oc'; "
        "did you mean 'weur'?"
    )


def test_closed_enum_of_a_union() -> None:
    """A union of string and a closed enum takes the enum's values only."""
    assert "acl" in _failures(AWS, BUCKET, {"acl": "publik"})


def test_union_takes_either() -> None:
    """A policy may be text or an object."""
    assert _failures(AWS, BUCKET, {"policy": "{}"}) == {}


def test_union_explains_by_the_nearest_option() -> None:
    """When no option of a union fits, the one that got furthest explains."""
    inputs = {"policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allowed"}]}}
    assert list(_failures(AWS, BUCKET, inputs)) == ["policy.Statement[0].Effect"]


def test_boolean_is_no_number() -> None:
    """True is not taken for the integer 1."""
    inputs = {"folderUid": "f", "intervalSeconds": True, "rules": []}
    assert _failures(GRAFANA, RULES, inputs) == {"intervalSeconds": "expected an integer, got a boolean"}


def test_fraction_is_no_integer() -> None:
    """A number with a fraction is not an integer."""
    inputs = {"folderUid": "f", "intervalSeconds": 1.5, "rules": []}
    assert _failures(GRAFANA, RULES, inputs) == {"intervalSeconds": "expected an integer, got a number"}


def test_tag_with_a_dash_has_an_engine_path() -> None:
    """A map key that is no identifier is written in brackets, as the engine writes it."""
    assert _failures(AWS, BUCKET, {"tags": {"cost-center": 4}}) == {
        'tags["cost-center"]': "expected a string, got a number"
    }


@pytest.mark.parametrize("value", [None, UNKNOWN])
def test_absent_and_unknown_pass(value: object) -> None:
    """A null is an absent property; what is not known yet is taken as right."""
    assert _failures(AWS, BUCKET, {"tags": value, "forceDestroy": value}) == {}


def test_unknown_required_property_is_given() -> None:
    """A required property that is not known yet counts as given."""
    assert _failures(CLOUDFLARE, R2, {"accountId": UNKNOWN, "name": "n"}) == {}


def test_asset_passes_where_one_is_wanted() -> None:
    """An archive is right for Lambda code, a string is not."""
    archive = {SIGNATURE: "0def7320c3a5731c473e5ecbe6d01bc7", "hash": "x"}
    assert _failures(AWS, FUNCTION, {"role": "r", "code": archive}) == {}
    assert _failures(AWS, FUNCTION, {"role": "r", "code": "./x.zip"}) == {
        "code": "expected an asset or archive, got a string"
    }


def _values(sdk: Sdk, kind: Type, depth: int) -> st.SearchStrategy[object]:  # noqa: PLR0911 - one for each type
    """Values that fit a type; below `depth` optional properties are left out."""
    match kind:
        case Scalar():
            scalars: dict[str, st.SearchStrategy[object]] = {
                "string": st.text(max_size=5),
                "boolean": st.booleans(),
                "integer": st.integers(-9, 9),
                "number": st.floats(-9, 9),
            }
            return st.sampled_from(kind.values) if kind.values else scalars[kind.kind]
        case ListOf():
            return st.lists(_values(sdk, kind.item, depth - 1), max_size=2)
        case MapOf():
            return st.dictionaries(st.text(max_size=3), _values(sdk, kind.value, depth - 1), max_size=2)
        case OneOf():
            return st.one_of([_values(sdk, option, depth) for option in kind.options])
        case Ref():
            target = sdk.resolve(kind)
            return _objects(sdk, target, depth) if isinstance(target, dict) else _values(sdk, target, depth)
        case AssetType():
            return st.just({SIGNATURE: "c44067f5952c0a294b673a41bacd8c17"})
        case Anything():
            return st.text(max_size=2)


def _objects(sdk: Sdk, properties: dict[str, Property], depth: int) -> st.SearchStrategy[object]:
    return st.fixed_dictionaries(
        {name: _values(sdk, item.type, depth - 1) for name, item in properties.items() if item.required},
        optional={name: _values(sdk, item.type, depth - 1) for name, item in properties.items() if not item.required}
        if depth > 0
        else {},
    )


TYPES = [(AWS, BUCKET), (AWS, LIFECYCLE), (AWS, "aws:iam/role:Role"), (CLOUDFLARE, R2), (GRAFANA, RULES)]
CASES = st.sampled_from(TYPES).flatmap(
    lambda pair: st.tuples(st.just(pair), _objects(pair[0], _type(*pair).inputs, depth=3))
)


@given(CASES)
def test_what_fits_passes(case: tuple[tuple[Sdk, str], Mapping[str, object]]) -> None:
    """Any inputs that are made by the types themselves pass."""
    (sdk, token), inputs = case
    assert _failures(sdk, token, inputs) == {}


@given(CASES, st.text("abcdefgh", min_size=20, max_size=24))
def test_any_stranger_is_refused(case: tuple[tuple[Sdk, str], Mapping[str, object]], stranger: str) -> None:
    """Any property that is not declared is refused, whatever stands beside it, and nothing else is."""
    (sdk, token), inputs = case
    assert [stranger] == list(_failures(sdk, token, {**inputs, stranger: 1}))


@given(CASES, st.data())
def test_any_missing_property_is_named(case: tuple[tuple[Sdk, str], Mapping[str, object]], data: st.DataObject) -> None:
    """Whichever required property is left out, it is the one that is named."""
    (sdk, token), inputs = case
    required = sorted(name for name, item in _type(sdk, token).inputs.items() if item.required)
    if required:
        left_out = data.draw(st.sampled_from(required))
        rest = {name: value for name, value in inputs.items() if name != left_out}
        assert [left_out] == list(_failures(sdk, token, rest))
