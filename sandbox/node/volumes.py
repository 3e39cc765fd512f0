"""Volumes of a pod: folders of this machine, made when the pod starts and removed when it ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import PersistentVolume, PersistentVolumeClaim

from sandbox.layout import Layout
from sandbox.node.kube import PodRef, status_code
from sandbox.node.quantities import size
from sandbox.node.runtime import Mount
from sandbox.node.settings import HOST_PATHS, Settings

if TYPE_CHECKING:
    from lightkube.core.client import Client
    from lightkube.models.core_v1 import Container, HostPathVolumeSource, Volume, VolumeMount
    from lightkube.resources.core_v1 import Pod

    from sandbox.node.projection import Projector

_READABLE = 0o755
_ABSENT = frozenset({403, 404})


class MountError(Exception):
    """A volume that is not ready, or refused; tried again until the pod goes."""


@dataclass(frozen=True)
class Place:
    """Where a volume's content is.

    Attributes:
        path: a folder or a file of this machine.
        read_only: nothing may write to it, whatever the mount says.
        limit: bytes it may hold; None where there is no limit.
    """

    path: Path
    read_only: bool = False
    limit: int | None = None


class Volumes:
    """Makes and removes the volumes of one pod.

    Args:
        api: client of the node, to look claims up.
        projector: writes Secrets, ConfigMaps and other facts as files.
        settings: the node's settings.
        ref: whose volumes.
    """

    def __init__(self, api: Client, projector: Projector, settings: Settings, ref: PodRef) -> None:
        self._api = api
        self._projector = projector
        self._settings = settings
        self._ref = ref
        self._disk = settings.pods / ref.uid / "volumes"
        self._memory = memory_root(settings) / ref.uid
        self._places: dict[str, Place] = {}

    def prepare(self, pod: Pod) -> None:
        """Make every volume; those that are made already stay as they are.

        Raises:
            MountError: one is not ready or refused.
            MissingError: a Secret or ConfigMap is not there.
        """
        for volume in (pod.spec.volumes if pod.spec else None) or []:
            if volume.name not in self._places:
                self._places[volume.name] = self._make(pod, volume)

    def refresh(self, pod: Pod) -> None:
        """Renew service account tokens that grow old."""
        self._projector.refresh(pod)

    def mounts(self, container: Container) -> tuple[Mount, ...]:
        """What the container sees where, outer paths first.

        Raises:
            MountError: a mount names no volume, or its subPath leaves the volume.
        """
        found = [self._mount(mount) for mount in container.volumeMounts or []]
        return tuple(sorted(found, key=lambda mount: len(PurePosixPath(mount.target).parts)))

    def overfull(self) -> str:
        """Why the pod must be evicted, in the kubelet's words; empty while every emptyDir is within its limit."""
        for name, place in self._places.items():
            if place.limit is not None and used(place.path) > place.limit:
                return f'Usage of EmptyDir volume "{name}" exceeds the limit "{_quantity(place.limit)}". '
        return ""

    def remove(self) -> None:
        """Remove all that the pod's volumes held, except claims and host paths, which are not its own."""
        shutil.rmtree(self._disk, ignore_errors=True)
        shutil.rmtree(self._memory, ignore_errors=True)

    def _make(self, pod: Pod, volume: Volume) -> Place:
        if volume.emptyDir is not None:
            in_memory = volume.emptyDir.medium == "Memory"
            folder = _folder((self._memory if in_memory else self._disk) / volume.name)
            return Place(folder, limit=size(volume.emptyDir.sizeLimit))
        if volume.persistentVolumeClaim is not None:
            claim = volume.persistentVolumeClaim
            return Place(self._claimed(claim.claimName), read_only=bool(claim.readOnly))
        if volume.hostPath is not None:
            return Place(self._host_path(volume.hostPath))
        folder = self._memory / volume.name
        if self._projector.write(pod, volume, _folder(folder)):
            return Place(folder, read_only=True)
        kind = next((name for name in volume.__struct_fields__ if name != "name" and getattr(volume, name)), "unknown")
        msg = f'volume "{volume.name}": {kind} volumes are not supported by the sandbox\'s node'
        raise MountError(msg)

    def _claimed(self, name: str) -> Path:
        try:
            claim = self._api.get(PersistentVolumeClaim, name, namespace=self._ref.namespace)
            bound = claim.status is not None and claim.status.phase == "Bound" and claim.spec is not None
            volume_name = claim.spec.volumeName if bound and claim.spec else None
            if not volume_name:
                msg = f'persistentvolumeclaim "{name}" is not bound'
                raise MountError(msg)
            volume = self._api.get(PersistentVolume, volume_name)
        except ApiError as error:
            if status_code(error) not in _ABSENT:
                raise
            msg = f'persistentvolumeclaim "{name}": {error}'
            raise MountError(msg) from error
        spec = volume.spec
        source = (spec.hostPath or spec.local) if spec else None
        if source is None:
            msg = f'volume "{volume_name}" is neither hostPath nor local'
            raise MountError(msg)
        path = Path(source.path)
        if path.is_relative_to(self._settings.volumes):
            _folder(path)
        if not path.exists():
            msg = f'MountVolume.SetUp failed for volume "{volume_name}": path "{path}" does not exist'
            raise MountError(msg)
        return path

    def _host_path(self, source: HostPathVolumeSource) -> Path:
        path = Path(source.path).resolve()
        allowed = [self._settings.root.resolve() / name for name in HOST_PATHS]
        if not any(path.is_relative_to(folder) for folder in allowed):
            places = ", ".join(str(folder) for folder in allowed)
            msg = f'hostPath "{source.path}" is outside the sandbox; allowed are {places} and what is below them'
            raise MountError(msg)
        kind = source.type or ""
        if kind == "DirectoryOrCreate":
            return _folder(path)
        if kind == "FileOrCreate":
            _folder(path.parent)
            path.touch(mode=0o644)
        fits = {"Directory": path.is_dir(), "File": path.is_file(), "FileOrCreate": path.is_file()}
        if not fits.get(kind, path.exists()):
            msg = f"hostPath type check failed: {source.path} is not a {kind or 'file or directory'}"
            raise MountError(msg)
        return path

    def _mount(self, mount: VolumeMount) -> Mount:
        place = self._places.get(mount.name)
        if place is None:
            msg = f'volume mount "{mount.name}" names no volume of the pod'
            raise MountError(msg)
        source = place.path
        if mount.subPath:
            source = _below(place, mount.subPath)
        return Mount(
            source, str(PurePosixPath("/") / mount.mountPath), read_only=place.read_only or bool(mount.readOnly)
        )


