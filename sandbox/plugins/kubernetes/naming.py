"""Names for objects that the program gives none: the resource's name and a random suffix."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from sandbox.plugins.kubernetes.objects import AUTONAMED, annotation, metadata

if TYPE_CHECKING:
    from providers.kit import Properties

#: Hexadecimal digits of the suffix, as the vendor's.
_DIGITS = 8


def named(inputs: Properties, old: Properties | None, *, resource: str, seed: bytes) -> Properties:
    """The inputs with a name: their own, else the one made before, else a new one.

    A made name is marked by the annotation ``pulumi.com/autonamed``, as the vendor's plugin does.

    Args:
        inputs: as the program gives them.
        old: the inputs of the last update; None for a new resource and for a replacement.
        resource: the resource's name in the program.
        seed: makes preview and update agree on the suffix.
    """
    meta = metadata(inputs)
    if meta.get("name") is not None or meta.get("generateName") is not None:
        return inputs
    if inputs.get("metadata") is not None and not isinstance(inputs["metadata"], dict):
        return inputs  # not known yet
    if old is not None and annotation(old, AUTONAMED) == "true":
        name = metadata(old).get("name")
    else:
        name = f"{resource.lower()}-{_suffix(seed)}"
    annotations = meta.get("annotations") or {}
    marked = {**annotations, AUTONAMED: "true"} if isinstance(annotations, dict) else annotations
    return {**inputs, "metadata": {**meta, "name": name, "annotations": marked}}


def manager(urn: str) -> str:
    """The field manager of a resource that has none yet.

    The vendor's is random; this one follows from the URN, so that a run after a killed one knows its own objects.
    """
    return "pulumi-kubernetes-" + hashlib.sha256(urn.encode()).hexdigest()[:_DIGITS]


def _suffix(seed: bytes) -> str:
    return hashlib.sha256(seed).hexdigest()[:_DIGITS] if seed else secrets.token_hex(_DIGITS // 2)
