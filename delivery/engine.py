"""The Pulumi engine, run as a process on one stack: preview, update, outputs.

Every run writes the engine's event log, which is where progress, policy results and counts are read from; what the
engine prints goes to a file of its own in the sandbox's logs.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from delivery.workspace import PROJECT, Workspace
from sandbox import processes
from toolchain import files
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolchain.events import Emit

_POLL_SECONDS = 0.1
_SHORT_SECONDS = 60.0
_LONG_SECONDS = 900.0
_STOP_SECONDS = 20.0
_TAIL_LINES = 25
#: Operations of an update at once. One that waits for its vendor's rate limit takes a place, and the engine's own
#: number (four for each CPU) is soon full of those, while other vendors have turns to give (`make bench ONLY=edge`).
_AT_ONCE = 64
#: A disk with fewer bytes than that, for so long, is full.
_LEAST_FREE = 1 << 20
_FULL_SECONDS = 5.0
#: Operations that leave a resource as it is.
_QUIET = frozenset({"same", "read", "refresh"})


@dataclass
class Outcome:
    """What one preview or update did.

    Attributes:
        exit_code: the engine's; 0 is success.
        event_log: the engine's events, a line of JSON each.
        output: what the engine printed; of a preview, its digest (JSON), which knows the program's lines. What it
            printed to standard error is beside it, so that a warning there does not spoil the digest.
        errors: what the engine called an error.
        changes: number of resources by operation, as in ``{"create": 3, "same": 20}``.
        resources: type token of each resource by its URN, components and providers left out.
        seconds: wall time.
    """

    exit_code: int
    event_log: Path
    output: Path
    errors: list[str] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def types(self) -> dict[str, int]:
        """Number of resources by type token."""
        return dict(Counter(self.resources.values()))

    @property
    def changed(self) -> int:
        """How many resources are created, updated, replaced or deleted."""
        return sum(count for operation, count in self.changes.items() if operation not in _QUIET)

    @property
    def aside(self) -> Path:
        """What the engine printed to standard error."""
        return self.output.with_suffix(".stderr")

    def why(self) -> str:
        """Why it failed, for an error's screen: what it called errors, else the last lines it printed."""
        if self.exit_code < 0:
            return "\n".join([f"it was ended by {signal.Signals(-self.exit_code).name}", *self.errors])
        said = (path.read_text(errors="replace") for path in (self.output, self.aside) if path.exists())
        text = "\n".join(self.errors) or "\n".join(said)
        return "\n".join(text.rstrip().splitlines()[-_TAIL_LINES:])


