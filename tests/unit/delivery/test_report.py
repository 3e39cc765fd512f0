"""Events and problems where there is no terminal: a JSON line each."""

from __future__ import annotations

import io
import json

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
