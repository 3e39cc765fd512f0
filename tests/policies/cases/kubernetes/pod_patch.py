"""Cases of `pod-patch-unjudged`: it looks at types alone, so nothing in the properties can be unknown to it."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

PASS = {
    "a patch of something else": facts("kubernetes:core/v1:ConfigMapPatch", {}),
    "a kind with a longer name": facts("kubernetes:batch/v1:JobPatchwork", {}),
}
FAIL = {
    "a pod": (facts("kubernetes:core/v1:PodPatch", {}), ("spec",)),
    "a deployment": (facts("kubernetes:apps/v1:DeploymentPatch", {}), ("spec",)),
    "patches in a list": (facts("kubernetes:batch/v1:CronJobPatchList", {}), ("spec",)),
}
PENDING = {"an unknown spec is a patch too": (facts("kubernetes:batch/v1:JobPatch", {"spec": UNKNOWN}), ("spec",))}
