"""A start that meets another one's supervisor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from toolchain import lock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.sandbox import Sandbox
    from toolchain.events import Event

pytestmark = pytest.mark.e2e


def test_a_supervisor_that_is_met_late_is_overcome(small: Callable[..., Sandbox]) -> None:
    """One of a killed start may show itself after all was ended: the start tries once more."""
    sandbox = small()
    sandbox.start()
    sandbox.stop()
    sandbox.layout.state.unlink()
    held = lock.keep(sandbox.layout.supervisor_lock, "an earlier supervisor")
    assert held is not None
    told: list[str] = []

    def hear(event: Event) -> None:
        if event.name == "sandbox.unwell":
            told.append(event.message)
            os.close(held)

    sandbox.start(hear)

    assert (1, ["ready"]) == (len(told), [row.state for row in sandbox.status()])
