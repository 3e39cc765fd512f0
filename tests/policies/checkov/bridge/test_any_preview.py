"""Whatever a preview holds: it comes over the bridge, and nothing of it is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.checkov import mapping
from policies.checkov.manifests import manifests
from policies.checkov.plan import bridge
from policies.preview import DEEPEST, declared
from tests.policies.checkov.bridge import shapes
from tests.policies.digest import SECRET_JSON, UNKNOWN_JSON, preview, step, urn

if TYPE_CHECKING:
    from pathlib import Path

ANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from([UNKNOWN_JSON, SECRET_JSON]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)
TOKENS = (
    st.sampled_from(shapes.TOKENS)
    | st.sampled_from(["kubernetes:core/v1:Pod", "kubernetes:core/v1:SecretList", "kubernetes:helm.sh/v3:Release"])
    | st.sampled_from(["pulumi:providers:aws", "railway:index:Service", ":", "a:b:c"])
)
OPERATIONS = st.sampled_from(["create", "same", "update", "replace", "delete", "read"])


@st.composite
def steps(draw: st.DrawFn) -> list[Any]:
    """Steps of a preview: real property names with whatever values, in odd numbers and orders."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        token = draw(TOKENS)
        names = sorted(found.block.pulumi) if (found := mapping.of_token(token)) else ["spec", "metadata", "items"]
        inputs = draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=5), JSON, max_size=5))
        on = draw(st.dictionaries(st.sampled_from(names), st.just([urn(token, "x0"), "urn:odd"]), max_size=2))
        name = f"{draw(st.text(max_size=4))}x{draw(st.integers(0, number))}"
        made.append(step(token, inputs, name=name, op=draw(OPERATIONS), propertyDependencies=on))
    return made


@ANY
@given(made=steps())
def test_everything_is_somewhere(tmp_path: Path, made: list[Any]) -> None:
    """Each declared resource is in the plan, among the manifests or listed as not judged; the plan is JSON."""
    found = preview(tmp_path, *made)
    bridged = bridge(found)
    resources = bridged.plan["planned_values"]["root_module"]["resources"]
    in_plan = [bridged.addresses[resource["address"]] for resource in resources]
    somewhere = [*in_plan, *manifests(found), *(resource.urn for resource in bridged.unmapped)]

    assert sorted(somewhere) == sorted(resource.urn for resource in declared(found.resources))
    assert "hidden-in-there" not in json.dumps([bridged.plan, manifests(found)], allow_nan=False)


@ANY
@given(made=steps())
def test_addresses_are_unique(tmp_path: Path, made: list[Any]) -> None:
    """No two resources have one address, and every address is a type and an identifier."""
    bridged = bridge(preview(tmp_path, *made))

    assert len(set(bridged.addresses.values())) == len(bridged.addresses)
    assert all(address.count(".") == 1 and address.isascii() for address in bridged.addresses)


def test_the_deepest_inputs_come_over(tmp_path: Path) -> None:
    """What a preview may nest, the bridge can walk."""
    value: Any = UNKNOWN_JSON
    for _ in range(DEEPEST - 1):
        value = {"a": value}
    spec = {"spec": value}
    made = preview(tmp_path, step("aws:s3/bucket:Bucket", {"tags": value}), step("kubernetes:core/v1:Pod", spec))

    assert json.dumps(bridge(made).plan)
    assert json.dumps(manifests(made))


def test_a_long_string_comes_over(tmp_path: Path) -> None:
    """A megabyte in one value is a megabyte in one value."""
    text = "長" * 2**20
    (resource,) = bridge(preview(tmp_path, step("aws:s3/bucket:Bucket", {"bucket": text}))).plan["planned_values"][
        "root_module"
    ]["resources"]

    assert resource["values"] == {"bucket": text}
