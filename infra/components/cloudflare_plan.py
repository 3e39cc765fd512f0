"""What a Cloudflare plan lets a zone have, where that differs between plans.

Figures: Cloudflare's documentation, "Rate limiting rules: Availability" (counting and mitigation periods),
"WAF Managed Rules" (which ruleset) and "Bots: Plans".
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Plan(StrEnum):
    """The plan of a zone. Enterprise has what Business has, and more that nothing here asks for."""

    FREE = "free"
    PRO = "pro"
    BUSINESS = "business"

    @property
    def counting_seconds(self) -> int:
        """Longest period, up to five minutes, in which the plan counts the requests of an address."""
        return {Plan.FREE: 10, Plan.PRO: 60, Plan.BUSINESS: 300}[self]

    @property
    def managed_ruleset(self) -> str:
        """Id of Cloudflare's own firewall rules: the same for all accounts; Free has a part of them only."""
        if self is Plan.FREE:
            return "77454fe2d30c4220b5701f6fdfb893ba"
        return "efb7b8c949ac4650a09736fc376e9aee"

    @property
    def bots_by_rule(self) -> bool:
        """Whether bots are met by rules, which others can skip; on Free it is one switch for the whole zone."""
        return self is not Plan.FREE


def one_of(texts: Iterable[str]) -> str:
    """A set of texts in the language of Cloudflare's rules, in one order so that an unchanged rule shows no diff."""
    return "{" + " ".join(f'"{text}"' for text in sorted(texts)) + "}"
