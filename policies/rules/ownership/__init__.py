"""Tags and labels: whose a resource is, and what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.ownership import (
    data_class,
    required_labels,
    required_tags,
    tag_values,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    required_tags.RULE,
    tag_values.RULE,
    data_class.RULE,
    required_labels.RULE,
)
