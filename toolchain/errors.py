"""The one error a user sees: what is wrong, where, what is allowed, what to do.

It lives in the lowest package, so that every package above can raise it.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of ``gw``; `docs/exit-codes.md` explains each and a test keeps both equal."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    CONFIG = 3
    TOOLCHAIN = 4
    POLICY = 5
    SANDBOX = 6
    NO_SPACE = 7
    BUSY = 8
    TIMEOUT = 9
    DATABASE = 10
    BACKUP = 11
    ENGINE = 12
    NOT_JUDGED = 13
    VENDOR = 14
    UNMATCHED = 15
    ROLLED_BACK = 16
    NOT_ROLLED_BACK = 17
    INTERRUPTED = 130


class Problem(Exception):  # noqa: N818 - the name a user reads; it is not always an error of the program
    """Something that the user can act on.

    Attributes:
        what: one sentence that says what is wrong.
        where: the file, key, port or process; empty when there is no such place.
        allowed: what would be accepted; empty when that is no question.
        fix: the next thing to do, a command where there is one.
        exit_code: the documented exit code that ``gw`` ends with.
    """

    def __init__(self, what: str, *, exit_code: ExitCode, where: str = "", allowed: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.allowed = allowed
        self.fix = fix
        self.exit_code = exit_code

    def __str__(self) -> str:
        """All four parts, a line each, those that are empty left out."""
        rows = [self.what]
        rows += [f"  {label}: {text}" for label, text in self._parts() if text]
        return "\n".join(rows)

    def _parts(self) -> tuple[tuple[str, str], ...]:
        return (("where", self.where), ("allowed", self.allowed), ("fix", self.fix))
