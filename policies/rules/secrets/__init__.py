"""Secrets: never in plain text, and in Kubernetes only by External Secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.secrets import (
    config_map,
    kubernetes_secret,
    no_literal,
    pod_env,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    no_literal.RULE,
    kubernetes_secret.RULE,
    config_map.RULE,
    pod_env.RULE,
)
