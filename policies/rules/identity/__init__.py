"""Identities: as few rights as they need, no keys that last, trust in someone known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.identity import (
    federated_trust_bound,
    instance_metadata,
    no_administrator,
    no_star,
    no_static_keys,
    pass_role,
    resource_policy_private,
    trust_private,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    no_star.RULE,
    no_administrator.RULE,
    pass_role.RULE,
    no_static_keys.RULE,
    instance_metadata.RULE,
    trust_private.RULE,
    federated_trust_bound.RULE,
    resource_policy_private.RULE,
)
