"""Cases of `railway-no-trigger-in-prod`: it looks at type and stack alone, so nothing can be unknown to it."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TRIGGER = "railway:index:DeploymentTrigger"

PASS = {
    "in staging": facts(_TRIGGER, {"branch": "dev"}, stack="staging"),
    "something else": facts("railway:index:Deployment", {}, stack="prod"),
}
FAIL = {"in production": (facts(_TRIGGER, {"branch": "main"}, stack="prod"), ("branch",))}
PENDING = {"an unknown branch is deployed too": (facts(_TRIGGER, {"branch": UNKNOWN}, stack="prod"), ("branch",))}
