"""Values between the wire and handlers."""

from __future__ import annotations

import copy
from typing import Any

from google.protobuf import struct_pb2
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc

from providers.kit import UNKNOWN, Properties, has_unknown
from providers.kit.values import OUTPUT, SECRET, SIGNATURE, at, decode, encode
from tests.unit.providers.strategies import PROPERTIES


def _struct(values: dict[str, Any]) -> struct_pb2.Struct:
    struct = struct_pb2.Struct()
    struct.update(values)
    return struct


@given(PROPERTIES)
def test_round_trip(values: Properties) -> None:
    """What is encoded is decoded to the same values, with no secret in them."""
    assert (values, frozenset()) == decode(encode(values))


@given(PROPERTIES, st.data())
def test_secrets_survive(values: Properties, data: st.DataObject) -> None:
    """A secret path is wrapped on the wire, and comes back as a path beside the plain value."""
    keys = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()
    paths = frozenset((key,) for key in keys)
    assert (values, paths) == decode(encode(values, paths))


def test_nested_secret_is_at_its_path() -> None:
    """A secret inside a list inside an object keeps its own path; its neighbours stay plain."""
    values: Properties = {"env": [{"name": "A", "value": "x"}]}
    paths = frozenset({("env", 0, "value")})
    assert (values, paths) == decode(encode(values, paths))


def test_secret_below_a_secret_is_wrapped_once() -> None:
    """The engine takes a wrapper inside a wrapper for a value, so only the outer one is written."""
    struct = encode({"a": {"b": "x"}}, frozenset({("a",), ("a", "b")}))
    assert {"b": "x"} == dict(struct.fields["a"].struct_value.fields["value"].struct_value)


def test_signatures_are_the_sdk_s() -> None:
    """The wrappers are those of the installed SDK."""
    sdk = (rpc._special_sig_key, rpc._special_secret_sig, rpc._special_output_value_sig)  # noqa: SLF001 - its constants
    assert sdk == (SIGNATURE, SECRET, OUTPUT)


def test_unknown_is_the_sdk_s() -> None:
    """The text for an unknown value is the installed SDK's."""
    assert rpc.UNKNOWN == encode({"a": UNKNOWN})["a"]


def test_every_kind_of_unknown_is_read() -> None:
    """The engine has a text for each type of unknown value, and each is read as unknown."""
    boolean = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"
    assert {"a": [UNKNOWN]} == decode(_struct({"a": [boolean]}))[0]


def test_output_without_value_is_unknown() -> None:
    """An output value that is still to come is unknown, and secret when it says so."""
    struct = _struct({"a": {SIGNATURE: OUTPUT, "secret": True}})
    assert ({"a": UNKNOWN}, frozenset({("a",)})) == decode(struct)


def test_whole_numbers_are_integers() -> None:
    """Numbers travel as doubles; a whole one becomes an int again, as Kubernetes wants it."""
    assert "3" == repr(decode(_struct({"a": 3.0}))[0]["a"])


def test_unknown_is_one() -> None:
    """A copy of the unknown value is the unknown value."""
    assert UNKNOWN is copy.deepcopy({"a": UNKNOWN})["a"]


def test_has_unknown_looks_everywhere() -> None:
    """An unknown value deep inside counts."""
    assert (True, False) == (has_unknown({"a": [{"b": UNKNOWN}]}), has_unknown({"a": [{"b": 1}]}))


def test_at_misses_quietly() -> None:
    """A path that leads nowhere gives None."""
    values: Properties = {"a": [1]}
    assert (1, None, None) == (at(values, ("a", 0)), at(values, ("a", 1)), at(values, ("a", "b")))
