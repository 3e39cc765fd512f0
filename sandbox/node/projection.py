"""Secrets, ConfigMaps, facts of the pod and service account tokens, written as files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lightkube.models.authentication_v1 import BoundObjectReference, TokenRequestSpec
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import ServiceAccountToken

from sandbox.node import fields
from sandbox.node.kube import API_ERRORS, PodRef
from sandbox.node.objects import MissingError, Objects, require
from toolchain import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from lightkube.core.client import Client
    from lightkube.models.core_v1 import (
        DownwardAPIVolumeFile,
        KeyToPath,
        ServiceAccountTokenProjection,
        Volume,
        VolumeProjection,
    )
    from lightkube.resources.core_v1 import Pod

_DEFAULT_MODE = 0o644
_TOKEN_SECONDS = 3600
#: Part of a token's life after which it is renewed; the kubelet's own figure.
_RENEW_SHARE = 0.8


@dataclass
class _Token:
    path: Path
    source: ServiceAccountTokenProjection
    renew_at: float
    mode: int


class Projector:
    """Writes the files of a pod's secret, configMap, downwardAPI and projected volumes, once, when the pod starts.

    Unlike a kubelet's they do not follow later changes; only tokens are renewed.

    Args:
        api: client of the node, for tokens.
        objects: reader of Secrets and ConfigMaps.
        allocatable: what the node offers, for resource fields.
    """

    def __init__(self, api: Client, objects: Objects, allocatable: Mapping[str, str]) -> None:
        self._api = api
        self._objects = objects
        self._allocatable = allocatable
        self._tokens: dict[Path, _Token] = {}

    def write(self, pod: Pod, volume: Volume, folder: Path) -> bool:
        """Fill the folder; False when the volume is of another kind.

        Raises:
            MissingError: a Secret, ConfigMap or key is absent and not optional.
        """
        namespace = PodRef.of(pod).namespace
        if volume.secret is not None:
            secret = volume.secret
            name = secret.secretName or ""
            data = require(self._objects.secret(namespace, name), "secret", name, optional=bool(secret.optional))
            _put(folder, data or {}, secret.items, mode=_mode(secret.defaultMode), optional=bool(secret.optional))
        elif volume.configMap is not None:
            source = volume.configMap
            name = source.name or ""
            data = require(self._objects.config_map(namespace, name), "configmap", name, optional=bool(source.optional))
            _put(folder, data or {}, source.items, mode=_mode(source.defaultMode), optional=bool(source.optional))
        elif volume.downwardAPI is not None:
            self._facts(pod, volume.downwardAPI.items or [], folder, _mode(volume.downwardAPI.defaultMode))
        elif volume.projected is not None:
            for projection in volume.projected.sources or []:
                self._project(pod, projection, folder, _mode(volume.projected.defaultMode))
        else:
            return False
        return True

    def refresh(self, pod: Pod) -> None:
        """Renew tokens past four fifths of their life; one that cannot be renewed is tried again later."""
        for token in self._tokens.values():
            if time.time() >= token.renew_at:
                try:
                    token.renew_at = self._issue(pod, token.source, token.path, token.mode)
                except API_ERRORS:
                    token.renew_at = time.time() + 10.0

    def _project(self, pod: Pod, projection: VolumeProjection, folder: Path, mode: int) -> None:
        namespace = PodRef.of(pod).namespace
        if projection.secret:
            secret = projection.secret
            name = secret.name or ""
            data = require(self._objects.secret(namespace, name), "secret", name, optional=bool(secret.optional))
            _put(folder, data or {}, secret.items, mode=mode, optional=bool(secret.optional))
        if projection.configMap:
            source = projection.configMap
            name = source.name or ""
            data = require(self._objects.config_map(namespace, name), "configmap", name, optional=bool(source.optional))
            _put(folder, data or {}, source.items, mode=mode, optional=bool(source.optional))
        if projection.downwardAPI:
            self._facts(pod, projection.downwardAPI.items or [], folder, mode)
        if projection.serviceAccountToken:
            token = projection.serviceAccountToken
            path = _inside(folder, token.path)
            self._tokens[path] = _Token(path, token, self._issue(pod, token, path, mode), mode)

    def _facts(self, pod: Pod, items: Iterable[DownwardAPIVolumeFile], folder: Path, mode: int) -> None:
        containers = {one.name: one for one in (pod.spec.containers if pod.spec else [])}
        for item in items:
            value = ""
            if item.fieldRef:
                value = fields.field(pod, item.fieldRef.fieldPath)
            elif item.resourceFieldRef and item.resourceFieldRef.containerName in containers:
                container = containers[item.resourceFieldRef.containerName]
                value = fields.resource(item.resourceFieldRef, container, self._allocatable)
            files.write(_inside(folder, item.path), value.encode(), item.mode or mode)

    def _issue(self, pod: Pod, source: ServiceAccountTokenProjection, path: Path, mode: int) -> float:
        """Write a fresh token and return when to renew it."""
        ref = PodRef.of(pod)
        account = (pod.spec.serviceAccountName if pod.spec else None) or "default"
        seconds = source.expirationSeconds or _TOKEN_SECONDS
        request = ServiceAccountToken(
            metadata=ObjectMeta(name=account, namespace=ref.namespace),
            spec=TokenRequestSpec(
                audiences=[source.audience] if source.audience else [],
                expirationSeconds=seconds,
                boundObjectRef=BoundObjectReference(apiVersion="v1", kind="Pod", name=ref.name, uid=ref.uid),
            ),
        )
        answer = self._api.create(request, account, namespace=ref.namespace)
        files.write(path, ((answer.status.token if answer.status else None) or "").encode(), mode)
        return time.time() + seconds * _RENEW_SHARE


def _put(folder: Path, data: Mapping[str, bytes], items: list[KeyToPath] | None, *, mode: int, optional: bool) -> None:
    if items is None:
        for key, content in data.items():
            files.write(_inside(folder, key), content, mode)
        return
    for item in items:
        if item.key in data:
            files.write(_inside(folder, item.path), data[item.key], _mode(item.mode, mode))
        elif not optional:
            msg = f"references non-existent config key: {item.key}"
            raise MissingError(msg)


def _mode(given: int | None, default: int = _DEFAULT_MODE) -> int:
    return default if given is None else given


def _inside(folder: Path, relative: str) -> Path:
    """A path below the folder; the API server has refused ``..`` already, this holds it for keys too."""
    path = folder / relative
    if not path.resolve().is_relative_to(folder.resolve()):
        msg = f"path {relative} leaves its volume"
        raise MissingError(msg)
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    return path
