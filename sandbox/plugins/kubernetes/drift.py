"""What has become of the fields that the program set: the inputs as a refresh finds them.

The server fills in defaults and writes values its own way (``1000m`` becomes ``1``), and controllers own fields of
their own. So live values are compared with those that the server gave after the last apply, and only where the
program set something: what is the same is left as the program wrote it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from providers.kit.diff import same
from sandbox.plugins.kubernetes.objects import metadata, secret_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from providers.kit import Properties, Value

#: Lists whose items have an identity, so that others may add items of their own: the key that tells them apart
#: (``x-kubernetes-list-map-keys`` of the core types; the first one that an item has).
_KEYED: dict[str, tuple[str, ...]] = {
    "containers": ("name",),
    "env": ("name",),
    "ephemeralContainers": ("name",),
    "hostAliases": ("ip",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "ports": ("containerPort", "port"),
    "secrets": ("name",),
    "topologySpreadConstraints": ("topologyKey",),
    "volumeDevices": ("devicePath",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
}

#: Lists that are sets, to which others may add.
_SETS = frozenset({"finalizers"})

#: Metadata that the server or a controller writes; no program asks for it.
_SYSTEM_METADATA = (
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
)

_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def settled(inputs: Properties, then: Properties, live: Mapping[str, Any]) -> Properties:
    """The inputs with live values where those are no longer what the last apply made them.

    Args:
        inputs: as the program gave them.
        then: the outputs of the last apply or refresh.
        live: the object as it is now.
    """
    texts = inputs.get("stringData")
    if isinstance(texts, dict):
        then = {**then, "stringData": cast("Value", secret_texts(_mapping(then.get("data")), texts))}
        live = {**live, "stringData": secret_texts(_mapping(live.get("data")), texts)}
    return _settled_mapping(inputs, then, cast("Properties", dict(live)))


def imported(live: Mapping[str, Any]) -> Properties:
    """The inputs that would make the object anew: the fields that were applied, else all that are no one's status."""
    applied = [
        entry["fieldsV1"]
        for entry in live.get("metadata", {}).get("managedFields") or ()
        if entry.get("operation") == "Apply" and not entry.get("subresource")
    ]
    kept: Properties = {}
    for fields in applied:
        kept = _merged(kept, _owned(cast("Properties", dict(live)), fields))
    if not applied:
        kept = cast("Properties", {key: value for key, value in live.items() if key != "status"})
    meta = {**metadata(kept), "name": live["metadata"]["name"]}
    for key in _SYSTEM_METADATA:
        meta.pop(key, None)
    if namespace := live["metadata"].get("namespace"):
        meta["namespace"] = namespace
    annotations = meta.get("annotations")
    if isinstance(annotations, dict):
        meta["annotations"] = {key: value for key, value in annotations.items() if key != _LAST_APPLIED}
        if not meta["annotations"]:
            del meta["annotations"]
    return {**kept, "apiVersion": live["apiVersion"], "kind": live["kind"], "metadata": meta}


def _settled_mapping(wanted: Properties, then: Mapping[str, Value], live: Mapping[str, Value]) -> Properties:
    kept: Properties = {}
    for key, value in wanted.items():
        if key.startswith("__") or value is None:
            kept[key] = value
        elif live.get(key) is None:
            # Never stored, or stored as nothing because it is empty: not a sign that someone removed it.
            if then.get(key) is None or value in ({}, []):
                kept[key] = value
        else:
            kept[key] = _settled(key, value, then.get(key), live[key])
    return kept


def _settled(key: str, wanted: Value, then: Value, live: Value) -> Value:
    if isinstance(wanted, dict) and isinstance(live, dict):
        return _settled_mapping(wanted, _mapping(then), live)
    if isinstance(wanted, list) and isinstance(live, list):
        return _settled_list(key, wanted, then if isinstance(then, list) else [], live)
    reference = wanted if then is None else then
    return wanted if same(reference, live) else live


def _settled_list(key: str, wanted: list[Value], then: list[Value], live: list[Value]) -> list[Value]:
    if key in _SETS:
        return [value for value in wanted if value in live]
    before, now = _by_identity(key, then), _by_identity(key, live)
    if now is not None and _by_identity(key, wanted) is not None:
        kept: list[Value] = []
        for item in wanted:
            name = _identity(key, item)
            if name in now:
                kept.append(_settled("", item, (before or {}).get(name), now[name]))
            elif name not in (before or {}):
                kept.append(item)
        return kept
    if len(wanted) == len(live):
        padded = then if len(then) == len(live) else [None] * len(live)
        return [_settled("", item, old, new) for item, old, new in zip(wanted, padded, live, strict=True)]
    return wanted if same(cast("Value", then), cast("Value", live)) else live


def _identity(key: str, item: Value) -> Value:
    if isinstance(item, dict):
        for name in _KEYED.get(key, ()):
            if item.get(name) is not None:
                return item[name]
    return None


def _by_identity(key: str, items: list[Value]) -> dict[Value, Value] | None:
    """The items by identity; None when not every item has one of its own."""
    if key not in _KEYED:
        return None
    found = {_identity(key, item): item for item in items if isinstance(_identity(key, item), str | int)}
    return found if len(found) == len(items) else None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _owned(value: Value, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The part of a value that a field set names (``fieldsV1`` of the server's managed fields)."""
    named = {key: below for key, below in fields.items() if key != "."}
    if not named:
        return value
    if isinstance(value, dict):
        return {key: _owned(child, named["f:" + key]) for key, child in value.items() if "f:" + key in named}
    if isinstance(value, list):
        return [part for item in value for part in _owned_item(item, named)]
    return value


def _owned_item(item: Value, named: Mapping[str, Any]) -> list[Any]:
    for key, below in named.items():
        if key.startswith("v:") and json.loads(key[2:]) == item:
            return [item]
        if key.startswith("k:") and isinstance(item, dict):
            identity = json.loads(key[2:])
            if all(item.get(name) == want for name, want in identity.items()):
                return [_owned(item, below)]
    return []


def _merged(one: Any, other: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _merged(one.get(key), other.get(key)) for key in [*one, *(k for k in other if k not in one)]}
    return one if other is None or (isinstance(one, list) and len(one) >= len(other)) else other
