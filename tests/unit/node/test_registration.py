"""What the node tells of itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from sandbox.node.registration import Registration
from sandbox.node.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_GIB = 2**30


@pytest.mark.parametrize(
    ("free", "total", "pressed"),
    [(90 * _GIB, 1000 * _GIB, "False"), (_GIB // 2, 1000 * _GIB, "False"), (_GIB // 16, _GIB, "True")],
)
def test_disk_pressure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, total: int, pressed: str) -> None:
    """A developer's nearly full disk takes pods as long as there is room for them; one without room takes none."""
    monkeypatch.setattr("psutil.disk_usage", lambda _path: SimpleNamespace(free=free, total=total))
    sent: list[Any] = []
    api = SimpleNamespace(create=lambda *_a, **_k: None, patch=lambda *words, **_k: sent.append(words))
    place = tmp_path / "x"
    settings = Settings(place, place, place, tmp_path, tmp_path, 1, place, place, place)

    Registration(cast("Any", api), settings, "bwrap", "").beat()

    conditions = next(words[2]["status"]["conditions"] for words in sent if "status" in words[2])
    assert pressed == next(one["status"] for one in conditions if one["type"] == "DiskPressure")
