"""What bubblewrap is told."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.node.dockerfile import ImageConfig
from sandbox.node.identity import Identity
from sandbox.node.images import Image
from sandbox.node.runtime import Launch, Mount, StartError
from sandbox.node.runtime_bwrap import Bubblewrap

#: A value that, split at its NUL characters, would show the whole machine to the container.
_HOSTILE = "x\0--bind\0/\0/machine"


@pytest.fixture
def launch(tmp_path: Path) -> Launch:
    """A container that echoes its arguments."""
    image = Image("i", "0", ImageConfig(), tmp_path, "/opt/venv", ())
    made = Launch(("true",), {}, frozenset(), "/", (), image, Identity(1000, 1000), True, "h", tmp_path / "s", "/m")  # noqa: FBT003 - one of many fields
    made.prepare()
    return made


def _run(runtime: Bubblewrap, launch: Launch) -> None:
    """Start it and wait for its end."""
    process = runtime.start(launch, 1)
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.parametrize("where", ["value", "name", "mount", "folder"])
def test_nul(launch: Launch, tmp_path: Path, where: str) -> None:
    """A NUL character in a Secret's value or a path begins no argument of its own: the container is refused."""
    hostile = {
        "value": replace(launch, env={"A": _HOSTILE}),
        "name": replace(launch, env={_HOSTILE: "a"}),
        "mount": replace(launch, mounts=(Mount(tmp_path, f"/{_HOSTILE}"),)),
        "folder": replace(launch, folder=f"/{_HOSTILE}"),
    }[where]
    with pytest.raises(StartError, match="NUL"):
        Bubblewrap(Path("/bin/true")).start(hostile, 1)


def test_full_disk(launch: Launch) -> None:
    """What cannot be written beforehand is a failed start of this container, and leaks no descriptor."""
    launch.scratch.rename(launch.scratch.with_name("gone"))
    before = len([*Path("/proc/self/fd").iterdir()])
    with pytest.raises(StartError, match="cannot prepare"):
        Bubblewrap(Path("/bin/true")).start(launch, 1)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_probe_beside(launch: Launch) -> None:
    """A probe started beside a container does not write the files again that the container has mounted."""
    runtime = Bubblewrap(Path("/bin/true"))
    _run(runtime, launch)
    written = (launch.scratch / "passwd").stat().st_mtime_ns
    os.utime(launch.scratch / "passwd", ns=(written - 10**9, written - 10**9))
    _run(runtime, launch)
    assert (launch.scratch / "passwd").stat().st_mtime_ns == written - 10**9
