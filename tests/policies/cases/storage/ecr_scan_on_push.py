"""Cases of `ecr-scan-on-push`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = ("imageScanningConfiguration.scanOnPush",)


def _repository(configuration: Value) -> Facts:
    return facts("aws:ecr/repository:Repository", {"imageScanningConfiguration": configuration})


PASS = {
    "on": _repository({"scanOnPush": True}),
    "wrong type: the word for on": _repository({"scanOnPush": "true"}),
}
FAIL = {
    "left out": (_repository(None), _WHERE),
    "off": (_repository({"scanOnPush": False}), _WHERE),
    "wrong type: the word for off": (_repository({"scanOnPush": "False"}), _WHERE),
    "wrong type: a number": (_repository({"scanOnPush": 1.0}), _WHERE),
    "wrong type: a list": (_repository([{"scanOnPush": True}]), _WHERE),
}
PENDING = {
    "the switch": (_repository({"scanOnPush": UNKNOWN}), ("?imageScanningConfiguration.scanOnPush",)),
    "the configuration": (_repository(UNKNOWN), ("?imageScanningConfiguration.scanOnPush",)),
}
