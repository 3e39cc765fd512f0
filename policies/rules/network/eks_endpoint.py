"""The API of an EKS cluster is not open to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.networks import is_world
from policies.domain.verdict import Verdict, all_of, any_of, found, negated, stands
from policies.facts import UNKNOWN, Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Value

_TOKEN = "aws:eks/cluster:Cluster"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """The public endpoint must be off, or say who may come; left out it is on, and everyone may."""
    config = look(facts.props, "vpcConfig")
    public = negated(stands(look(config, "endpointPublicAccess"), on=False, absent=True))
    broken = all_of((public, negated(_bounded(look(config, "publicAccessCidrs")))))
    yield from found(broken, "vpcConfig.publicAccessCidrs", what="the cluster's API answers the world")


def _bounded(ranges: Value) -> Verdict:
    given = entries(ranges)
    return None if ranges is UNKNOWN else all_of((bool(given), negated(any_of(map(is_world, given)))))


RULE = Rule(
    id="network-eks-endpoint",
    title="The API of an EKS cluster is not open to the world",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A leaked token, or a hole in the API server, is all that it then takes from anywhere.",
    fix="set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true, or name publicAccessCidrs",
    link="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    applies=_TOKEN.__eq__,
    check=check,
)
