"""What the preview after an import would still change, told by names of properties and never by their values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Operations that leave a resource as it is.
_QUIET = frozenset({"same", "read", "refresh"})
_REPLACE = "replace"
#: Names of variables are told, entries of lists by their place; a key in quotation marks may be anything.
_QUOTED = re.compile(r'\["[^"]*"\]')


@dataclass(frozen=True)
class Difference:
    """A resource that the next update would change.

    Attributes:
        urn: which.
        operation: what the update would do with it.
        properties: paths of what differs, sorted.
    """

    urn: str
    operation: str
    properties: tuple[str, ...]

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return self.urn.rpartition("::")[2]


def read(digest: Path) -> dict[str, Difference]:
    """The differences that a preview tells of, by URN; a replacement, which has several steps, once.

    Raises:
        ValueError: the preview ended before it had a digest.
    """
    found: dict[str, Difference] = {}
    for step in json.loads(digest.read_bytes())["steps"]:
        if (urn := step["urn"]) and step["op"] not in _QUIET:
            before = found.get(urn, Difference(urn, step["op"], ()))
            operation = _REPLACE if _REPLACE in step["op"] else before.operation
            found[urn] = Difference(urn, operation, tuple(sorted({*before.properties, *_properties(step)})))
    return found


def _properties(step: Mapping[str, Any]) -> set[str]:
    told = (*(step.get("detailedDiff") or {}), *(step.get("replaceReasons") or ()))
    return {_QUOTED.sub("[…]", path) for path in told or step.get("diffReasons") or ()}
