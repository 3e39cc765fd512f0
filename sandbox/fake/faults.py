"""Faults that a test asks for: they hit the operations that they name, so many times, then they are gone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from sandbox.fake.fields import number, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kind(StrEnum):
    """What goes wrong."""

    #: 429 with Retry-After; nothing is done.
    LIMITED = "limited"
    #: The status asked for; nothing is done.
    ERROR = "error"
    #: No answer for the seconds asked for, then the connection is closed; nothing is done.
    TIMEOUT = "timeout"
    #: The work is done, and the connection closed without an answer.
    LOST = "lost"
    #: A read shows what was there the seconds asked for ago; writes are as ever.
    LAG = "lag"


_ERRORS = range(400, 600)


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        operation: regular expression that the whole name of an operation matches.
        kind: what goes wrong.
        times: how many requests it hits.
        seconds: of Retry-After, of silence, or of lag.
        status: of an error, 400 to 599.
    """

    operation: str
    kind: Kind
    times: int = 1
    seconds: float = 1.0
    status: int = 500

    @classmethod
    def read(cls, document: Mapping[str, object]) -> Self:
        """From the admin endpoint's JSON.

        Raises:
            ValueError: it is not a fault; the text says why.
        """
        unknown = sorted(set(document) - {"operation", "kind", "times", "seconds", "status"})
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown)}")
        operation = text(document, "operation")
        try:
            re.compile(operation)
        except re.error as error:
            raise ValueError(f"operation: {error}") from error
        times, status = int(number(document, "times", 1)), int(number(document, "status", 500))
        if times < 1:
            raise ValueError("times: 1 or more")
        if status not in _ERRORS:
            raise ValueError("status: that of an error, 400 to 599")
        return cls(
            operation, Kind(text(document, "kind")), times, seconds=number(document, "seconds", 1.0), status=status
        )

    def hits(self, operations: Iterable[str]) -> bool:
        """Whether one of these is meant."""
        return any(re.fullmatch(self.operation, operation) for operation in operations)


@dataclass
class Faults:
    """The faults that are still to come; the oldest one that fits a request hits it."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Ask for one more."""
        self.waiting.append(fault)

    def clear(self) -> None:
        """No more faults."""
        self.waiting.clear()

    def take(self, operations: Iterable[str]) -> Fault | None:
        """The fault that hits a request of these operations, used up by one."""
        names = tuple(operations)
        for index, fault in enumerate(self.waiting):
            if fault.hits(names):
                left = replace(fault, times=fault.times - 1)
                self.waiting[index : index + 1] = [left] if left.times > 0 else []
                return fault
        return None
