"""Mutants that no case can tell from the rule, since they do the same; each with the reason why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Equivalent:
    """A mutant that may live.

    Attributes:
        module: what it was made from, as in ``policies.domain.pods``.
        line: the line that the fault is in, without the space around it.
        before: the part that was changed.
        after: what stood there instead.
        why: the reason why nobody could tell.
    """

    module: str
    line: str
    before: str
    after: str
    why: str


_WORDS = "it chooses the words of the message"

EQUIVALENT: tuple[Equivalent, ...] = (
    Equivalent("policies.domain.pods", 'name = look(self.body, "name")', "'name'", "'name?'", _WORDS),
    Equivalent(
        "policies.domain.pods",
        'return name if isinstance(name, str) else "?"',
        "isinstance(name, str)",
        "not isinstance(name, str)",
        _WORDS,
    ),
    Equivalent(
        "policies.rules.storage.r2_custom_domain",
        'domain = look(facts.props, "domain")',
        "'domain'",
        "'domain?'",
        _WORDS,
    ),
    Equivalent(
        "policies.rules.storage.r2_custom_domain",
        'shown = domain if isinstance(domain, str) else "a custom domain"',
        "isinstance(domain, str)",
        "not isinstance(domain, str)",
        _WORDS,
    ),
)
