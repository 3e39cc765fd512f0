"""The rules: a folder for each pack, a file for each rule; this list is all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules import data_stores, kubernetes, ownership, storage

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: Every rule, in the order in which they are shown.
RULES: tuple[AnyRule, ...] = (*ownership.RULES, *storage.RULES, *kubernetes.RULES, *data_stores.RULES)
