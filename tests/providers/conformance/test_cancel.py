"""A cancelled update does not wait for what the server asked it to wait for."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from sandbox.fake.faults import Fault, Kind
from sandbox.fake.serving import running
from tests.providers.conformance.project import Project
from tests.providers.conformance.sample.subject import Sample

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("sample-conformance")]


def test_cancel_ends_a_wait(tmp_path: Path) -> None:
    """The engine is interrupted while the API's limit is waited out, four minutes of it, and ends at once."""
    subject = Sample()
    subject.fake.faults.add(Fault("GET shelves", Kind.LIMITED, seconds=250, times=9))
    with running(subject.fake) as url:
        project = Project.make(tmp_path / "project", {"sample": Sample.plugin}, subject.stack(url))
        project.declare(subject.resources)
        process = project.start("up")
        log = project.folder / "killed.log"
        end = time.monotonic() + 60
        while "waiting" not in log.read_text("utf-8"):
            assert time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert "rate limit is reached; cancelled" in log.read_text("utf-8")
