"""Which live thing is which declared resource: by natural keys, and never by a guess.

A resource's key may hold ids that the preview does not know yet, as a service's holds its project's. They come from
the match of the resource that the input was computed from, so parents are matched before what refers to them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from delivery.importing.live import Keys, Live, Part
    from policies.facts import Value
    from policies.preview import Resource


@dataclass(frozen=True)
class Ambiguous:
    """A resource that could be several things, or things that could be several resources.

    Attributes:
        resource: what is declared.
        live: what it could be.
    """

    resource: Resource
    live: tuple[Live, ...]


@dataclass
class Matches:
    """How declared and live go together.

    Attributes:
        matched: the live thing of each resource, by URN.
        ambiguous: resources that are not told apart.
        missing: resources that nothing live is.
        unmanaged: live things that no resource declares.
    """

    matched: dict[str, Live] = field(default_factory=dict)
    ambiguous: list[Ambiguous] = field(default_factory=list)
    missing: list[Resource] = field(default_factory=list)
    unmanaged: list[Live] = field(default_factory=list)


def match(resources: Sequence[Resource], live: Sequence[Live], keys: Keys) -> Matches:
    """Match the resources whose type has a key; all others are not looked at.

    Args:
        resources: what the program declares, those of the state among it: they take their own live things.
        live: what is there.
        keys: natural keys, parents first.
    """
    found = Matches()
    declared = {resource.urn: resource for resource in resources if resource.token in keys}
    for token, ways in keys.items():
        left = [resource for resource in declared.values() if resource.token == token]
        free = [one for one in live if one.token == token]
        for way in ways:
            left, free = _one_way(left, free, way, declared, found)
        found.missing += left
        found.unmanaged += free
    known = {"", *(one.id for one in found.matched.values()), *(one.within for one in found.matched.values())}
    found.unmanaged = [one for one in found.unmanaged if one.within in known and not one.by_itself]
    return found


def _one_way(
    left: list[Resource], free: list[Live], way: Sequence[Part], declared: Mapping[str, Resource], found: Matches
) -> tuple[list[Resource], list[Live]]:
    """Match by one way of knowing a thing; gives the resources and the things that are left for the next way."""
    could = {resource.urn: _could_be(resource, free, way, declared, found.matched) for resource in left}
    claims = defaultdict[int, int](int)
    for things in could.values():
        for one in things:
            claims[id(one)] += 1
    taken, rest = set[int](), []
    for resource in left:
        things = could[resource.urn]
        taken |= {id(one) for one in things}
        if not things:
            rest.append(resource)
        elif len(things) == 1 and claims[id(things[0])] == 1:
            found.matched[resource.urn] = things[0]
        else:
            found.ambiguous.append(Ambiguous(resource, tuple(things)))
    return rest, [one for one in free if id(one) not in taken]


def _could_be(
    resource: Resource,
    free: Iterable[Live],
    way: Sequence[Part],
    declared: Mapping[str, Resource],
    matched: Mapping[str, Live],
) -> list[Live]:
    key = [_possible(resource, part, declared, matched) for part in way]
    return [one for one in free if all(_has(one, part) in texts for part, texts in zip(way, key, strict=True))]


def _has(one: Live, part: Part) -> str:
    return part.normal(one.fields.get(part.name, part.absent))


def _possible(
    resource: Resource, part: Part, declared: Mapping[str, Resource], matched: Mapping[str, Live]
) -> frozenset[str]:
    """The texts that an input may turn out to be: none where it hangs on something that is not there itself."""
    value = look(resource.inputs, *part.name.split("."))
    if value is not UNKNOWN:
        return frozenset({part.normal(part.absent if value is None else text(value))})
    computed_from = resource.depends.get(part.name.partition(".")[0], ())
    if any(urn in declared and urn not in matched for urn in computed_from):
        return frozenset()
    given = [matched[urn].gives.get(part.name, frozenset()) for urn in computed_from if urn in matched]
    return frozenset(part.normal(one) for one in frozenset().union(*given))


def text(value: Value) -> str:
    """A value as it is compared."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)
