"""Typed inputs: what a check makes of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, field_validator

from providers.kit import UNKNOWN, Failure, Path, Properties
from providers.kit.inputs import Inputs, ServerDefault, Unordered, check, lenient, strict, wire
from providers.kit.shape import order


class Port(Inputs):
    """A part of a server."""

    number: int = Field(ge=1)
    protocol: Literal["tcp", "udp"] = "tcp"


class Server(Inputs):
    """Something with a field of each kind."""

    server_name: str
    memory: float = Field(default=0.5, alias="memoryGB")
    ports: tuple[Port, ...] = ()
    tags: Annotated[tuple[str, ...], Unordered()] = ()
    env: dict[str, str] = Field(default_factory=dict)
    region: Annotated[str | None, ServerDefault()] = None
    size: int | Literal["auto"] = "auto"
    icon: str | None = None

    @field_validator("icon")
    @classmethod
    def _short(cls, value: str | None) -> str | None:
        if value and len(value) > 3:
            raise ValueError("an icon has three letters at most")
        return value


def _failures(inputs: Properties) -> list[tuple[Path, str]]:
    return [(failure.path, failure.reason) for failure in check(Server, inputs).failures]


def test_defaults_are_filled_in() -> None:
    """What the program leaves out has its default, but for what the server decides and what is nothing."""
    expected = {"serverName": "a", "memoryGB": 0.5, "ports": [], "tags": [], "env": {}, "size": "auto"}
    assert expected == check(Server, {"serverName": "a"}).inputs


def test_defaults_of_parts_are_filled_in() -> None:
    """A part has its own defaults."""
    checked = check(Server, {"serverName": "a", "ports": [{"number": 80}]})
    assert [{"number": 80, "protocol": "tcp"}] == checked.inputs["ports"]


def test_none_is_absent() -> None:
    """A field that is None gets its default, as one that is absent does."""
    assert check(Server, {"serverName": "a"}) == check(Server, {"serverName": "a", "memoryGB": None, "tags": None})


def test_unordered_lists_are_sorted() -> None:
    """They are sent in one order, whatever the program's is."""
    assert ["a", "b"] == check(Server, {"serverName": "a", "tags": ["b", "a"]}).inputs["tags"]


def test_every_failure_at_once() -> None:
    """Each failure has the path of its property, also within lists."""
    found = _failures({"ports": [{"number": 80}, {"number": 0, "protocol": "ip"}], "icon": "four", "memoryGB": "much"})
    assert [
        (("serverName",), "is required"),
        (("memoryGB",), "Input should be a valid number, unable to parse string as a number"),
        (("ports", 1, "number"), "Input should be greater than or equal to 1"),
        (("ports", 1, "protocol"), "Input should be 'tcp' or 'udp'"),
        (("icon",), "an icon has three letters at most"),
    ] == found


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("server_name", "there is no such key; did you mean serverName?"),
        ("memoryGb", "there is no such key; did you mean memoryGB?"),
        (
            "zzz",
            "there is no such key; there are: env, icon, memoryGB, ports, region, serverName, size, tags",
        ),
    ],
)
def test_unknown_keys(key: str, reason: str) -> None:
    """A key that there is not names the nearest one, or all; the Python name does not count as the wire's."""
    assert ((key,), reason) in _failures({"serverName": "a", key: "x"})


def test_python_s_names_are_not_the_wire_s() -> None:
    """A program that writes Python's name is told the wire's."""
    assert [("serverName",), ("server_name",)] == [path for path, _ in _failures({"server_name": "a"})]


def test_unknown_keys_of_parts() -> None:
    """Within a part it is the part's keys that are near."""
    found = _failures({"serverName": "a", "ports": [{"number": 1, "protocl": "tcp"}]})
    assert [(("ports", 0, "protocl"), "there is no such key; did you mean protocol?")] == found


def test_a_union_says_all_that_it_takes() -> None:
    """A value that no member of a union takes gives one failure."""
    found = _failures({"serverName": "a", "size": "big"})
    reason = "Input should be a valid integer, unable to parse string as an integer, or: Input should be 'auto'"
    assert [(("size",), reason)] == found


