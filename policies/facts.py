"""What a rule knows of a resource: plain values, with a marker where the engine does not know a value yet.

Rules depend on this file alone, never on the policy SDK: so they run in a unit test, over a recorded inventory
and inside the engine alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias


class Unknown(Enum):
    """The marker of a value that only the update will know; one member, so that ``is`` narrows the type."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN

#: A property as the engine sends it. Numbers arrive as floats: the protocol has no integers.
Value: TypeAlias = "bool | float | str | Unknown | Sequence[Value] | Mapping[str, Value] | None"


@dataclass(frozen=True)
class Facts:
    """One resource, as a rule sees it.

    Attributes:
        token: Pulumi type token, as in ``aws:s3/bucket:Bucket``.
        name: the resource's name in the program.
        urn: ``urn:pulumi:<stack>::<project>::<types>::<name>``.
        props: inputs by their Pulumi names (camelCase).
        protect: the `protect` option.
        depends: URNs of the resources that each property was computed from; filled for stack rules only.
        secret: paths, as `policies.domain.walk` writes them, of what the program has marked secret and the engine
            still shows.
    """

    token: str
    name: str
    urn: str
    props: Mapping[str, Value]
    protect: bool = False
    depends: Mapping[str, frozenset[str]] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()

    @property
    def stack(self) -> str:
        """The stack's name, read from the URN; empty when the URN is not one."""
        parts = self.urn.removeprefix("urn:pulumi:").split("::")
        return parts[0] if self.urn.startswith("urn:pulumi:") and len(parts) > 1 else ""


def look(value: Value, *path: str) -> Value:
    """Follow keys into nested mappings: None where a key is missing, `UNKNOWN` where an unknown is in the way."""
    for key in path:
        if value is UNKNOWN:
            return UNKNOWN
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def entries(value: Value) -> Sequence[Value]:
    """The entries of a list; one entry that is `UNKNOWN` for an unknown list, none where there is no list."""
    if value is UNKNOWN:
        return (UNKNOWN,)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    return ()
