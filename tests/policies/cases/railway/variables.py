"""Cases of `railway-variable-secret`."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _one(name: Value, value: Value) -> Facts:
    return facts("railway:index:Variable", {"name": name, "value": value})


def _many(variables: Value) -> Facts:
    return facts("railway:index:VariableCollection", {"variables": variables})


PASS = {
    "no secret": _one("LOG_LEVEL", "info"),
    "a reference": _one("DATABASE_PASSWORD", "${{shared.DATABASE_PASSWORD}}"),
    "marked secret": replace(_one("API_TOKEN", "hunter2"), secret=frozenset({"value"})),
    "hidden by the preview": _one("API_TOKEN", "[secret]"),
    "a name that is no text": _one(7.0, "hunter2"),
    "many": _many({"LOG_LEVEL": "info", "API_TOKEN": "[secret]"}),
    "one of many is marked secret": replace(_many({"API_TOKEN": "hunter2"}), secret=frozenset({"variables.API_TOKEN"})),
    "all are marked secret": replace(_many({"API_TOKEN": "hunter2"}), secret=frozenset({"variables"})),
    "none": _many(None),
    "no text": _many({"API_TOKEN": None}),
}
FAIL = {
    "in plain text": (_one("API_TOKEN", "hunter2"), ("value",)),
    "one of many": (_many({"LOG_LEVEL": "info", "API_TOKEN": "hunter2"}), ("variables.API_TOKEN",)),
    "beside one that is marked": (
        replace(_many({"A_TOKEN": "x", "B_TOKEN": "hunter2"}), secret=frozenset({"variables.A_TOKEN"})),
        ("variables.B_TOKEN",),
    ),
}
PENDING = {
    "the value": (_one("API_TOKEN", UNKNOWN), ("?value",)),
    "the name": (_one(UNKNOWN, "hunter2"), ("?name",)),
    "one of many": (_many({"API_TOKEN": UNKNOWN}), ("?variables.API_TOKEN",)),
    "all of them": (_many(UNKNOWN), ("?variables",)),
}
