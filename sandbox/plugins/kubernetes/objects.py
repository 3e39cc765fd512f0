"""Kubernetes objects as the plugin handles them: identity, what is sent, what is stored."""

from __future__ import annotations

import base64
import binascii
from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

from providers.kit import UNKNOWN, Properties, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.plugins.kubernetes.tokens import Type


class Object(dict[str, Any]):
    """A Kubernetes object as JSON has it."""


#: Output that tells who applied the object; the vendor's own name for it.
MANAGER = "__fieldManager"

#: Output that marks an import that no apply has followed yet: then no field is ours to remove.
IMPORTED = "__imported"

AUTONAMED = "pulumi.com/autonamed"
PATCH_FORCE = "pulumi.com/patchForce"
PATCH_MANAGER = "pulumi.com/patchFieldManager"
PROPAGATION = "pulumi.com/deletionPropagationPolicy"
SKIP_AWAIT = "pulumi.com/skipAwait"
TIMEOUT = "pulumi.com/timeoutSeconds"

#: Annotations of Pulumi's that the stand-in acts on; any other is refused, since it would do nothing.
SUPPORTED = frozenset({AUTONAMED, PATCH_FORCE, PATCH_MANAGER, PROPAGATION, SKIP_AWAIT, TIMEOUT})

#: Metadata that the server makes when it stores an object, so that no preview can know it.
_STORED_METADATA = ("creationTimestamp", "generation", "resourceVersion", "uid")

#: Fields below ``spec`` that the server or a controller fills in by kind, when the program does not.
_ASSIGNED = {
    "Service": ("clusterIP", "clusterIPs"),
    "PersistentVolumeClaim": ("volumeName",),
    "Pod": ("nodeName",),
}


def metadata(values: Mapping[str, Value]) -> Properties:
    """The object's metadata; empty when there is none, or it is not known yet."""
    found = values.get("metadata")
    return found if isinstance(found, dict) else {}


def annotation(values: Mapping[str, Value], key: str) -> str:
    """The annotation's text; empty when there is none, or it is not known yet."""
    annotations = metadata(values).get("annotations")
    found = annotations.get(key) if isinstance(annotations, dict) else None
    return found if isinstance(found, str) else ""


def identity(values: Mapping[str, Value]) -> str:
    """The resource id: ``NAMESPACE/NAME``, or ``NAME`` for an object outside namespaces; empty while unknown."""
    meta = metadata(values)
    namespace, name = meta.get("namespace"), meta.get("name")
    if namespace is UNKNOWN or not isinstance(name, str):
        return ""
    return f"{namespace}/{name}" if namespace else name


def place(resource_id: str, namespace: str) -> tuple[str, str]:
    """Namespace and name of an id; the namespace given where the id names none."""
    before, _, name = resource_id.rpartition("/")
    return before or namespace, name


def manifest(type_: Type, inputs: Properties, *, namespace: str, name: str = "") -> Object:
    """The object to send: complete with type, namespace and name, without what is None or the plugin's own.

    A Secret's ``stringData`` goes as ``data``: the server stores it there, and a field manager can only give up
    what it owns.

    Args:
        type_: the object's type.
        inputs: as the program gives them; nothing in them is `UNKNOWN`.
        namespace: for an object without one; empty for an object outside namespaces.
        name: for an object without one.
    """
    made = Object({key: _without_none(value) for key, value in inputs.items() if not key.startswith("__")})
    made = Object({key: value for key, value in made.items() if value is not None})
    made["apiVersion"], made["kind"] = type_.api_version, type_.kind
    made.pop("status", None)
    meta = made["metadata"] = dict(made.get("metadata") or {})
    if namespace:
        meta.setdefault("namespace", namespace)
    else:
        meta.pop("namespace", None)
    if name:
        meta.setdefault("name", name)
    if is_secret(type_):
        return Object(secret_data(made))
    return made


def is_secret(type_: Type) -> bool:
    """Whether it is the core Secret."""
    return (type_.api_version, type_.kind) == ("v1", "Secret")


def secret_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """A Secret with its ``stringData`` merged into ``data``, which it wins over, as on the server."""
    texts = values.get("stringData")
    if not isinstance(texts, dict):
        return dict(values)
    encoded = {key: _base64(text) for key, text in texts.items() if text is not None}
    rest = {key: value for key, value in values.items() if key != "stringData"}
    return {**rest, "data": {**(values.get("data") or {}), **encoded}}


def secret_texts(data: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, str]:
    """What a Secret's ``data`` reads as ``stringData``, for the keys that are text."""
    found = {}
    for key in keys:
        try:
            found[key] = base64.b64decode(data[key], validate=True).decode()
        except (KeyError, TypeError, binascii.Error, UnicodeDecodeError):
            continue
    return found


def outputs(live: Mapping[str, Any], manager: str) -> Properties:
    """What the state holds: the live object without the server's book of field owners, and who applied it."""
    kept = cast("Properties", deepcopy(dict(live)))
    metadata(kept).pop("managedFields", None)
    return {**kept, MANAGER: manager}


def expected(type_: Type, rehearsed: Mapping[str, Any], inputs: Properties, manager: str) -> Properties:
    """The outputs of a new object in a preview: what a rehearsal gave, with what only storing it can tell unknown."""
    found = outputs(rehearsed, manager)
    meta = metadata(found)
    for key in _STORED_METADATA:
        meta[key] = UNKNOWN
    wanted = metadata(inputs)
    if "namespace" in wanted:
        meta["namespace"] = wanted["namespace"]  # the rehearsal may have been held in another one
    found["status"] = UNKNOWN
    spec, asked = found.get("spec"), inputs.get("spec")
    if isinstance(spec, dict):
        for key in _ASSIGNED.get(type_.kind, ()):
            if not (isinstance(asked, dict) and key in asked):
                spec[key] = UNKNOWN
    return found


def guessed(inputs: Properties, manager: str) -> Properties:
    """The outputs of a new object in a preview that cannot be rehearsed: the inputs, and the rest unknown."""
    meta = dict.fromkeys(_STORED_METADATA, UNKNOWN) | metadata(inputs)
    if inputs.get("metadata") is UNKNOWN:
        return {**inputs, "status": UNKNOWN, MANAGER: manager}
    return {**inputs, "metadata": meta, "status": UNKNOWN, MANAGER: manager}


def changed(live: Mapping[str, Any], manager: str) -> Properties:
    """The outputs of an update in a preview: what the dry run gave, but for what each write changes."""
    found = outputs(live, manager)
    metadata(found).update(generation=UNKNOWN, resourceVersion=UNKNOWN)
    return found


def _base64(text: Value) -> Value:
    return base64.b64encode(text.encode()).decode() if isinstance(text, str) else text


def _without_none(value: Value) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _without_none(child) for key, child in value.items() if child is not None}
    if isinstance(value, list):
        return [_without_none(child) for child in value]
    return value
