"""Secrets and ConfigMaps that pods refer to, read with the node's own rights."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Protocol

from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import ConfigMap, Secret

from sandbox.node.kube import status_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lightkube.core.client import Client

#: Not found; and forbidden too, since the node authorizer learns of a new pod's references a moment late.
_ABSENT = frozenset({403, 404})


class MissingError(Exception):
    """A Secret, ConfigMap or key that is not there; the message is the kubelet's own."""


class Objects(Protocol):
    """Reads the data of Secrets and ConfigMaps; None where there is no such object."""

    def secret(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Data of a Secret."""

    def config_map(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Data and binary data of a ConfigMap."""


class ApiObjects:
    """`Objects` from the API server. The node authorizer lets a node read what its own pods refer to."""

    def __init__(self, api: Client) -> None:
        self._api = api

    def secret(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Data of a Secret, decoded."""
        try:
            found = self._api.get(Secret, name, namespace=namespace)
        except ApiError as error:
            if status_code(error) not in _ABSENT:
                raise
            return None
        return {key: base64.b64decode(value) for key, value in (found.data or {}).items()}

    def config_map(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """Data of a ConfigMap as bytes, binary data decoded."""
        try:
            found = self._api.get(ConfigMap, name, namespace=namespace)
        except ApiError as error:
            if status_code(error) not in _ABSENT:
                raise
            return None
        plain = {key: value.encode() for key, value in (found.data or {}).items()}
        return plain | {key: base64.b64decode(value) for key, value in (found.binaryData or {}).items()}


def require(data: Mapping[str, bytes] | None, kind: str, name: str, *, optional: bool) -> Mapping[str, bytes] | None:
    """The data, or None where it is absent and may be.

    Raises:
        MissingError: it is absent and needed.
    """
    if data is None and not optional:
        msg = f'{kind.lower()} "{name}" not found'
        raise MissingError(msg)
    return data
