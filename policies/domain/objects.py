"""Kubernetes objects by group and kind, alone or in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.facts import Facts, Value, entries, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Object:
    """One object of a resource: the path to it (empty: the resource is the object) and its fields."""

    path: str
    body: Value

    def at(self, *keys: str) -> str:
        """Path of something in the object."""
        return ".".join(part for part in (self.path, *keys) if part)

    def look(self, *keys: str) -> Value:
        """Something in the object, as `policies.facts.look` finds it."""
        return look(self.body, *keys)


def kinds(group: str, *names: str) -> Callable[[str], bool]:
    """Whether a type token is one of these kinds of an API group, in any version, or a list of them.

    Args:
        group: as in a token: ``core``, ``batch``, ``rbac.authorization.k8s.io``.
        names: kinds, as in ``CronJob``.
    """
    pattern = re.compile(rf"kubernetes:{re.escape(group)}/v\w+:(?:{'|'.join(map(re.escape, names))})(?:List)?")
    return lambda token: pattern.fullmatch(token) is not None


def objects(facts: Facts) -> Iterator[Object]:
    """The object that a resource is, or each that it lists."""
    if facts.token.endswith("List"):
        for place, item in enumerate(entries(look(facts.props, "items"))):
            yield Object(path=f"items[{place}]", body=item)
    else:
        yield Object(path="", body=facts.props)
