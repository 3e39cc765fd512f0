"""Names that the kubernetes stand-in makes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from providers.kit import UNKNOWN, Properties
from sandbox.plugins.kubernetes.naming import manager, named
from sandbox.plugins.kubernetes.objects import annotation, metadata


def test_own_name_stays() -> None:
    """An object with a name, or whose name is the server's or a later matter, is left alone."""
    given_: list[Properties] = [
        {"metadata": {"name": "a"}},
        {"metadata": {"generateName": "a-"}},
        {"metadata": {"name": UNKNOWN}},
        {"metadata": UNKNOWN},
    ]
    assert given_ == [named(values, None, resource="r", seed=b"s") for values in given_]


@given(st.binary(min_size=1, max_size=32))
def test_made_name(seed: bytes) -> None:
    """A made name is the resource's with a suffix, marked as made; the seed decides it."""
    one, two = (named({}, None, resource="Backup", seed=seed) for _ in range(2))
    name = metadata(one)["name"]
    assert (True, "true", one) == (
        bool(re.fullmatch(r"backup-[0-9a-f]{8}", str(name))),
        annotation(one, "pulumi.com/autonamed"),
        two,
    )


def test_made_name_is_kept() -> None:
    """An update keeps the name made before, and the program's own annotations."""
    old = named({}, None, resource="r", seed=b"1")
    new = named({"metadata": {"annotations": {"a": "b"}}}, old, resource="r", seed=b"2")
    assert (metadata(old)["name"], {"a": "b", "pulumi.com/autonamed": "true"}) == (
        metadata(new)["name"],
        metadata(new)["annotations"],
    )


def test_given_name_is_not_kept() -> None:
    """When the program drops the name it gave, a new one is made."""
    made = named({}, {"metadata": {"name": "mine"}}, resource="r", seed=b"1")
    assert "mine" != metadata(made)["name"]


def test_manager_follows_from_the_urn() -> None:
    """A resource always has the same field manager, and no other has it."""
    assert (True, False) == (manager("urn:a") == manager("urn:a"), manager("urn:a") == manager("urn:b"))
