"""An ECR repository scans what is pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import found, negated, stands
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKEN = "aws:ecr/repository:Repository"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """The scan on push must be on; left out it is off."""
    scans = stands(look(facts.props, "imageScanningConfiguration", "scanOnPush"), on=True)
    yield from found(negated(scans), "imageScanningConfiguration.scanOnPush", what="images are not scanned")


RULE = Rule(
    id="ecr-scan-on-push",
    title="An ECR repository scans what is pushed",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="An image whose known holes nobody looked for is deployed (DL-9).",
    fix="set imageScanningConfiguration.scanOnPush to true",
    link="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
    applies=_TOKEN.__eq__,
    check=check,
)
