"""The engine as a process: its events read while it writes them, its end, and what a killed run left of it."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import Engine, Outcome, _new_lines, stopped
from delivery.workspace import Workspace
from sandbox import processes
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolchain.events import Event


@given(
    lines=st.lists(st.binary(min_size=1, max_size=20).filter(lambda row: b"\n" not in row and b"\r" not in row)),
    cuts=st.lists(st.integers(min_value=0, max_value=400)),
)
def test_lines_are_taken_once_and_whole_however_the_writes_are_cut(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], cuts: list[int]
) -> None:
    """Wherever the file ends at each look, every whole line is given exactly once, in order."""
    path = tmp_path_factory.mktemp("log") / "events"
    content = b"".join(line + b"\n" for line in lines)
    taken: list[bytes] = []
    offset = 0

    for cut in [*sorted(cuts), len(content)]:
        path.write_bytes(content[:cut])
        found, offset = _new_lines(path, offset)
        taken += found

    # bytes.splitlines also ends a line at other control characters than newline; JSON escapes them all.
    assert b"".join(lines) == b"".join(taken).replace(b"\n", b"")


def test_no_file_yet_gives_no_lines(tmp_path: Path) -> None:
    """The engine has not opened its log: nothing, and the offset stays."""
    found, offset = _new_lines(tmp_path / "none", 7)

    assert ([], 7) == (list(found), offset)


def test_what_stays_as_it_is_counts_as_no_change(tmp_path: Path) -> None:
    """Same, read and refresh are no changes; everything else is."""
    outcome = Outcome(0, tmp_path, tmp_path, changes={"same": 9, "refresh": 9, "create": 2, "replace": 1, "delete": 1})

    assert outcome.changed == 4


_ENGINE = """#!/bin/sh
# Stands for the engine: tells of one resource, then waits to be interrupted.
while [ $# -gt 0 ]; do [ "$1" = --event-log ] && log="$2"; shift; done
trap 'echo interrupted >> "$log.seen"; [ -z "$STUBBORN" ] && exit 7' INT
printf '%s\\n' "$EVENT" >> "$log"
i=0; while [ $i -lt 600 ]; do sleep 0.05; i=$((i + 1)); done
"""
_EVENT = {"resourcePreEvent": {"metadata": {"type": "a:b:C", "op": "create", "urn": "urn:pulumi:local::p::a:b:C::it"}}}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine whose user presses Ctrl-C at the first resource."""
    # A shell's background job has SIGINT ignored, hands that on, and no shell may trap what it got ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    binary = tmp_path / "pulumi"
    binary.write_text(_ENGINE)
    binary.chmod(0o755)
    workspace = Workspace(checkout=tmp_path, root=tmp_path / ".sandbox")
    environment = {"PATH": os.defpath, "EVENT": json.dumps(_EVENT), processes.MARK: str(workspace.root)}
    yield Engine(binary, workspace, environment, _interrupt)
    signal.signal(signal.SIGINT, before)


def _interrupt(_event: Event) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_run_asks_the_engine_once(engine: Engine) -> None:
    """Ctrl-C ends the run, and the engine hears of it exactly once: twice, and it would drop what is in flight."""
    with pytest.raises(KeyboardInterrupt):
        engine.run("up", [])

    seen = engine.workspace.root / "logs" / "pulumi-up.events.jsonl.seen"
    assert seen.read_text() == "interrupted\n"
    assert processes.marked(engine.workspace.root) == []


def test_a_terminals_ctrl_c_does_not_reach_the_engine_by_itself(engine: Engine) -> None:
    """The engine is in a process group of its own."""
    groups: list[int] = []

    def look(_event: Event) -> None:
        running = processes.marked(engine.workspace.root)
        groups.extend(os.getpgid(found.pid) for found in running if str(engine.binary) in found.command)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dataclasses.replace(engine, emit=look).run("up", [])

    assert groups
    assert os.getpgid(0) not in groups


def test_an_engine_that_does_not_stop_is_ended(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes the interrupt and goes on is killed, and nothing of it is left."""
    monkeypatch.setattr("delivery.engine._STOP_SECONDS", 0.5)
    stubborn = dataclasses.replace(engine, environment={**engine.environment, "STUBBORN": "1"})

    with pytest.raises(KeyboardInterrupt):
        stubborn.run("up", [])

    alive = [found for found in processes.marked(engine.workspace.root) if str(engine.binary) in found.command]
    assert alive == []


def test_an_engine_that_a_killed_gw_left_is_ended_before_its_lock_is_taken(engine: Engine) -> None:
    """Two engines on one state would lose what either writes: the older one is ended, and the user is told once."""
    engine.binary.unlink()
    engine.binary.symlink_to(shutil.which("sleep") or "")
    told: list[str] = []
    with subprocess.Popen([engine.binary, "60"], env=engine.environment) as left:
        dataclasses.replace(engine, emit=lambda event: told.append(event.name)).rescue()

        assert (-signal.SIGTERM, ["engine.healed"]) == (left.wait(10), told)


def test_nothing_left_is_nothing_healed(engine: Engine) -> None:
    """After an orderly run there is nothing to tell and no engine is asked."""
    engine.rescue()
    engine.heal()

    assert processes.marked(engine.workspace.root) == []


def test_operations_whose_end_nobody_saw_are_found(engine: Engine) -> None:
    """A state with pending operations is told from one without, by the key that the engine writes only then."""
    state = engine.workspace.checkpoint
    state.parent.mkdir(parents=True)
    latest: dict[str, object] = {"resources": []}
    state.write_text(json.dumps({"checkpoint": {"latest": latest}}))
    before = engine._pending()  # noqa: SLF001 - the rule itself
    state.write_text(json.dumps({"checkpoint": {"latest": latest | {"pending_operations": [{"type": "creating"}]}}}))

    assert (False, True) == (before, engine._pending())  # noqa: SLF001 - as above


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("failed to save snapshot: write /x: no space left on device", ExitCode.NO_SPACE),
        ("disk quota exceeded", ExitCode.NO_SPACE),
        ("a resource failed", ExitCode.ENGINE),
    ],
)
def test_a_full_disk_is_told_from_the_engines_own_troubles(said: str, code: ExitCode) -> None:
    """What the engine says about a full disk ends with exit code 7, all else with 12."""
    problem = stopped(said, "there")

    assert (code, said, "there") == (problem.exit_code, problem.what, problem.where)


def test_an_engine_that_was_killed_is_told_by_its_signal(tmp_path: Path) -> None:
    """Its last lines would be progress, and say nothing."""
    outcome = Outcome(-signal.SIGKILL, tmp_path, tmp_path)

    assert outcome.why() == "it was ended by SIGKILL"


def test_a_state_that_a_full_disk_emptied_is_the_newest_whole_copy_again(engine: Engine) -> None:
    """The engine's own copies are looked through, newest first, and one that is cut off is passed over."""
    quiet = dataclasses.replace(engine, emit=ignore)
    state = engine.workspace.checkpoint
    backups = engine.workspace.state / ".pulumi" / "backups" / "groundwork" / "local"
    for folder in (state.parent, backups):
        folder.mkdir(parents=True)
    state.write_bytes(b"")
    state.with_name("local.json.bak").write_bytes(b'{"checkpoint": {"lat')
    (backups / "local.1.json").write_text('{"checkpoint": {"latest": "old"}}')
    (backups / "local.2.json").write_text('{"checkpoint": {"latest": "new"}}')

    quiet.rescue()

    assert state.read_text() == '{"checkpoint": {"latest": "new"}}'


def test_a_state_of_which_nothing_is_left_is_begun_anew(engine: Engine) -> None:
    """With no whole copy the empty state, its locks and its salt go, so that the next step makes the stack again."""
    workspace = engine.workspace
    lock = workspace.state / ".pulumi" / "locks" / "organization" / "a.json"
    for path in (workspace.checkpoint, workspace.stack_file, lock):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("encryptionsalt: v1" if path == workspace.stack_file else "")

    dataclasses.replace(engine, emit=ignore).rescue()

    assert [False, False, False, False] == [
        path.exists() for path in (workspace.checkpoint, workspace.stack_file, lock)
    ] + [workspace.initialised]


def test_a_full_disk_ends_the_run(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Services die of a full disk and the engine would wait for them: the run ends with exit code 7 instead."""
    monkeypatch.setattr("delivery.engine._FULL_SECONDS", 0.2)
    monkeypatch.setattr("delivery.engine._LEAST_FREE", 1 << 62)

    with pytest.raises(Problem) as problem:
        dataclasses.replace(engine, emit=ignore).run("up", [])

    assert problem.value.exit_code is ExitCode.NO_SPACE


def test_an_engine_that_fails_early_leaves_an_empty_event_log(engine: Engine) -> None:
    """What reads the events finds none, and the problem is the engine's."""
    engine.binary.write_text("#!/bin/sh\nexit 3\n")

    outcome = engine.run("preview", [])

    assert (3, b"") == (outcome.exit_code, outcome.event_log.read_bytes())


def test_what_goes_wrong_aside_spoils_no_digest(engine: Engine) -> None:
    """A warning on standard error stands beside the output, and is part of why a run failed."""
    engine.binary.write_text("#!/bin/sh\necho '{}'\necho 'warning: no space' >&2\nexit 3\n")

    outcome = engine.run("preview", [])

    assert (3, "{}\n") == (outcome.exit_code, outcome.output.read_text())
    assert "warning: no space" in outcome.why()
