"""Cloudflare zones of a stack, and what belongs to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.facts import Facts, Value, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ZONE = "cloudflare:index/zone:Zone"
RECORDS = ("cloudflare:index/dnsRecord:DnsRecord", "cloudflare:index/record:Record")
RULESET = "cloudflare:index/ruleset:Ruleset"
SETTING = "cloudflare:index/zoneSetting:ZoneSetting"

#: Types of records that a browser is led by; an address of anything else, as of mail, has one of its own beside it.
_LEADING = ("A", "AAAA", "CNAME")


@dataclass(frozen=True)
class Zone:
    """A zone that the stack declares, or only has records in: then the first of these stands for it.

    Attributes:
        urn: the resource to tell of it.
        where: its property that says which zone it is.
        labels: what others may name it by: its id, its URN.
    """

    urn: str
    where: str
    labels: frozenset[str]

    def has(self, part: Facts) -> bool:
        """Whether a resource belongs to it."""
        return not self.labels.isdisjoint(_named(part))


def zones(stack: Sequence[Facts]) -> Iterator[Zone]:
    """Every zone of a stack, each once."""
    known: set[str] = set()
    for facts in stack:
        if facts.token == ZONE:
            labels = frozenset({facts.urn, *_texts([look(facts.props, "id")])})
            known |= labels
            yield Zone(urn=facts.urn, where="name", labels=labels)
    for facts in stack:
        if facts.token in RECORDS and web(facts) and known.isdisjoint(_named(facts)):
            labels = _named(facts)
            known |= labels
            yield Zone(urn=facts.urn, where="zoneId", labels=labels)


def without(stack: Sequence[Facts], token: str, good: Callable[[Facts], bool]) -> Iterator[Zone]:
    """Every zone that no good resource of a type belongs to."""
    parts = [facts for facts in stack if facts.token == token and good(facts)]
    return (zone for zone in zones(stack) if not any(zone.has(part) for part in parts))


def web(record: Facts) -> bool:
    """Whether a record may lead browsers somewhere: its type does, and its name is none of a protocol, as `_dmarc`.

    Those may have a part before, as DKIM's keys do: `key._domainkey`.
    """
    name = look(record.props, "name")
    return look(record.props, "type") in _LEADING and not (
        isinstance(name, str) and any(part.startswith("_") for part in name.split("."))
    )


def always(expression: Value) -> bool:
    """Whether an expression of a rule holds for every request."""
    return isinstance(expression, str) and expression.strip("( )") in ("", "true")


def _named(part: Facts) -> frozenset[str]:
    """What a resource names its zone by; an empty text where that is not known."""
    names = _texts([look(part.props, "zoneId")])
    return frozenset({*names, *part.depends.get("zoneId", ())} or {""})


def _texts(values: Iterable[Value]) -> list[str]:
    return [value for value in values if isinstance(value, str)]
