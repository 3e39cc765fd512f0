"""What grows by itself has a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.sizes import Sizes, sizes
from policies.domain.verdict import all_of, at_most, found, negated
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GIB = "GiB"
#: Paths, the bound and its unit, by type. Aurora's storage grows without a bound that one could set.
_BOUNDS: dict[str, tuple[tuple[tuple[str, ...], ...], Callable[[Sizes], float], str]] = {
    "aws:autoscaling/group:Group": ((("maxSize",),), lambda own: own.nodes, "machines"),
    "aws:eks/nodeGroup:NodeGroup": ((("scalingConfig", "maxSize"),), lambda own: own.nodes, "machines"),
    "aws:rds/cluster:Cluster": (
        (("serverlessv2ScalingConfiguration", "maxCapacity"),),
        lambda own: own.capacity,
        "capacity units",
    ),
    "aws:rds/instance:Instance": ((("allocatedStorage",), ("maxAllocatedStorage",)), lambda own: own.storage, _GIB),
}


def check(facts: Facts) -> Iterator[Result]:
    """Each upper end that is given must not be above the stack's bound; left out, it does not grow."""
    paths, bound, unit = _BOUNDS[facts.token]
    most = bound(sizes(facts))
    for path in paths:
        value = look(facts.props, *path)
        above = all_of((_given(value), negated(at_most(value, most))))
        yield from found(above, ".".join(path), what=f"it may grow over {most:g} {unit}, the bound of {facts.stack!r}")


def _given(value: Value) -> bool | None:
    return None if value is UNKNOWN else value is not None


RULE = Rule(
    id="cost-scale-bounds",
    title="What grows by itself has a bound",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A loop or an attack grows it overnight to whatever was allowed, and the bill with it.",
    fix="lower it; a bound that is too low is raised in policies/domain/sizes.py, with what it is for",
    link="https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/select-the-correct-resource-type-size-and-number.html",
    applies=_BOUNDS.__contains__,
    check=check,
)
