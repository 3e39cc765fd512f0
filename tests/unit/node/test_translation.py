"""Paths of mounts in the words of a plain process."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.node.runtime import Mount
from sandbox.node.runtime_plain import translator

_MOUNTS = [Mount(Path("/host/data"), "/data"), Mount(Path("/host/deep"), "/data/deep"), Mount(Path("/host/s"), "/s/")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data", "/host/data"),
        ("/data/x.db", "/host/data/x.db"),
        ("/data/deep/x", "/host/deep/x"),
        ("/data/deeper", "/host/data/deeper"),
        ("--db=/data/x", "--db=/host/data/x"),
        ("cat /data/a /s/b", "cat /host/data/a /host/s/b"),
        ("sqlite:////data/x", "sqlite:////host/data/x"),
        ("/database", "/database"),
        ("/var/data", "/var/data"),
        ("http://127.0.0.1/data", "http://127.0.0.1/data"),
        ("/data:/s", "/host/data:/host/s"),
        ("", ""),
    ],
)
def test_cases(text: str, expected: str) -> None:
    """Whole paths at or below a mount change, the deepest mount first; look-alikes do not."""
    assert translator(_MOUNTS)(text) == expected


def test_no_mounts() -> None:
    """Without mounts nothing changes."""
    assert translator([])("/data") == "/data"
