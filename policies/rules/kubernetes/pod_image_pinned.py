"""Images are named by digest, so that what was approved is what runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.pods import Pod, holds_pods, known_pods
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The stack whose images may be jobs of this repository, run by the sandbox's node: they have no digest.
_SANDBOX_STACK = "local"

_DIGEST = re.compile(r"(?P<name>[^@\s]+)@sha256:[0-9a-f]{64}")
_SANDBOX_IMAGE = re.compile(r"sandbox/[a-z0-9]+(?:[._-][a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")


def check(facts: Facts) -> Iterator[Result]:
    """Each image, of a container or a volume, must carry a SHA-256 digest; never the tag ``latest``.

    In the sandbox's stack it may be a sandbox image.
    """
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
        else:
            yield from _pod(pod, facts.stack)


def _pod(pod: Pod, stack: str) -> Iterator[Result]:
    for item in pod.containers():
        if isinstance(item, Pending):
            yield item
        else:
            yield from _image(f"{item.path}.image", look(item.body, "image"), f"container {item.name!r}", stack)
    for place, volume in enumerate(entries(look(pod.spec, "volumes"))):
        if (image := look(volume, "image")) is not None:
            where = pod.at("spec", f"volumes[{place}].image.reference")
            yield from _image(where, look(image, "reference"), f"volume {place}", stack)


def _image(where: str, image: Value, whose: str, stack: str) -> Iterator[Result]:
    if image is UNKNOWN:
        yield Pending(where=where)
    elif complaint := _complaint(image if isinstance(image, str) else "", stack):
        yield Violation(where=where, what=f"{whose}: {complaint}")


def _complaint(image: str, stack: str) -> str:
    """What is wrong with an image's reference; empty when nothing is."""
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
        if stack != _SANDBOX_STACK:
            return f"{image!r} is an image of the sandbox, which stack {stack!r} does not have"
        return "" if _SANDBOX_IMAGE.fullmatch(image) else f"{image!r} is no name of a sandbox image with a tag"
    return f"{image!r} has no digest: its tag can be moved after the approval"


RULE = Rule(
    id="pod-image-pinned",
    title="Images are named by digest",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A tag can be moved: then what runs is not what was reviewed, and a rollback brings back something else.",
    fix="name the image as repository:tag@sha256:<64 hex digits>; "
    f"in stack {_SANDBOX_STACK!r} also sandbox/<job>:<tag>",
    link="https://kubernetes.io/docs/concepts/containers/images/#image-names",
    applies=holds_pods,
    check=check,
)
