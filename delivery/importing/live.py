"""What is there already, as the vendors' APIs tell it, in the words of the resources that would declare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: The input that a text is known by, as it is compared: vendors write names in other cases than people do.
Normal = Callable[[str], str]


@dataclass(frozen=True)
class State:
    """What a resource is taken to be, where the vendor's plugin cannot look it up by an id.

    Attributes:
        inputs: what would make it so.
        outputs: these, and what the vendor adds.
    """

    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]


@dataclass(frozen=True)
class Live:
    """One thing that exists at a vendor.

    Attributes:
        token: the type of the resource that declares such a thing.
        id: what `pulumi import` knows it by.
        label: what a person knows it by; never a secret.
        fields: what tells it from others of its kind, by input name; all that `KEYS` of its vendor compares.
        gives: what other resources' inputs hold of it, by the name of that input: any of the texts.
        state: what it is, where the vendor's plugin cannot look it up; None: it can.
        within: id of what it is a part of; one of which the program declares nothing is another stack's business.
        by_itself: it is there whenever its parent is: not worth telling that nobody declares it.
    """

    token: str
    id: str
    label: str
    fields: Mapping[str, str]
    gives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    state: State | None = None
    within: str = ""
    by_itself: bool = False


@dataclass(frozen=True)
class Part:
    """One input of a natural key.

    Attributes:
        name: the input, with dots into objects, as in ``account.id``.
        absent: what it counts as where it is not given.
        normal: the form in which it is compared.
    """

    name: str
    absent: str = ""
    normal: Normal = str


#: Natural keys by token, parents before what refers to them; of each, the ways to know it, surest first.
Keys = Mapping[str, tuple[tuple[Part, ...], ...]]


def only(*values: str) -> frozenset[str]:
    """The possible texts of an input, those that are empty left out."""
    return frozenset(filter(None, values))
