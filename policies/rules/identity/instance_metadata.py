"""An instance gives its role's keys to who shows a session token, not to any request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import all_of, among, found, negated
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = frozenset(
    {
        "aws:ec2/instance:Instance",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """Session tokens must be required, or the metadata service off; left out, the image or the account decides."""
    options = look(facts.props, "metadataOptions")
    required = among(look(options, "httpTokens"), {"required"})
    off = among(look(options, "httpEndpoint"), {"disabled"})
    broken = all_of((negated(required), negated(off)))
    yield from found(broken, "metadataOptions.httpTokens", what="the instance's keys are given out without a token")


RULE = Rule(
    id="ec2-imds-v2",
    title="EC2 instances require IMDSv2",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="With IMDSv1 any program on it that can be made to fetch an address (SSRF) hands out the keys of its role.",
    fix="set metadataOptions.httpTokens to required; in a launch template too",
    link="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    applies=_TOKENS.__contains__,
    check=check,
)
