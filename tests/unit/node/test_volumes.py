"""Where a pod's volumes are, and where they may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from lightkube.core.client import Client
from lightkube.models.core_v1 import Container
from lightkube.resources.core_v1 import Pod

from sandbox.layout import Layout
from sandbox.node.kube import PodRef
from sandbox.node.projection import Projector
from sandbox.node.settings import Settings
from sandbox.node.volumes import MountError, Volumes, memory_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Stored:
    """One Secret."""

    def secret(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Its data."""
        return {"a": b"1", "b": b"2"} if (namespace, name) == ("ns", "keys") else None

    def config_map(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Empty ones are there."""
        return {} if namespace and name else None


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A node whose folders are the test's own."""
    monkeypatch.setattr("sandbox.node.volumes.memory_root", lambda _settings: tmp_path / "memory")
    place = tmp_path / "x"
    root = tmp_path / ".sandbox"
    return Settings(place, place, place, root, tmp_path, 1, place, place, place)


def _volumes(settings: Settings, *volumes: dict[str, Any]) -> Volumes:
    # No volume here asks the API server: the client is never used.
    api = Client.__new__(Client)
    made = Volumes(api, Projector(api, Stored(), {}), settings, PodRef("ns", "pod", "uid"))
    whole = {"metadata": {"name": "pod", "namespace": "ns", "uid": "uid"}}
    made.prepare(msgspec.convert(whole | {"spec": {"containers": [], "volumes": list(volumes)}}, Pod))
    return made


def _mount(volumes: Volumes, **mount: object) -> Path:
    whole = {"name": "c", "volumeMounts": [{"name": "v", "mountPath": "/v"} | mount]}
    return volumes.mounts(msgspec.convert(whole, Container))[0].source


@pytest.mark.parametrize("path", ["/etc", "/", "{root}", "{root}/credentials", "{root}/pods", "{root}/volumes-x"])
def test_host_path_outside(settings: Settings, path: str) -> None:
    """A hostPath may only be in the folders meant for it: not the machine, not the sandbox's own state."""
    with pytest.raises(MountError, match="is outside the sandbox"):
        _volumes(settings, {"name": "v", "hostPath": {"path": path.format(root=settings.root)}})


def test_host_path_link(settings: Settings) -> None:
    """A link that leads out is refused."""
    settings.volumes.mkdir(parents=True)
    (settings.volumes / "link").symlink_to("/etc")
    with pytest.raises(MountError, match="is outside the sandbox"):
        _volumes(settings, {"name": "v", "hostPath": {"path": str(settings.volumes / "link")}})


def test_host_path_type(settings: Settings) -> None:
    """A hostPath that is not of the type asked for is refused."""
    with pytest.raises(MountError, match="hostPath type check failed"):
        _volumes(settings, {"name": "v", "hostPath": {"path": f"{settings.volumes}/absent", "type": "Directory"}})


@pytest.mark.parametrize("sub_path", ["../x", "/etc", "a/../../x"])
def test_sub_path_outside(settings: Settings, sub_path: str) -> None:
    """A subPath that leaves its volume by name is refused."""
    with pytest.raises(MountError, match="subPath"):
        _mount(_volumes(settings, {"name": "v", "emptyDir": {}}), subPath=sub_path)


def test_sub_path_link(settings: Settings) -> None:
    """A subPath that leaves its volume by a link is refused."""
    volumes = _volumes(settings, {"name": "v", "emptyDir": {}})
    (_mount(volumes) / "out").symlink_to("/etc")
    with pytest.raises(MountError, match="leaves its volume"):
        _mount(volumes, subPath="out")


def test_outer_first(settings: Settings) -> None:
    """A mount inside another comes after it, whatever the order in the spec."""
    volumes = _volumes(settings, {"name": "v", "emptyDir": {}})
    paths = ["/a/b/c", "/a", "/a/b"]
    spec = {"name": "c", "volumeMounts": [{"name": "v", "mountPath": path} for path in paths]}
    mounts = volumes.mounts(msgspec.convert(spec, Container))
    assert [mount.target for mount in mounts] == ["/a", "/a/b", "/a/b/c"]


def test_secret_items(settings: Settings) -> None:
    """Only the keys asked for are written, where and with the mode asked for."""
    item = {"key": "b", "path": "deep/b", "mode": 0o400}
    place = _mount(_volumes(settings, {"name": "v", "secret": {"secretName": "keys", "items": [item]}}))
    found = {str(path.relative_to(place)): path.stat().st_mode & 0o777 for path in place.rglob("*") if path.is_file()}
    assert found == {"deep/b": 0o400}


def test_unsupported(settings: Settings) -> None:
    """A kind of volume that the node does not have is named."""
    with pytest.raises(MountError, match="nfs volumes are not supported"):
        _volumes(settings, {"name": "v", "nfs": {"server": "x", "path": "/"}})


def test_limit(settings: Settings) -> None:
    """An emptyDir beyond its limit is told in the kubelet's words."""
    volumes = _volumes(settings, {"name": "v", "emptyDir": {"sizeLimit": "1Ki"}})
    before = volumes.overfull()
    (_mount(volumes) / "x").write_bytes(b"x" * 9000)
    assert (before, volumes.overfull()) == ("", 'Usage of EmptyDir volume "v" exceeds the limit "1Ki". ')


def test_removed(settings: Settings, tmp_path: Path) -> None:
    """Nothing of a pod's own volumes stays."""
    volumes = _volumes(settings, {"name": "v", "emptyDir": {}}, {"name": "s", "secret": {"secretName": "keys"}})
    (_mount(volumes) / "x").write_text("x")
    volumes.remove()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("taken", ["link", "file", "nothing"])
def test_memory_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: str) -> None:
    """The folder in shared memory is used only if it is a folder of our own: a link there may lead to our home."""
    place, mine = tmp_path / "shm", tmp_path / "home"
    mine.mkdir()
    if taken == "link":
        place.symlink_to(mine)
    if taken == "file":
        place.touch()
    monkeypatch.setattr(Layout, "memory", place)
    root = tmp_path / ".sandbox"
    settings = Settings(root, root, root, root, root, 1, root, root, root)
    assert memory_root(settings) == (place if taken == "nothing" else root / "memory")
