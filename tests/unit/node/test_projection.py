"""Service account tokens written as files."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from lightkube.models.core_v1 import Volume
from lightkube.resources.core_v1 import Pod

from sandbox.node.objects import MissingError
from sandbox.node.projection import Projector

if TYPE_CHECKING:
    from pathlib import Path


def test_renewed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A volume that was tried again while a ConfigMap was missing has its token renewed once, not once a try."""
    issued: list[object] = []

    def create(*words: object, **_more: object) -> object:
        issued.append(words)
        return SimpleNamespace(status=SimpleNamespace(token=f"t{len(issued)}"))

    objects = SimpleNamespace(config_map=lambda *_: None)
    projector = Projector(cast("Any", SimpleNamespace(create=create)), cast("Any", objects), {})
    sources = [{"serviceAccountToken": {"path": "token"}}, {"configMap": {"name": "kube-root-ca.crt"}}]
    volume = msgspec.convert({"name": "v", "projected": {"sources": sources}}, Volume)
    pod = msgspec.convert({"metadata": {"name": "p", "namespace": "ns", "uid": "u"}}, Pod)
    for _ in range(3):
        with pytest.raises(MissingError):
            projector.write(pod, volume, tmp_path)
    tries = len(issued)
    monkeypatch.setattr("time.time", lambda: 2.0**33)

    projector.refresh(pod)

    assert (3, 4, "t4") == (tries, len(issued), (tmp_path / "token").read_text())
