"""What holds data: protected, encrypted, backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.data_stores import (
    stateful_protected,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (stateful_protected.RULE,)
