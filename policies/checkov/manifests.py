"""Kubernetes objects of a preview as manifests, for checkov's own Kubernetes checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from policies.checkov.numbers import whole
from policies.facts import UNKNOWN
from policies.preview import SECRET, declared

if TYPE_CHECKING:
    from policies.facts import Value
    from policies.preview import Preview, Resource

_PACKAGE = "kubernetes:"
#: Tokens of the package that a provider makes, and that are no object of a cluster: what a chart makes shows only when
#: the chart is rendered, and a patch is a part of an object.
_NO_OBJECTS = ("kubernetes:helm.sh/", "kubernetes:kustomize", "kubernetes:yaml")
_PATCH = "Patch"

_NAME = "unknown"
_CONTAINER: Final = {"name": _NAME, "image": _NAME}
_POD: Final = {"containers": [_CONTAINER], "hostNetwork": True, "hostPID": True, "hostIPC": True}
#: What is written for a value that is not known, or hidden, where checkov would take its absence for the safe choice:
#: the worst that it could be. Everything else that is not known is left out, which checkov takes for "not set".
_WORST: Final[Mapping[str, Any]] = {
    "image": _NAME,
    "containers": [_CONTAINER],
    "initContainers": [_CONTAINER],
    "hostNetwork": True,
    "hostPID": True,
    "hostIPC": True,
    "hostPort": 1,
    "hostPath": {"path": "/"},
    "privileged": True,
    "allowPrivilegeEscalation": True,
    "add": ["ALL"],
    "automountServiceAccountToken": True,
    "shareProcessNamespace": True,
    "verbs": ["*"],
    "resources": ["*"],
    "apiGroups": ["*"],
    "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
    "template": {"spec": _POD},
    "jobTemplate": {"spec": {"template": {"spec": _POD}}},
    "spec": {**_POD, "template": {"spec": _POD}, "jobTemplate": {"spec": {"template": {"spec": _POD}}}},
}
#: Annotations that are left out: the first repeats a Secret's data, the others switch checks off without telling who
#: wants that, and until when.
_LEFT_OUT = ("kubectl.kubernetes.io/last-applied-configuration",)
_SKIPS = ("checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip")
#: Where a Secret has what nobody may read.
_DATA = ("data", "stringData")


def is_object(resource: Resource) -> bool:
    """Whether a resource is an object of a cluster, hence has a manifest."""
    token = resource.token
    return token.startswith(_PACKAGE) and not token.startswith(_NO_OBJECTS) and not token.endswith(_PATCH)


def manifests(preview: Preview) -> Mapping[str, dict[str, Any]]:
    """The manifest of every object, by the URN of its resource; lists of objects are of kind `List`."""
    return {
        resource.urn: _manifest(resource)
        for resource in declared(preview.resources)
        if resource.custom and is_object(resource)
    }


def _manifest(resource: Resource) -> dict[str, Any]:
    made: dict[str, Any] = _known(resource.inputs)
    group, _, kind = resource.token.removeprefix(_PACKAGE).rpartition(":")
    made = {
        "apiVersion": _text(made.get("apiVersion")) or group.removeprefix("core/"),
        "kind": _text(made.get("kind")) or kind,
        **{key: value for key, value in made.items() if key not in {"apiVersion", "kind"}},
    }
    made["metadata"] = _metadata(made.get("metadata"), resource)
    if isinstance(made.get("items"), list) and kind.endswith("List"):
        one = {"apiVersion": made["apiVersion"], "kind": kind.removesuffix("List")}
        items = [_safe({**one, **item}, one["kind"]) for item in made["items"] if isinstance(item, dict)]
        return {"apiVersion": "v1", "kind": "List", "items": items}
    return _safe(made, kind)


def _metadata(metadata: object, resource: Resource) -> dict[str, Any]:
    """Metadata with a name: Pulumi chooses one when the program gives none."""
    found = metadata if isinstance(metadata, dict) else {}
    declared_metadata = resource.inputs.get("metadata")
    namespace = declared_metadata.get("namespace") if isinstance(declared_metadata, Mapping) else None
    hidden = {"namespace": _NAME} if namespace is UNKNOWN else {}
    return {"name": resource.name, **hidden, **found}


def _safe(made: dict[str, Any], kind: str) -> dict[str, Any]:
    """An object without a Secret's data, and without annotations that checkov obeys; `kind` is what its token says."""
    metadata = made.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if isinstance(metadata, dict) and isinstance(annotations, dict):
        kept = {key: value for key, value in annotations.items() if key not in _LEFT_OUT and not key.startswith(_SKIPS)}
        made = {**made, "metadata": {**metadata, "annotations": kept}}
    if kind == "Secret" or made.get("kind") == "Secret":
        return {key: _hidden(value) if key in _DATA else value for key, value in made.items()}
    return made


def _hidden(data: object) -> dict[str, str]:
    return dict.fromkeys(data, SECRET) if isinstance(data, dict) else {}


def _known(value: Mapping[str, Value]) -> dict[str, Any]:
    made = {}
    for key, entry in value.items():
        if key == "__defaults" or entry is None:
            continue
        if entry is UNKNOWN or entry == SECRET:
            if key in _WORST:
                made[key] = _WORST[key]
            continue
        made[key] = _entry(key, entry)
    return made


def _entry(key: str, value: Value) -> Any:  # noqa: ANN401 - JSON of some depth
    if isinstance(value, Mapping):
        return _known(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [entry for item in value for entry in _item(key, item)]
    return whole(value) if isinstance(value, int | float) else value


def _item(key: str, item: Value) -> list[Any]:
    """An entry of a list; of one that is not known, the worst, or nothing."""
    if item is None:
        return []
    if item is UNKNOWN or item == SECRET:
        worst = _WORST.get(key)
        return worst if isinstance(worst, list) else []
    return [_entry(key, item)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
