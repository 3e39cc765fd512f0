"""Facts of a pod and its limits, as fieldRef and resourceFieldRef name them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sandbox.node.kube import metadata
from sandbox.node.quantities import amount
from sandbox.node.settings import NODE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lightkube.models.core_v1 import Container, ResourceFieldSelector
    from lightkube.resources.core_v1 import Pod

#: Every pod shares the machine's network, so this is the address of all of them, and of the node.
ADDRESS = "127.0.0.1"
_KEYED = re.compile(r"metadata\.(labels|annotations)\['(.+)'\]")


class UnknownFieldError(ValueError):
    """A field path that a pod cannot be asked for."""


def field(pod: Pod, path: str) -> str:
    """The value that a fieldRef's path names.

    Raises:
        UnknownFieldError: the path is not one that Kubernetes offers.
    """
    meta = metadata(pod)
    keyed = _KEYED.fullmatch(path)
    if keyed:
        table: dict[str, str] = (meta.labels if keyed.group(1) == "labels" else meta.annotations) or {}
        return table.get(keyed.group(2), "")
    if path in {"metadata.labels", "metadata.annotations"}:
        return _lines((meta.labels if path.endswith("labels") else meta.annotations) or {})
    known: dict[str, str | None] = {
        "metadata.name": meta.name,
        "metadata.namespace": meta.namespace,
        "metadata.uid": meta.uid,
        "spec.nodeName": NODE_NAME,
        "spec.serviceAccountName": pod.spec.serviceAccountName if pod.spec else None,
        "status.hostIP": ADDRESS,
        "status.hostIPs": ADDRESS,
        "status.podIP": ADDRESS,
        "status.podIPs": ADDRESS,
    }
    if path not in known:
        msg = f"unsupported fieldPath: {path}"
        raise UnknownFieldError(msg)
    return known[path] or ""


def resource(selector: ResourceFieldSelector, container: Container, allocatable: Mapping[str, str]) -> str:
    """The limit or request that a resourceFieldRef names, in units of its divisor, rounded up.

    A limit that is not set is the node's allocatable amount; a request that is not set is 0, as Kubernetes has it.

    Raises:
        UnknownFieldError: the resource is neither a limit nor a request.
    """
    section, _, name = selector.resource.partition(".")
    if section not in {"limits", "requests"} or not name:
        msg = f"unsupported container resource : {selector.resource}"
        raise UnknownFieldError(msg)
    given = getattr(container.resources, section, None) if container.resources else None
    value = (given or {}).get(name)
    if value is None and section == "limits":
        value = allocatable.get(name)
    divisor = amount(selector.divisor) or 1
    return str(math.ceil(amount(value) / divisor))


def _lines(table: Mapping[str, str]) -> str:
    return "\n".join(f'{key}="{_escaped(value)}"' for key, value in sorted(table.items()))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
