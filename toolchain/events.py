"""What long work tells about itself: one event at a time, to whoever listens.

A terminal shows them as progress, anything else prints one JSON line for each (`delivery/report.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Event:
    """One fact in the course of long work.

    Attributes:
        name: dotted, past or progressive, as in ``toolchain.build.started`` or ``sandbox.service.ready``.
        message: one short line for a person.
        fields: JSON-like facts; never a secret.
    """

    name: str
    message: str
    fields: Mapping[str, str | int | float | bool] = field(default_factory=dict)


Emit = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """Listen to nothing: the default where no one watches."""
