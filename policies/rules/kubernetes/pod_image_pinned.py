"""Images are named by digest, so that what was approved is what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.images import SANDBOX_STACK, complaint
from policies.domain.pods import Pod, holds_pods, known_pods
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    elif wrong := complaint(image if isinstance(image, str) else "", stack):
        yield Violation(where=where, what=f"{whose}: {wrong}")


RULE = Rule(
    id="pod-image-pinned",
    title="Images are named by digest",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A tag can be moved: then what runs is not what was reviewed, and a rollback brings back something else.",
    fix=f"name the image as repository:tag@sha256:<64 hex digits>; in stack {SANDBOX_STACK!r} also sandbox/<job>:<tag>",
    link="https://kubernetes.io/docs/concepts/containers/images/#image-names",
    applies=holds_pods,
    check=check,
)
