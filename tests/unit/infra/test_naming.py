"""Names, tags and labels."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from infra import naming
from infra.naming import REQUIRED_TAGS, AlertTier, BadNameError, DataClass, Tags

CHECKOUT = Path(__file__).parents[3]


def tags(**changes: str) -> Tags:
    """Tags that are right, but for the changes."""
    values = {"stack": "prod", "product": "game", "owner": "me", "cost_centre": "ops", "component": "backup"}
    return Tags(**{**values, **changes}, data_class=DataClass.PERSONAL)


def test_project_is_named_as_in_pulumi_yaml() -> None:
    """One name of the project, in both places."""
    assert naming.PROJECT == yaml.safe_load((CHECKOUT / "Pulumi.yaml").read_text(encoding="utf-8"))["name"]


def test_required_tags_are_these() -> None:
    """The keys that policies and cost reports look for."""
    assert (
        "component",
        "cost-centre",
        "data-class",
        "managed-by",
        "owner",
        "product",
        "project",
        "stack",
    ) == REQUIRED_TAGS


def test_a_required_tag_cannot_be_left_out() -> None:
    """A missing tag fails when the tags are made, long before a cloud sees them."""
    with pytest.raises(TypeError, match="owner"):
        Tags(stack="a", product="b", cost_centre="c", component="d", data_class=DataClass.NONE)  # type: ignore[call-arg]  # what is tested


@pytest.mark.parametrize("value", ["", "-a", "a-", "a b", "a/b", "x" * 64, "ä"])
def test_a_tag_that_is_no_label_is_refused(value: str) -> None:
    """A value moves between tags and labels unchanged, so it must be good for both."""
    with pytest.raises(BadNameError, match="tag owner"):
        tags(owner=value)


def test_parts_keep_every_other_tag() -> None:
    """A part changes its component and data class, never whose it is."""
    part = tags().of(component="logs", data_class=DataClass.INTERNAL)

    assert {**tags().flat(), "component": "logs", "data-class": "internal"} == part.flat()


def test_labels_carry_tier_and_component() -> None:
    """Alert rules route on these two."""
    found = naming.labels(tags(), "backup-hourly", AlertTier.CRITICAL)

    assert ("critical", "backup") == (found["groundwork.dev/alert-tier"], found["groundwork.dev/component"])


def test_a_selector_is_part_of_the_labels() -> None:
    """What a policy picks pods by is on the pods."""
    assert naming.selector(tags()).items() <= naming.labels(tags(), "x", AlertTier.INFO).items()


def test_a_label_that_is_too_long_is_refused() -> None:
    """The API server would refuse it after half of the update."""
    with pytest.raises(BadNameError, match=r"app\.kubernetes\.io/name"):
        naming.labels(tags(), "x" * 64, AlertTier.INFO)


@pytest.mark.parametrize("name", ["Game", "game_", "x" * 63])
def test_a_namespace_must_be_a_dns_label(name: str) -> None:
    """Capital letters, underscores and long names are refused, with the stack counted in."""
    with pytest.raises(BadNameError, match="namespace"):
        naming.namespace(name, "prod")


def test_namespaces_of_two_stacks_differ() -> None:
    """Two stacks can share a cluster."""
    assert naming.namespace("game", "staging") != naming.namespace("game", "prod")


@given(st.text(alphabet="abz09-", min_size=1, max_size=70), st.text(alphabet="abz09-", max_size=20))
def test_a_bucket_name_is_good_or_refused(purpose: str, suffix: str) -> None:
    """Whatever parts are put together: a name that S3 and R2 take, or an error."""
    try:
        name = naming.bucket("prod", purpose, suffix)
    except BadNameError:
        name = ""

    assert name == "" or (3 <= len(name) <= 63 and name[-1] != "-" and name.startswith("groundwork-prod-"))


def test_a_name_in_an_account_is_bounded() -> None:
    """An IAM role's name has at most 64 letters."""
    with pytest.raises(BadNameError, match="at most 63"):
        naming.cloud("prod", "x" * 60)