@dataclass(frozen=True)
class Engine:
    """The engine on one workspace.

    Attributes:
        binary: the `pulumi` executable.
        workspace: its folders.
        environment: the environment of each process (`Workspace.environment`).
        emit: told about each resource that changes.
    """

    binary: Path
    workspace: Workspace
    environment: Mapping[str, str]
    emit: Emit

    @property
    def stack(self) -> str:
        """The stack's name."""
        return self.workspace.stack

    def rescue(self) -> None:
        """End an engine that a killed `gw` left running, and replace a state that a full disk left empty.

        Only called while this run has the sandbox to itself. Of the state, the newest whole copy is taken; where there
        is none, the stack is made anew, and what exists is found again when it is declared.
        """
        left = self.end_left()
        state = self.workspace.checkpoint
        lost = (state.exists() or self.workspace.initialised) and not _whole(state)
        if left or lost:
            self.emit(Event("engine.healed", "an earlier run was cut off: its engine is ended, its state made whole"))
        if not lost:
            return
        backups = self.workspace.state / ".pulumi" / "backups" / PROJECT / self.stack
        copies = [state.with_name(f"{state.name}.bak"), *sorted(backups.glob(f"{self.stack}.*.json"), reverse=True)]
        if (copy := next(filter(_whole, copies), None)) is not None:
            files.write(state, copy.read_bytes())
            return
        for path in (state, self.workspace.stack_file, *self._locks()):
            path.unlink(missing_ok=True)

    def end_left(self) -> bool:
        """End the engine that a killed `gw` left running on this stack; gives whether there was one."""
        left = [found for found in processes.marked(self.workspace.mark) if found.command.startswith(str(self.binary))]
        processes.end(left, _STOP_SECONDS)
        return bool(left)

    def initialise(self) -> None:
        """Make the stack, once: this is what writes the salt of its secrets."""
        if self.workspace.initialised:
            return
        known = self._short(["stack", "ls", "--json"], "list the stacks")
        if any(row["name"] == self.stack for row in json.loads(known)):
            # The salt's file was lost while the state was kept: the next preview would fail on each secret.
            self._short(["stack", "rm", self.stack, "--force", "--yes", "--preserve-config"], "drop the stack")
        self._short(["stack", "init", self.stack, "--no-select"], "make the stack")

    def keep_secret(self, key: str, value: str) -> None:
        """Encrypt one value into the stack file; it travels by standard input, never in an argument."""
        self._short(
            ["config", "set", "--secret", key, "--stack", self.stack, "--config-file", str(self.workspace.stack_file)],
            f"keep the secret {key}",
            text=value,
        )

    def setting(self, key: str) -> str:
        """One value of the stack file, decrypted where it is a secret; empty where it is not there.

        Raises:
            Problem: the engine cannot decrypt it (exit code 12).
        """
        if key not in self.workspace.settings:
            return ""
        asked = ["config", "get", key, "--stack", self.stack, "--config-file", str(self.workspace.stack_file)]
        return self._short(asked, f"read {key}").rstrip("\n")

    def heal(self) -> None:
        """Undo what a killed run left behind: the backend's lock, and creations whose end nobody saw.

        Only called after `rescue`: the lock is a dead engine's.

        Raises:
            Problem: the engine cannot release the lock or read the live state (exit code 12).
        """
        locked = bool(self._locks())
        pending = self._pending()
        if locked or pending:
            self.emit(Event("engine.healed", "an earlier run was cut off: what it left is put in order"))
        if locked:
            self._short(["cancel", self.stack, "--yes"], "release the state's lock")
        if pending:
            outcome = self.run("refresh", ["--yes", "--skip-preview", "--clear-pending-creates"])
            if outcome.exit_code != 0:
                raise stopped(f"the engine could not read the live state\n{outcome.why()}", str(outcome.output))

    def _pending(self) -> bool:
        """Whether the state holds operations whose end nobody saw; it has no such key otherwise."""
        state = self.workspace.checkpoint
        return state.exists() and b'"pending_operations"' in state.read_bytes()

    def _locks(self) -> list[Path]:
        return list((self.workspace.state / ".pulumi" / "locks").rglob("*.json"))

    def preview(self, policies: Path) -> Outcome:
        """What an update would do, judged by the policy pack; the live state is read first."""
        return self.run("preview", ["--json", "--show-sames", "--refresh", "--policy-pack", str(policies)])

    def missing(self, listed: Path) -> Outcome:
        """What the program declares, judged by nobody; what the state lacks is listed, as `pulumi import` takes it."""
        return self.run("preview", ["--json", "--show-sames", "--import-file", str(listed)])

    def difference(self) -> Outcome:
        """What an update would do, judged by nobody; the live state is read first."""
        return self.run("preview", ["--json", "--show-sames", "--refresh"])

    def take_over(self, listed: Path, *, protect: bool) -> Outcome:
        """Take what the file lists into the state, protected or not; nothing is changed at any vendor."""
        asked = ["--file", str(listed), f"--protect={str(protect).lower()}"]
        return self.run("import", [*asked, "--yes", "--skip-preview", "--generate-code=false"])

    def update(self, policies: Path) -> Outcome:
        """Make it so, judged by the policy pack once more while it happens."""
        at_once = ["--parallel", str(_AT_ONCE)]
        return self.run("up", ["--refresh", "--yes", "--skip-preview", "--policy-pack", str(policies), *at_once])

    def destroy(self) -> Outcome:
        """Delete everything that the stack holds."""
        return self.run("destroy", ["--yes", "--skip-preview"])

    def outputs(self) -> dict[str, Any]:
        """The program's exports.

        Raises:
            Problem: the engine cannot tell them (exit code 12).
        """
        loaded: dict[str, Any] = json.loads(
            self._short(["stack", "output", "--json", "--stack", self.stack], "read outputs")
        )
        return loaded

    def secret(self, key: str) -> str:
        """One secret of the stack, decrypted, for this process alone.

        Raises:
            Problem: there is none, or it cannot be decrypted (exit code 12).
        """
        where = ["--stack", self.stack, "--config-file", str(self.workspace.stack_file)]
        return self._short(["config", "get", key, *where], f"read the secret {key}").rstrip("\n")

    def state(self) -> dict[str, Any]:
        """The stack's state as the engine exports it; secrets stay encrypted.

        Raises:
            Problem: the engine cannot tell it (exit code 12).
        """
        loaded: dict[str, Any] = json.loads(self._short(["stack", "export", "--stack", self.stack], "read the state"))
        return loaded

    def put_state(self, state: Mapping[str, Any]) -> None:
        """Put such a state in the place of the stack's.

        Raises:
            Problem: the engine does not take it (exit code 12).
        """
        self._short(["stack", "import", "--stack", self.stack], "put the state back", text=json.dumps(state))

    def run(self, command: str, arguments: Sequence[str], limit_seconds: float = _LONG_SECONDS) -> Outcome:
        """Run one long command and follow its events.

        Raises:
            Problem: it took longer than ``limit_seconds`` (exit code 9).
        """
        logs = self.workspace.root / "logs"
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"pulumi-{command}" if self.workspace.embedded else f"pulumi-{command}-{self.stack}"
        event_log, output = logs / f"{name}.events.jsonl", logs / f"{name}.log"
        event_log.write_bytes(b"")  # the last run's are gone, and an engine that fails early has told nothing
        argv = [str(self.binary), command, "--stack", self.stack, "--non-interactive", "--color", "never"]
        argv += ["--config-file", str(self.workspace.stack_file), "--event-log", str(event_log), *arguments]
        outcome = Outcome(exit_code=0, event_log=event_log, output=output)
        started = time.monotonic()
        with output.open("wb") as stream, outcome.aside.open("wb") as aside:
            process = subprocess.Popen(  # noqa: S603 - our own binary, arguments as a list
                argv,
                cwd=self.workspace.checkout,
                env=dict(self.environment),
                stdout=stream,
                stderr=aside,
                stdin=subprocess.DEVNULL,
                # A Ctrl-C reaches it once, from `_stop`: a second one would make it drop what is in flight.
                process_group=0,
            )
            try:
                self._follow(process, command, outcome, started + limit_seconds)
            except BaseException:
                _stop(process)
                raise
        outcome.exit_code = process.wait()
        outcome.seconds = time.monotonic() - started
        return outcome

    def _follow(self, process: subprocess.Popen[bytes], command: str, outcome: Outcome, deadline: float) -> None:
        offset = 0
        roomy = time.monotonic()
        while True:
            ended = process.poll() is not None
            lines, offset = _new_lines(outcome.event_log, offset)
            for line in lines:
                self._take(command, json.loads(line), outcome)
            if ended:
                return
            now = time.monotonic()
            roomy = now if shutil.disk_usage(self.workspace.root).free > _LEAST_FREE else roomy
            if now - roomy > _FULL_SECONDS:  # services die of it, and the engine would wait for them
                raise stopped(f"pulumi {command}: no space left on device", str(self.workspace.root))
            if now > deadline:
                raise Problem(
                    f"pulumi {command} did not end in time",
                    where=str(outcome.output),
                    fix="look at the log; then run `make up` again",
                    exit_code=ExitCode.TIMEOUT,
                )
            time.sleep(_POLL_SECONDS)

    def _take(self, command: str, event: Mapping[str, Any], outcome: Outcome) -> None:
        if summary := event.get("summaryEvent"):
            outcome.changes = dict(summary.get("resourceChanges") or {})
        if (said := event.get("diagnosticEvent")) and said["severity"] == "error":
            outcome.errors.append(f"{said.get('urn', '').rpartition('::')[2]}: {said['message'].strip()}".lstrip(": "))
        if not (resource := event.get("resourcePreEvent")):
            return
        metadata = resource["metadata"]
        kind, operation = metadata["type"], metadata["op"]
        if metadata.get("new") and metadata["new"].get("custom") and not kind.startswith("pulumi:"):
            outcome.resources[metadata["urn"]] = kind
        if operation not in _QUIET:
            name = metadata["urn"].rpartition("::")[2]
            self.emit(Event(f"engine.{command}.resource", f"{command}: {operation} {kind.rpartition(':')[2]} {name}"))

    def _short(self, arguments: Sequence[str], purpose: str, text: str | None = None) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - our own binary, arguments as a list
                [str(self.binary), *arguments, "--non-interactive"],
                cwd=self.workspace.project,
                text=True,
                env=dict(self.environment),
                input=text or "",
                capture_output=True,
                timeout=_SHORT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Problem(
                f"the engine took over {_SHORT_SECONDS:.0f} s to {purpose}",
                fix="run it again; if it stays so: gw doctor",
                exit_code=ExitCode.TIMEOUT,
            ) from error
        if done.returncode != 0:
            raise stopped(
                f"the engine could not {purpose}: {done.stderr.strip() or done.stdout.strip()}",
                f"project {PROJECT}, stack {self.stack}, {self.workspace.state}",
            )
        return done.stdout


def _new_lines(path: Path, offset: int) -> tuple[Iterator[bytes], int]:
    """The whole lines written since ``offset``, and where the next ones begin."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            content = file.read()
    except FileNotFoundError:
        return iter(()), offset
    whole, newline, _rest = content.rpartition(b"\n")
    return iter(whole.split(b"\n") if newline else ()), offset + len(whole) + len(newline)


def _whole(state: Path) -> bool:
    """Whether a file is a state that the engine wrote to its end."""
    try:
        return "checkpoint" in json.loads(state.read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def stopped(what: str, where: str) -> Problem:
    """The problem that the engine's end is: a full disk (exit code 7), or something of its own (exit code 12)."""
    if any(words in what for words in ("no space left on device", "disk quota exceeded")):
        return Problem(what, where=where, fix="free some space, then run `make up` again", exit_code=ExitCode.NO_SPACE)
    fix = "mend what it names, then run `make up` again; if it stays so: gw down --purge"
    return Problem(what, where=where, fix=fix, exit_code=ExitCode.ENGINE)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the engine to stop cleanly, so that it writes its state and lets go of its lock; then insist."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):  # too slow, or the user asks again
        process.kill()
        process.wait(_STOP_SECONDS)
