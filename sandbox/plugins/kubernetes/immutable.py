"""Which changes need a new object: by table, and by the server's own answer to a dry run.

The table holds what the vendor's plugin replaces on, and the Kubernetes API reference calls immutable. A claim's
size is not in it: the server knows whether the storage class lets it grow, and a new claim is an empty one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from providers.kit import Change, Pattern, render
from providers.kit.values import at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from providers.kit import Properties
    from sandbox.plugins.kubernetes.settings import Settings
    from sandbox.plugins.kubernetes.tokens import Type

_ALWAYS: tuple[Pattern, ...] = (("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace"))

#: Fields of the spec (or of the object, for a path of its own) by group and kind.
_TABLE: dict[tuple[str, str], tuple[Pattern, ...]] = {
    ("apps", "DaemonSet"): (("spec", "selector"),),
    ("apps", "Deployment"): (("spec", "selector"),),
    ("apps", "ReplicaSet"): (("spec", "selector"),),
    ("apps", "StatefulSet"): (
        ("spec", "podManagementPolicy"),
        ("spec", "selector"),
        ("spec", "serviceName"),
        ("spec", "volumeClaimTemplates"),
    ),
    ("batch", "Job"): (
        ("spec", "completions"),
        ("spec", "completionMode"),
        ("spec", "selector"),
        ("spec", "template"),
    ),
    ("", "PersistentVolumeClaim"): (
        ("spec", "accessModes"),
        ("spec", "dataSource"),
        ("spec", "selector"),
        ("spec", "storageClassName"),
        ("spec", "volumeMode"),
        ("spec", "volumeName"),
    ),
    ("", "ResourceQuota"): (("spec", "scopes"), ("spec", "scopeSelector")),
    ("", "Service"): (("spec", "clusterIP"),),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): (("roleRef",),),
    ("rbac.authorization.k8s.io", "RoleBinding"): (("roleRef",),),
    ("scheduling.k8s.io", "PriorityClass"): (("value",), ("preemptionPolicy",)),
    ("storage.k8s.io", "StorageClass"): (
        ("parameters",),
        ("provisioner",),
        ("reclaimPolicy",),
        ("volumeBindingMode",),
    ),
}

_CONFIG_DATA: tuple[Pattern, ...] = (("binaryData",), ("data",))
_SECRET_DATA: tuple[Pattern, ...] = (("data",), ("stringData",))


def patterns(type_: Type, settings: Settings, old: Properties) -> tuple[Pattern, ...]:
    """The fields whose change replaces the object."""
    found = _ALWAYS + _TABLE.get((type_.group, type_.kind), ())
    fixed = old.get("immutable") is True
    match (type_.api_version, type_.kind):
        case ("v1", "ConfigMap"):
            return found + (_CONFIG_DATA if fixed or not settings.enable_config_map_mutable else ())
        case ("v1", "Secret"):
            data = _SECRET_DATA if fixed or not settings.enable_secret_mutable else ()
            return (*found, ("type",), *data)
        case _:
            return found


def answered(changes: tuple[Change, ...], fields: Iterable[str]) -> tuple[Change, ...]:
    """The changes, with those marked as replacing that the server says cannot be made in place.

    Args:
        changes: what an update would change.
        fields: the server's names of the fields at fault (``spec.resources.requests``); when they match no change,
            every change of the object's own fields (not its metadata) is meant.
    """
    named = tuple(fields)
    marked = tuple(replace(change, replaces=_concerns(render(change.path), named)) for change in changes)
    if any(change.replaces for change in marked):
        return marked
    return tuple(replace(change, replaces=change.path[0] != "metadata") for change in changes)


def in_place_name(old: Properties, new: Properties) -> bool:
    """Whether old and new object have the same name and namespace, so that they cannot be there at once."""
    return all(at(old, ("metadata", key)) == at(new, ("metadata", key)) for key in ("name", "namespace"))


def _concerns(path: str, fields: tuple[str, ...]) -> bool:
    return any(path == field or _below(path, field) or _below(field, path) for field in fields if field)


def _below(path: str, field: str) -> bool:
    return path.startswith((field + ".", field + "["))
