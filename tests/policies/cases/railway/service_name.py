"""Cases of `railway-service-name`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _service(name: Value) -> Facts:
    return facts("railway:index:Service", {"name": name})


PASS = {
    "a word": _service("engine"),
    "a letter": _service("e"),
    "two": _service("backup-2"),
    "long": _service("e" * 63),
}
FAIL = {
    "left out": (facts("railway:index:Service", {}), ("name",)),
    "capitals": (_service("Engine"), ("name",)),
    "a space": (_service("the engine"), ("name",)),
    "a digit first": (_service("2nd"), ("name",)),
    "a line at its end": (_service("engine-"), ("name",)),
    "too long": (_service("e" * 64), ("name",)),
}
PENDING = {"the name": (_service(UNKNOWN), ("?name",))}