@pytest.mark.parametrize(
    "inputs",
    [
        {"serverName": UNKNOWN},
        {"serverName": "a", "ports": UNKNOWN},
        {"serverName": "a", "ports": [{"number": UNKNOWN}, UNKNOWN]},
        {"serverName": "a", "tags": ["b", UNKNOWN], "env": {"A": UNKNOWN}, "size": UNKNOWN, "icon": UNKNOWN},
    ],
)
def test_unknown_values_pass(inputs: Properties) -> None:
    """A value that is not known yet is as it should be, wherever it stands."""
    assert () == check(Server, inputs).failures


def test_unknown_values_excuse_nothing_else() -> None:
    """What is wrong beside an unknown value is told."""
    found = _failures({"serverName": UNKNOWN, "ports": [{"protocol": UNKNOWN}], "env": {"A": 1}, "bad": UNKNOWN})
    assert [("ports", 0, "number"), ("env", "A"), ("bad",)] == [path for path, _ in found]


def test_defaults_beside_unknown_values() -> None:
    """They are filled in all the same, and lists of no order are sorted, what is unknown at any place."""
    checked = check(Server, {"serverName": UNKNOWN, "ports": [{"number": UNKNOWN}], "tags": ["b", "a"]})
    expected = {
        "serverName": UNKNOWN,
        "memoryGB": 0.5,
        "ports": [{"number": UNKNOWN, "protocol": "tcp"}],
        "tags": ["a", "b"],
        "env": {},
        "size": "auto",
    }
    assert expected == checked.inputs


def test_a_failure_shows_no_value() -> None:
    """No reason repeats what was given: it may be a secret."""
    inputs: Properties = {"memoryGB": "canary", "ports": "canary", "size": "canary", "env": {"A": ["canary"]}}
    reasons = [reason for _, reason in _failures(inputs)]
    assert (5, []) == (len(reasons), [reason for reason in reasons if "canary" in reason])


def test_failures_leave_the_inputs() -> None:
    """With a failure the inputs are as they were given."""
    assert ({"tags": ["b", "a"]}, Failure(("serverName",), "is required")) == (
        check(Server, {"tags": ["b", "a"]}).inputs,
        check(Server, {"tags": ["b", "a"]}).failures[0],
    )


def _server(**fields: Any) -> Server:  # noqa: ANN401 - of any type
    return Server(**fields)


SERVERS = st.builds(
    _server,
    server_name=st.text(max_size=5),
    memory=st.floats(0, 64, allow_nan=False),
    ports=st.lists(st.builds(Port, number=st.integers(1, 9), protocol=st.sampled_from(["tcp", "udp"])), max_size=3),
    tags=st.lists(st.text(max_size=3), max_size=4),
    env=st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
    region=st.none() | st.text(max_size=3),
    icon=st.none() | st.text(max_size=3),
)


@given(SERVERS)
def test_a_check_changes_nothing_of_what_it_made(server: Server) -> None:
    """Checked inputs are the same when they are checked again, as each update does."""
    once = check(Server, wire(server)).inputs
    assert once == check(Server, once).inputs


@given(SERVERS)
def test_the_wire_leads_back(server: Server) -> None:
    """The model of what was sent is the model that was sent, but for the order of what has none."""
    back = strict(Server, wire(server))
    assert server.model_copy(update={"tags": tuple(sorted(server.tags, key=order))}) == back


def test_lenient_takes_what_is_unknown() -> None:
    """In a preview a resource is asked about inputs that are not all known."""
    made = lenient(Server, {"serverName": UNKNOWN, "memoryGB": 2})
    found: tuple[object, ...] = (made.server_name, made.memory, made.ports, made.icon)
    assert (UNKNOWN, 2, (), None) == found


def test_lenient_takes_what_is_not_there() -> None:
    """A state that another version wrote may lack what must be given: it is None."""
    found: object = lenient(Server, {"memoryGB": 2}).server_name
    assert found is None
