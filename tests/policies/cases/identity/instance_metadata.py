"""Cases of `ec2-imds-v2`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_INSTANCE = "aws:ec2/instance:Instance"
_AT = ("metadataOptions.httpTokens",)


def _instance(**options: Value) -> Facts:
    return facts(_INSTANCE, {"metadataOptions": options})


PASS = {
    "required": _instance(httpTokens="required", httpEndpoint="enabled"),
    "no metadata at all": _instance(httpEndpoint="disabled"),
    "required, whether it is on or not": _instance(httpTokens="required", httpEndpoint=UNKNOWN),
    "a volume has none": facts("aws:ebs/volume:Volume", {}),
}
FAIL = {
    **{
        f"left out: {token}": (facts(token, {}), _AT)
        for token in (
            _INSTANCE,
            "aws:ec2/launchConfiguration:LaunchConfiguration",
            "aws:ec2/launchTemplate:LaunchTemplate",
            "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        )
    },
    "optional": (_instance(httpTokens="optional"), _AT),
    "on, and nothing said of tokens": (_instance(httpEndpoint="enabled"), _AT),
}
PENDING = {
    "the options": (facts(_INSTANCE, {"metadataOptions": UNKNOWN}), tuple(f"?{where}" for where in _AT)),
    "the tokens": (_instance(httpTokens=UNKNOWN), tuple(f"?{where}" for where in _AT)),
    "whether it is on": (_instance(httpTokens="optional", httpEndpoint=UNKNOWN), tuple(f"?{where}" for where in _AT)),
}
