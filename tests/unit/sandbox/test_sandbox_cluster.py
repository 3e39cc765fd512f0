"""What the cluster holds before anyone declares something."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import httpx
import msgspec
import pytest
from lightkube.resources.core_v1 import PersistentVolume, PersistentVolumeClaim

from sandbox import cluster
from sandbox.node.provisioner import Provisioner
from sandbox.node.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def _storage_class() -> tuple[str, dict[str, Any]]:
    return next((path, body) for path, body in cluster.objects() if body["kind"] == "StorageClass")


class _Server:
    """An API server that holds one class and lets nobody change its reclaim policy."""

    def __init__(self, policy: str) -> None:
        self.held: dict[str, Any] | None = {"reclaimPolicy": policy}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            self.held = None
            return httpx.Response(200)
        wanted = json.loads(request.content)
        if self.held is not None and self.held["reclaimPolicy"] != wanted["reclaimPolicy"]:
            return httpx.Response(422)
        self.held = wanted
        return httpx.Response(200)


@pytest.mark.parametrize("before", ["Delete", "Retain"])
def test_a_class_of_an_older_groundwork_is_put_right(before: str) -> None:
    """A field that cannot be changed does not keep an older sandbox from starting."""
    server = _Server(before)

    with httpx.Client(base_url="http://api", transport=httpx.MockTransport(server)) as client:
        cluster._apply(client, *_storage_class())  # noqa: SLF001 - the whole needs TLS and files

    assert server.held == _storage_class()[1]


def test_the_class_says_what_becomes_of_its_volumes(tmp_path: Path) -> None:
    """A volume that the provisioner makes is kept or deleted as its class says."""
    _, storage_class = _storage_class()
    spec = {"storageClassName": storage_class["metadata"]["name"], "resources": {"requests": {"storage": "1Gi"}}}
    whole = {"metadata": {"name": "claim", "namespace": "ns", "uid": "uid"}, "spec": spec}
    made: list[PersistentVolume] = []
    api = SimpleNamespace(
        list=lambda *_a, **_k: [msgspec.convert(whole, PersistentVolumeClaim)],
        get=lambda *_a: SimpleNamespace(provisioner=storage_class["provisioner"]),
        create=made.append,
    )
    place = tmp_path / "x"
    settings = Settings(place, place, place, tmp_path, tmp_path, 1, place, place, place)
    recorder = SimpleNamespace(normal=lambda *_: None)

    Provisioner(cast("Any", api), cast("Any", recorder), settings).sweep()

    assert made[0].spec is not None
    assert storage_class["reclaimPolicy"] == made[0].spec.persistentVolumeReclaimPolicy
