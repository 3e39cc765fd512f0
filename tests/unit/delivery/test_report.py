"""Events and problems where there is no terminal: a JSON line each."""

from __future__ import annotations

import io
import json

import pytest

from delivery import report
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event


def test_an_event_is_one_json_line_off_a_terminal() -> None:
    """Every event gives exactly one line, with its name, its message and its fields."""
    stream = io.StringIO()

    with report.Reporter(stream) as emit:
        emit(Event("sandbox.service.ready", "etcd is ready", {"seconds": 0.4}))

    line = json.loads(stream.getvalue())
    assert {"event": "sandbox.service.ready", "message": "etcd is ready", "seconds": 0.4} == {
        key: value for key, value in line.items() if key != "time"
    }


def test_a_problem_is_one_json_line_off_a_terminal() -> None:
    """A problem keeps all its parts and the exit code, so that a script can act on it."""
    stream = io.StringIO()
    problem = Problem("no", where="here", allowed="yes", fix="do", exit_code=ExitCode.CONFIG)

    report.show_problem(problem, stream)

    line = json.loads(stream.getvalue())
    assert ("no", "here", "yes", "do", 3) == tuple(
        line[key] for key in ("message", "where", "allowed", "fix", "exit_code")
    )


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """As it says."""
        return True


@pytest.mark.parametrize("text", ["/data/a[bold]b.db", "/x[/y]/z", "arn:aws:key:1 :lock: it", "ends with \\"])
def test_what_is_told_is_shown_as_it_is(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets are no markup and words between colons no emoji, in an event and in each part of a problem."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = _Terminal()

    with report.Reporter(stream) as emit:
        emit(Event("it.finished", text))
        emit(Event("it.running", text))
    shown = stream.getvalue().count(text)
    report.show_problem(Problem(text, where=text, allowed=text, fix=text, exit_code=ExitCode.CONFIG), stream)

    assert shown >= 2
    assert stream.getvalue().count(text) == shown + 4


def test_the_terminal_is_left_clean_when_a_step_fails() -> None:
    """The spinner is gone and the cursor is back before a problem is shown."""
    stream = _Terminal()

    def step(emit: report.Reporter) -> None:
        emit(Event("it.running", "on its way"))
        raise RuntimeError

    with pytest.raises(RuntimeError), report.Reporter(stream) as emit:
        step(emit)

    assert stream.getvalue().endswith("\x1b[1A\x1b[2K")
    assert "\x1b[?25h" in stream.getvalue()
