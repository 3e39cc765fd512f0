"""Names of container images: what an approved one looks like."""

from __future__ import annotations

import re

#: The stack whose images may be the sandbox's own: they have no digest.
SANDBOX_STACK = "local"

# Of a registry, its port, folders, a name and a tag only what their grammar has: it goes into files and commands.
_DIGEST = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._:/-]*)@sha256:[0-9a-f]{64}")
_SANDBOX_IMAGE = re.compile(r"sandbox/[a-z0-9]+(?:[._-][a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


def complaint(image: str, stack: str) -> str:
    """What is wrong with an image's reference in a stack; empty when nothing is."""
    if not image:
        return "no image is named"
    pinned = _DIGEST.fullmatch(image)
    name = pinned["name"] if pinned else image
    tag = name.rpartition("/")[2].partition(":")[2]
    if tag == "latest":
        return f"{image!r} carries the tag `latest`, which says nothing about what runs"
    if pinned:
        return ""
    if name.startswith("sandbox/"):
        if stack != SANDBOX_STACK:
            return f"{image!r} is an image of the sandbox, which stack {stack!r} does not have"
        return "" if _SANDBOX_IMAGE.fullmatch(image) else f"{image!r} is no name of a sandbox image with a tag"
    return f"{image!r} has no digest: its tag can be moved after the approval"
