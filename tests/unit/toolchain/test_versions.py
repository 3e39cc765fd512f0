"""Versions and which of them are accepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolchain.versions import Accept, Version

numbers = st.integers(min_value=0, max_value=500)
versions = st.builds(Version, numbers, numbers, numbers)


@given(versions)
def test_a_version_reads_back_from_its_own_text(version: Version) -> None:
    """Parsing what a version prints gives the same version."""
    assert version == Version.parse(str(version))


@given(versions, versions)
def test_versions_order_as_their_numbers(one: Version, other: Version) -> None:
    """Major decides before minor, and minor before patch."""
    numbers_of = [(v.major, v.minor, v.patch) for v in (one, other)]
    assert (one < other) == (numbers_of[0] < numbers_of[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v3.255.0", "3.255.0"),
        ("etcd Version: 3.7.3\nGit SHA: abc\nGo Version: go1.26.8", "3.7.3"),
        ("Kubernetes v1.36.3", "1.36.3"),
        ("Kubernetes v1.36.3+k3s1", "1.36.3"),
        ("v3.22.0+g1234567", "3.22.0"),
        ("promtool, version 3.15.0 (branch: HEAD, revision: x)", "3.15.0"),
        ("Version  : v1.8.0\nBuild    : norev", "1.8.0"),
        ("v3.256.0-alpha.1", "3.256.0-alpha.1"),
        ("uv 0.13.8 (x86_64-unknown-linux-gnu)", "0.13.8"),
    ],
)
def test_a_version_is_found_in_what_a_tool_prints(text: str, expected: str) -> None:
    """Each tool's own way to tell its version is understood."""
    assert expected == str(Version.parse(text))


@pytest.mark.parametrize("text", ["", "Version  : git", "usage: etcd"])
def test_text_without_a_version_is_an_error(text: str) -> None:
    """No version is made up where none stands."""
    with pytest.raises(ValueError, match="no version"):
        Version.parse(text)


@pytest.mark.parametrize(("text", "expected"), [("go1.26.8", "1.26.8"), ("1.26", "1.26.0"), ("go1.27rc1", "1.27.0")])
def test_go_may_leave_its_patch_out(text: str, expected: str) -> None:
    """Go's own form of a version is understood."""
    assert expected == str(Version.parse_go(text))


def test_a_word_is_no_version_of_go() -> None:
    """What is not Go's form is refused."""
    with pytest.raises(ValueError, match="not a version of Go"):
        Version.parse_go("devel")


@given(versions, versions, st.sampled_from(Accept))
def test_an_older_version_is_never_accepted(found: Version, pinned: Version, rule: Accept) -> None:
    """Whatever the rule, what is older than the pin lacks what the pin has."""
    assert not (rule.allows(found, pinned) and found < pinned)


@pytest.mark.parametrize(
    ("rule", "found", "accepted"),
    [
        (Accept.SAME_MAJOR, "3.7.3", True),
        (Accept.SAME_MAJOR, "3.9.0", True),
        (Accept.SAME_MAJOR, "4.0.0", False),
        (Accept.SAME_MAJOR, "3.8.0-rc.1", False),
        (Accept.SAME_MINOR, "3.7.9", True),
        (Accept.SAME_MINOR, "3.8.0", False),
        (Accept.SAME_MINOR, "4.7.3", False),
        (Accept.SAME_MINOR, "3.7.3-rc.1", False),
    ],
)
def test_each_rule_draws_its_line(rule: Accept, found: str, accepted: bool) -> None:  # noqa: FBT001 - a table's column
    """A rule accepts up to its own limit, and no pre-release."""
    assert accepted == rule.allows(Version.parse(found), Version(3, 7, 3))


def test_the_rules_tell_themselves_in_words() -> None:
    """A person reads what would have been accepted."""
    pinned = Version(3, 7, 3)
    assert ["3.7.3 or later, below 4", "3.7.3 or a later 3.7"] == [rule.describe(pinned) for rule in Accept]
