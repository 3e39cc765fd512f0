"""Which stack a resource is of, as far as rules care: production, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policies.facts import Facts

#: The stack whose data is of worth and whose outage is felt; `Pulumi.prod.yaml` is its file.
PROD = "prod"


def in_prod(facts: Facts) -> bool:
    """Whether a resource is one of production's."""
    return facts.stack == PROD