def memory_root(settings: Settings) -> Path:
    """Folder for Secrets and volumes of medium Memory: on no disk, except where there is no /dev/shm."""
    folder = Layout(settings.root).memory
    return folder if _own(folder) else settings.root / "memory"


def used(path: Path) -> int:
    """Bytes of disk or memory that a folder's content takes; what vanishes meanwhile counts nothing."""
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512  # noqa: PTH118 - hot loop, no Path objects
            except OSError:
                continue
    return total


def _own(folder: Path) -> bool:
    """Make the folder unless it is there; False when it is somebody else's or a link."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    # Looked at after it is there, and not through a link: nobody else can put another in the place of our own.
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _below(place: Place, sub_path: str) -> Path:
    relative = PurePosixPath(sub_path)
    if relative.is_absolute() or ".." in relative.parts:
        msg = f'subPath "{sub_path}" must be a relative path without ..'
        raise MountError(msg)
    source = place.path / relative
    if not source.resolve().is_relative_to(place.path.resolve()):
        msg = f'subPath "{sub_path}" leaves its volume'
        raise MountError(msg)
    if not source.exists():
        if place.read_only:
            msg = f'subPath "{sub_path}" does not exist in its volume'
            raise MountError(msg)
        source.mkdir(mode=_READABLE, parents=True)
    return source


def _quantity(limit: int) -> str:
    for unit, factor in (("Gi", 1024**3), ("Mi", 1024**2), ("Ki", 1024)):
        if limit % factor == 0:
            return f"{limit // factor}{unit}"
    return str(limit)
