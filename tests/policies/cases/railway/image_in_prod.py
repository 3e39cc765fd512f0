"""Cases of `railway-image-in-prod`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import DIGEST, facts


def _instance(stack: str = "prod", **props: Value) -> Facts:
    return facts("railway:index:ServiceInstance", props, stack=stack)


PASS = {
    "an image": _instance(image=f"ghcr.io/someone/engine@{DIGEST}"),
    "an empty one": _instance(repo=""),
    "built in staging": _instance("staging", repo="someone/engine"),
}
FAIL = {"built": (_instance(repo="someone/engine"), ("repo",))}
PENDING = {"the repository": (_instance(repo=UNKNOWN), ("?repo",))}
