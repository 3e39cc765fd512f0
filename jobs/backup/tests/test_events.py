"""Events: one line each, JSON or readable, never a secret."""

from __future__ import annotations

import io
import json

from backup.events import teller


def test_an_event_is_one_json_line() -> None:
    """Off a terminal an event is one JSON object, its name first."""
    stream = io.StringIO()
    teller(stream)("captured", rows=3, failed={})
    (line,) = stream.getvalue().splitlines()
    found = json.loads(line)
    assert next(iter(found)) == "event"
    assert (found["event"], found["rows"], found["failed"]) == ("captured", 3, {})


def test_a_line_feed_in_a_field_stays_in_the_line() -> None:
    """No field can begin a line of its own."""
    stream = io.StringIO()
    teller(stream)("failed", message="one\ntwo")
    assert len(stream.getvalue().splitlines()) == 1


def test_secrets_are_hidden_at_any_depth() -> None:
    """A secret is replaced in values, in nested values and in names."""
    stream = io.StringIO()
    teller(stream, secrets=["canary", ""])("failed", message="a canary b", nested={"canary": ["x canary"]})
    assert "canary" not in stream.getvalue()
    assert stream.getvalue().count("[hidden]") == 3


def test_a_terminal_gets_a_readable_line() -> None:
    """On a terminal an event is no JSON."""
    stream = io.StringIO()
    teller(stream, plain=False)("captured", rows=3)
    assert "captured" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
