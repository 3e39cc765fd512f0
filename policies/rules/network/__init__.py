"""Networks: closed to the world but for listed ports, encrypted, logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.network import (
    acl_narrow,
    data_store_private,
    default_group_closed,
    default_group_present,
    eks_endpoint,
    flow_logs,
    instance_private,
    listener_tls,
    listener_tls_version,
    subnet_private,
    world_ingress,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    world_ingress.RULE,
    data_store_private.RULE,
    eks_endpoint.RULE,
    subnet_private.RULE,
    instance_private.RULE,
    listener_tls.RULE,
    listener_tls_version.RULE,
    default_group_present.RULE,
    default_group_closed.RULE,
    acl_narrow.RULE,
    flow_logs.RULE,
)
