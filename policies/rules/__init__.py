"""The rules: a folder for each pack, a file for each rule; this list is all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules import (
    cost,
    data_stores,
    edge,
    identity,
    kubernetes,
    monitoring,
    network,
    ownership,
    railway,
    secrets,
    storage,
    uptime,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: Every rule, in the order in which they are shown.
RULES: tuple[AnyRule, ...] = (
    *ownership.RULES,
    *storage.RULES,
    *network.RULES,
    *identity.RULES,
    *data_stores.RULES,
    *cost.RULES,
    *kubernetes.RULES,
    *secrets.RULES,
    *edge.RULES,
    *railway.RULES,
    *uptime.RULES,
    *monitoring.RULES,
)
