"""What a stack may cost at most in a month, from its own sizes and prices (`docs/requirements.md` RD-10).

Railway bills what is used; what may be used is bounded by the limits. So the sum of limits times prices is the most
that a month can cost, whatever happens: a loop, an attack, a leak. Traffic and the plan's own fee are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.shapes import AmoisekaiSizes, Prices


@dataclass(frozen=True)
class Part:
    """One line of the sum.

    Attributes:
        name: the key of the size.
        dollars: what a month of it costs.
    """

    name: str
    dollars: float


def parts(sizes: AmoisekaiSizes, prices: Prices) -> list[Part]:
    """Every limit of the product, priced; a keeper that runs for minutes counts as one that never ends."""
    memory, cpu = prices.railway_memory_gb_month, prices.railway_cpu_month
    return [
        Part("engine.memory", sizes.engine.memory * memory),
        Part("engine.cpu", sizes.engine.cpu * cpu),
        Part("engine.volume", sizes.engine.volume * prices.railway_volume_gb_month),
        Part("keeper.memory", sizes.keeper.memory * memory),
        Part("keeper.cpu", sizes.keeper.cpu * cpu),
    ]


def check(budget: float, priced: Iterable[Part]) -> None:
    """See that the sum is within the budget.

    Raises:
        ValueError: it is not; the message names each part, the dearest first.
    """
    dearest = sorted(priced, key=lambda part: -part.dollars)
    total = sum(part.dollars for part in dearest)
    if total > budget:
        named = ", ".join(f"{part.name} {part.dollars:.2f}" for part in dearest)
        raise ValueError(f"${budget:g} a month is less than all limits together: ${total:.2f} ({named})")
