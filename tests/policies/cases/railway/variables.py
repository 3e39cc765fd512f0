"""Cases of `railway-variable-secret`."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _many(variables: Value) -> Facts:
    return facts("railway:index:VariableCollection", {"variables": variables})


PASS = {
    "no secret": _many({"LOG_LEVEL": "info"}),
    "a reference": _many({"DATABASE_PASSWORD": "${{shared.DATABASE_PASSWORD}}"}),
    "hidden by the preview": _many({"LOG_LEVEL": "info", "API_TOKEN": "[secret]"}),
    "marked secret": replace(_many({"API_TOKEN": "hunter2"}), secret=frozenset({"variables.API_TOKEN"})),
    "all are marked secret": replace(_many({"API_TOKEN": "hunter2"}), secret=frozenset({"variables"})),
    "none": _many(None),
    "no text": _many({"API_TOKEN": None}),
    "a plain one is not known": _many({"LOG_LEVEL": UNKNOWN}),
}
FAIL = {
    "in plain text": (_many({"LOG_LEVEL": "info", "API_TOKEN": "hunter2"}), ("variables.API_TOKEN",)),
    "beside one that is marked": (
        replace(_many({"A_TOKEN": "x", "B_TOKEN": "hunter2"}), secret=frozenset({"variables.A_TOKEN"})),
        ("variables.B_TOKEN",),
    ),
}
PENDING = {
    "one of many": (_many({"API_TOKEN": UNKNOWN}), ("?variables.API_TOKEN",)),
    "all of them": (_many(UNKNOWN), ("?variables",)),
}
