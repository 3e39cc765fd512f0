"""Minds one plain process: run as a script of its own (``python -I -S minder.py SPEC STATUS``), it imports no package.

It starts the program that SPEC (a descriptor with JSON) describes, tells STATUS (a descriptor) of its number and its
end, and ends it with all that it started when standard input closes: that is, when the node is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITIES = 64
_NOT_STARTED = 128
_ROUNDS = 200


def main() -> int:
    """Start the program, wait for its end or the node's, leave nothing behind; return the exit code."""
    with os.fdopen(int(sys.argv[1])) as file:
        spec = json.load(file)
    status = int(sys.argv[2])
    os.set_inheritable(status, False)  # noqa: FBT003 - the standard library's own signature
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    child, failure = _start(spec)
    _tell(status, {"child-pid": child})
    if failure:
        _tell(status, {"error": failure})
    code = _wait(child, awake)
    _end_all(child)
    code = _NOT_STARTED if failure else code
    _tell(status, {"exit-code": code})
    return code


def _start(spec: dict[str, object]) -> tuple[int, str]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _become(spec, writer)
    os.close(writer)
    with os.fdopen(reader) as file:
        return child, file.read()


def _become(spec: dict[str, object], failure: int) -> None:
    """Turn into the program; what goes wrong is written to the pipe that the exec would have closed."""
    command, env, folder = spec["command"], spec["env"], spec["folder"]
    try:
        os.setsid()
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        if os.geteuid() == 0:
            for number in range(_CAPABILITIES):
                _prctl(_PR_CAPBSET_DROP, number)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if not isinstance(command, list) or not isinstance(env, dict) or not isinstance(folder, str):
            raise TypeError("malformed spec")  # noqa: TRY301 - written to the pipe below like all else
        os.chdir(folder)
        os.execvpe(command[0], command, env)  # noqa: S606 - running what the pod says is this file's purpose
    except (OSError, TypeError, ValueError) as error:
        text = f'exec: "{command[0] if isinstance(command, list) else command}": {error}'
        os.write(failure, text.encode())
    finally:
        os._exit(_NOT_STARTED)


def _wait(child: int, awake: int) -> int:
    while True:
        ready, _, _ = select.select([0, awake], [], [], 1.0)
        if awake in ready:
            os.read(awake, 4096)
        if 0 in ready and not os.read(0, 4096):
            _kill(child)
        while True:
            try:
                pid, state = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return _NOT_STARTED
            if pid == child:
                code = os.waitstatus_to_exitcode(state)
                return code if code >= 0 else 128 - code
            if pid == 0:
                break


def _end_all(child: int) -> None:
    """Kill what the program left: its group, then, on Linux, whatever has been handed to us, until nothing is."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    for _ in range(_ROUNDS):
        for pid in _children():
            _kill(pid)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _tell(status: int, fact: dict[str, int | str]) -> None:
    try:
        os.write(status, json.dumps(fact).encode() + b"\n")
    except OSError:
        return


def _prctl(option: int, value: int) -> None:
    """Ask the Linux kernel; other systems have no such call and do without."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, int(value), 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
