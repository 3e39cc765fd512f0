"""Cases of `ecr-immutable-tags`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TOKEN = "aws:ecr/repository:Repository"  # noqa: S105 - a Pulumi type token, no password
_WHERE = ("imageTagMutability",)

PASS = {
    "immutable": facts(_TOKEN, {"imageTagMutability": "IMMUTABLE"}),
    "a policy of its lifecycle": facts("aws:ecr/lifecyclePolicy:LifecyclePolicy", {}),
}
FAIL = {
    "left out": (facts(_TOKEN, {}), _WHERE),
    "mutable": (facts(_TOKEN, {"imageTagMutability": "MUTABLE"}), _WHERE),
    "but for some": (facts(_TOKEN, {"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}), _WHERE),
    "only for some": (facts(_TOKEN, {"imageTagMutability": "MUTABLE_WITH_EXCLUSION"}), _WHERE),
    "wrong type: a switch": (facts(_TOKEN, {"imageTagMutability": True}), _WHERE),
}
PENDING = {"the setting": (facts(_TOKEN, {"imageTagMutability": UNKNOWN}), ("?imageTagMutability",))}
