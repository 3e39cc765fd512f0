"""The named moments of a capture and a restore, so that tests can stop a run at any of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """Moments in their order; each is reached just after the work it names."""

    SURVEYED = "surveyed"
    SNAPSHOT = "snapshot"
    PART = "part"
    UPLOADED = "uploaded"
    CHECKED = "checked"
    RESTORED = "restored"
    PROVEN = "proven"
    MANIFEST = "manifest"
    PROOF = "proof"
    SWAPPING = "swapping"


At = Callable[[Stage], None]


def onward(_stage: Stage) -> None:
    """Do nothing at a stage: what a real run does."""
