"""One start of the scanner in checkov's environment: a request in, an answer out, a Problem for all else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from toolchain import programs
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.checkov.verdicts import Framework

LIMIT_SECONDS: Final = 600.0
"""The most that one framework may take: far above what 4,000 resources need (8 s)."""
_CHECKOUT: Final = Path(__file__).resolve().parents[2]

Row = tuple[str, Literal["passed", "failed", "skipped"], str, str, int, str]


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the scanner writes; `scanner/answer.py` says what each part means."""

    checks: dict[str, tuple[str, str]] = {}
    rows: list[Row] = []
    unjudged: list[tuple[str, str, str]] = []
    error: str = ""


def request(framework: Framework, content: Mapping[str, Any]) -> bytes:
    """What the scanner reads on its standard input.

    Our own rules are not asked here, although checkov can be (`checks/`): CrossGuard asks them, of the same preview.
    """
    return msgspec.json.encode({"framework": framework, **content})


def scan(framework: Framework, stdin: bytes, python: Path) -> Answer:
    """Have ``python`` judge what `request` made.

    Raises:
        Problem: there is no whole answer, or the scan ended early (exit code 13).
    """
    command = [str(python), "-X", "utf8", "-m", "policies.checkov.scanner.scan"]
    try:
        done = programs.ask(
            command,
            stdin=stdin,
            stderr=subprocess.DEVNULL,  # it may tell what was judged
            environment=_environment(),
            limit=LIMIT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _failed(framework, f"it took over {LIMIT_SECONDS:.0f} s") from None
    except OSError as error:
        raise _failed(framework, f"it does not start: {error.strerror}") from error
    try:
        answer = msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError as error:
        raise _failed(framework, f"it ended with {done.returncode} and left no whole answer") from error
    if answer.error:
        raise _failed(framework, answer.error)
    return answer


def _environment() -> dict[str, str]:
    """Nothing of the caller's but where programs and temporary files are: checkov reads dozens of variables."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_CHECKOUT),
        "PYTHONDONTWRITEBYTECODE": "1",  # of another user's checkout, or a read-only one
        "CHECKOV_PARALLELIZATION_TYPE": "none",  # a forked worker's warnings would be lost
    }


def _failed(framework: Framework, why: str) -> Problem:
    return Problem(
        f"checkov did not judge: {why}",
        where=f"framework {framework}",
        fix="run it again; if it stays, remove the `checkov` folder of the toolchain's cache and run it again",
        exit_code=ExitCode.NOT_JUDGED,
    )
