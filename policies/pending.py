"""What shows that a rule must know a property that a preview does not: said the same wherever rules are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.rule import Violation

if TYPE_CHECKING:
    from policies.rule import Pending

#: The policy that shows what no rule can judge before the update.
PENDING_ID: Final = "cannot-judge-yet"
TITLE: Final = "A property that a rule must know is known only during the update"
FIX: Final = "nothing: the update judges it before the resource is made, and stops there if it is wrong"


def shown(pending: Pending, rule_id: str) -> Violation:
    """The advice that stands for a property that is not known yet."""
    return Violation(where=pending.where, what=f"not known yet, and rule {rule_id!r} must know it")
