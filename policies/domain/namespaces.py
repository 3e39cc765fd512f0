"""Which namespace an object lives in, as far as a stack's resources tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.domain.objects import Object, kinds, objects
from policies.facts import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policies.facts import Facts

_NAMESPACE = kinds("core", "Namespace")


@dataclass(frozen=True)
class Placed:
    """An object, the resource that it belongs to, and its namespace's name, or what stands for it."""

    facts: Facts
    item: Object
    space: str


def declared(stack: Sequence[Facts]) -> Mapping[str, str]:
    """Namespaces that the stack itself declares: URN -> name, or the URN again where the name is not known yet."""
    return {facts.urn: _name(facts) for facts in stack if _NAMESPACE(facts.token)}


def placed(stack: Sequence[Facts], wanted: Callable[[str], bool]) -> Iterator[Placed]:
    """Every object of the wanted types with its namespace; empty where nothing tells which one that will be."""
    spaces = declared(stack)
    for facts in stack:
        for item in objects(facts) if wanted(facts.token) else ():
            yield Placed(facts=facts, item=item, space=_space(facts, item, spaces))


def _name(facts: Facts) -> str:
    name = Object(path="", body=facts.props).look("metadata", "name")
    return name if isinstance(name, str) else facts.urn


def _space(facts: Facts, item: Object, spaces: Mapping[str, str]) -> str:
    given = item.look("metadata", "namespace")
    if isinstance(given, str):
        return given
    if given is not UNKNOWN:
        return "default"
    made = {spaces[urn] for urn in facts.depends.get("metadata", ()) if urn in spaces}
    return made.pop() if len(made) == 1 else ""
