"""Cases of `railway-no-pr-environments`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_PROJECT = "railway:index:Project"

PASS = {
    "left out": facts(_PROJECT, {"name": "amoisekai"}),
    "off": facts(_PROJECT, {"prDeploys": False}),
}
FAIL = {"on": (facts(_PROJECT, {"prDeploys": True}), ("prDeploys",))}
PENDING = {"the setting": (facts(_PROJECT, {"prDeploys": UNKNOWN}), ("?prDeploys",))}
