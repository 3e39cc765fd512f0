"""The storage class ``sandbox``: a folder of this machine for each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import HostPathVolumeSource, ObjectReference, PersistentVolumeSpec
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import PersistentVolume, PersistentVolumeClaim
from lightkube.resources.storage_v1 import StorageClass

from sandbox.node.kube import metadata, status_code
from sandbox.node.settings import PROVISIONER, Settings
from sandbox.node.sweeping import Sweeper

if TYPE_CHECKING:
    import threading

    from lightkube.core.client import Client

    from sandbox.node.events import Recorder

_CONFLICT = 409
#: Pause before claims whose class or volume could not be handled are tried again.
_RETRY_SECONDS = 5.0


class Provisioner:
    """Makes a hostPath volume at ``.sandbox/volumes/<namespace>/<claim>`` for each claim of its class.

    Volumes are kept: the reclaim policy is Retain whatever the class says, and a claim that comes again under its old
    name finds its old data. ``gw down --purge`` is what deletes data. Sizes are recorded, not enforced.

    Args:
        api: client that may read claims and classes and create volumes.
        recorder: where it tells of ProvisioningSucceeded and ProvisioningFailed.
        settings: the node's settings.
    """

    def __init__(self, api: Client, recorder: Recorder, settings: Settings) -> None:
        self._api = api
        self._recorder = recorder
        self._settings = settings

    def run(self, stop: threading.Event) -> None:
        """Provision until told to stop."""
        Sweeper("provisioner", self._api, PersistentVolumeClaim, self.sweep, every=_RETRY_SECONDS).run(stop)

    def sweep(self) -> None:
        """Look at every claim that has no volume yet, once."""
        for claim in self._api.list(PersistentVolumeClaim, namespace="*"):
            spec = claim.spec
            if spec is None or spec.volumeName or not spec.storageClassName or metadata(claim).deletionTimestamp:
                continue
            if spec.selector is None and self._is_ours(spec.storageClassName):
                self._provision(claim, spec.storageClassName)

    def _is_ours(self, name: str) -> bool:
        try:
            return self._api.get(StorageClass, name).provisioner == PROVISIONER
        except ApiError as error:
            if status_code(error) in {403, 404}:
                return False
            raise

    def _provision(self, claim: PersistentVolumeClaim, storage_class: str) -> None:
        meta = metadata(claim)
        namespace, name, uid = meta.namespace or "default", meta.name or "", meta.uid or ""
        folder = self._settings.volumes / namespace / name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            self._recorder.warning(claim, "ProvisioningFailed", f"cannot make {folder}: {error.strerror}")
            return
        volume = f"pvc-{uid}"
        try:
            self._api.create(self._volume(claim, volume, storage_class, str(folder)))
        except ApiError as error:
            if status_code(error) != _CONFLICT:
                raise
            return
        self._recorder.normal(claim, "ProvisioningSucceeded", f"Successfully provisioned volume {volume} at {folder}")

    def _volume(self, claim: PersistentVolumeClaim, name: str, storage_class: str, folder: str) -> PersistentVolume:
        meta, spec = metadata(claim), claim.spec
        requests = (spec.resources.requests if spec and spec.resources else None) or {}
        return PersistentVolume(
            metadata=ObjectMeta(
                name=name,
                labels={"app.kubernetes.io/managed-by": "groundwork-sandbox"},
                annotations={"pv.kubernetes.io/provisioned-by": PROVISIONER},
            ),
            spec=PersistentVolumeSpec(
                accessModes=(spec.accessModes if spec else None) or ["ReadWriteOnce"],
                capacity={"storage": requests.get("storage", "1Gi")},
                claimRef=ObjectReference(
                    apiVersion="v1",
                    kind="PersistentVolumeClaim",
                    name=meta.name,
                    namespace=meta.namespace,
                    uid=meta.uid,
                    resourceVersion=meta.resourceVersion,
                ),
                hostPath=HostPathVolumeSource(path=folder, type="DirectoryOrCreate"),
                persistentVolumeReclaimPolicy="Retain",
                storageClassName=storage_class,
                volumeMode=(spec.volumeMode if spec else None) or "Filesystem",
            ),
        )
