"""The one error that a user of the job sees, and the exit code that it ends with."""

from __future__ import annotations

from enum import IntEnum


class Code(IntEnum):
    """Exit codes of ``backup``; `README.md` explains each and a test keeps both equal.

    11 (lease held), 14 (RPO breached) and 15 (RTO breached) are kept free for the commands that will need them.
    """

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    PARTIAL = 3
    NO_STORE = 10
    ACCESS_DENIED = 12
    VERIFY_FAILED = 13
    DISK = 16
    CLOCK = 17
    VERSION_FLOOR = 18
    NO_POINT = 19
    SOURCE_MISSING = 20
    SOURCE_NOT_DATABASE = 21
    SOURCE_CORRUPT = 22
    SOURCE_LOCKED = 23
    SOURCE_EMPTY = 24
    SOURCE_UNREADABLE = 25
    TARGET_EXISTS = 30
    TARGET_IN_USE = 31
    INTERRUPTED = 130
    TERMINATED = 143


class Failure(Exception):  # noqa: N818 - the noun a user reads
    """Why a command ended without doing its work.

    Attributes:
        code: the exit code.
        message: one sentence that says what is wrong; never a secret.
        where: the file, variable or object key it is about; empty when there is none.
        fix: what to do next; empty when the message says it.
    """

    def __init__(self, code: Code, message: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.fix = fix


class NoObject(Failure):
    """The bucket holds no object at that key."""


class Taken(Failure):
    """A conditional write found an object at its key already."""


class Unsupported(Failure):
    """The store does not know the operation or one of its conditions."""
