"""What the cluster holds before anyone declares something: the storage class and the provisioner's rights."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx
import stamina

from sandbox.credentials import IDENTITIES, User
from sandbox.node.settings import PROVISIONER

if TYPE_CHECKING:
    from sandbox.credentials import Credentials

#: Claims of this class are given folders below ``.sandbox/volumes/`` by the node.
STORAGE_CLASS = "sandbox"
_ROLE = "groundwork:provisioner"
_MANAGER = "groundwork-sandbox"
_RBAC = "rbac.authorization.k8s.io"
_READ = ["get", "list", "watch"]
_LIMIT_SECONDS = 30.0


def apply(credentials: Credentials, server: str) -> None:
    """Put it there, or set it right again, by server-side apply.

    Raises:
        httpx.HTTPStatusError: the API server refuses.
        httpx.TransportError: the API server cannot be reached for 30 s.
    """
    # Plain requests: three objects are no reason to load a client library into the supervisor.
    with httpx.Client(
        base_url=server,
        verify=ssl.create_default_context(cafile=credentials.authority),
        headers={"Authorization": f"Bearer {credentials.token(User.ADMIN)}"},
        trust_env=False,
    ) as client:
        for path, body in objects():
            for attempt in stamina.retry_context(on=_passing, timeout=_LIMIT_SECONDS, attempts=None):
                with attempt:
                    _apply(client, path, body)


def objects() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Each object as it should be, with the path of its collection."""
    role = {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "ClusterRole",
        "metadata": {"name": _ROLE},
        "rules": [
            {
                "apiGroups": [""],
                "resources": ["persistentvolumes"],
                "verbs": [*_READ, "create", "update", "patch", "delete"],
            },
            {"apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": _READ},
            {"apiGroups": ["storage.k8s.io"], "resources": ["storageclasses"], "verbs": _READ},
            {"apiGroups": ["", "events.k8s.io"], "resources": ["events"], "verbs": ["create", "patch", "update"]},
        ],
    }
    binding = {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": _ROLE},
        "roleRef": {"apiGroup": _RBAC, "kind": "ClusterRole", "name": _ROLE},
        "subjects": [{"apiGroup": _RBAC, "kind": "User", "name": IDENTITIES[User.PROVISIONER][0]}],
    }
    storage = {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {
            "name": STORAGE_CLASS,
            "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
        },
        "provisioner": PROVISIONER,
        # A claim that comes again under its old name finds its old data; `gw down --purge` deletes.
        "reclaimPolicy": "Retain",
        "volumeBindingMode": "Immediate",
    }
    return (
        (f"/apis/{_RBAC}/v1/clusterroles", role),
        (f"/apis/{_RBAC}/v1/clusterrolebindings", binding),
        ("/apis/storage.k8s.io/v1/storageclasses", storage),
    )


def _apply(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    place = f"{path}/{body['metadata']['name']}"
    response = _patch(client, place, body)
    if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        # An older Groundwork made it with another value of a field that cannot be changed, such as a class' reclaim
        # policy. What was made by means of it stays.
        client.delete(place).raise_for_status()
        response = _patch(client, place, body)
    response.raise_for_status()


def _patch(client: httpx.Client, place: str, body: dict[str, Any]) -> httpx.Response:
    return client.patch(
        place,
        params={"fieldManager": _MANAGER, "force": "true"},
        headers={"Content-Type": "application/apply-patch+yaml"},  # JSON is YAML
        json=body,
    )


def _passing(error: Exception) -> bool:
    """Whether trying again may help: not where the API server said a clear no."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.is_server_error
    return isinstance(error, httpx.TransportError)
