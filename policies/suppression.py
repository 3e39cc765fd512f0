"""An excuse for a finding: who answers for it, why, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, order=True, kw_only=True)
class Suppression:
    """What may be wrong, where, and why that is in order for a time.

    Attributes:
        id: the rule's or check's id.
        where: what it covers: the URN of a component or resource (what hangs below it is covered too), a glob over
            URNs, or a glob over files of the repository.
        reason: why that is in order.
        owner: person or team that answers for it.
        expires: last day on which it holds (UTC); from the next day on it is a finding itself.
        stacks: stacks in which it holds; empty: all.
        source: where it was written, as in ``policies/suppressions.yaml:12`` or the component's ``file:line``.
    """

    id: str
    where: str
    reason: str
    owner: str
    expires: dt.date
    stacks: tuple[str, ...] = ()
    source: str = ""
