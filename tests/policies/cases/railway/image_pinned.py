"""Cases of `railway-image-pinned`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import DIGEST, facts


def _instance(image: Value, stack: str = "prod") -> Facts:
    return facts("railway:index:ServiceInstance", {"image": image}, stack=stack)


PASS = {
    "by digest": _instance(f"ghcr.io/someone/engine@{DIGEST}"),
    "the sandbox's own": _instance("sandbox/engine:dev", "local"),
    "no image": facts("railway:index:ServiceInstance", {"repo": "someone/engine"}),
    "an empty one": _instance(""),
}
FAIL = {
    "by tag": (_instance("ghcr.io/someone/engine:1.2"), ("image",)),
    "the sandbox's own elsewhere": (_instance("sandbox/engine:dev", "staging"), ("image",)),
    "no text": (_instance(7.0), ("image",)),
}
PENDING = {"the image": (_instance(UNKNOWN), ("?image",))}
