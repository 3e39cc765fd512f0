"""A service on Railway runs the image that was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.images import SANDBOX_STACK, complaint
from policies.domain.railway import INSTANCE
from policies.domain.verdict import given
from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """An image must carry its digest, in the sandbox's stack a tag; one that is built from a repository has none."""
    image = look(facts.props, "image")
    if image is UNKNOWN:
        yield Pending(where="image")
    elif given(image) and (wrong := complaint(image if isinstance(image, str) else "", facts.stack)):
        yield Violation(where="image", what=wrong)


RULE = Rule(
    id="railway-image-pinned",
    title="A Railway service names its image by digest",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A tag can be moved: then a restart brings up something that nobody approved, and a rollback is none.",
    fix=f"name the image as repository@sha256:<64 hex digits>; in stack {SANDBOX_STACK!r} also sandbox/<name>:<tag>",
    link="https://docs.railway.com/reference/services#deploying-a-public-docker-image",
    applies=INSTANCE.__eq__,
    check=check,
)
