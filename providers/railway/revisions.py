"""Revisions: the mark of what a deployment is made of. Each write makes a new one, and whoever deploys compares them.

A mark says too whether it is of a write or was made up by a read, as an import's is: what was only found runs already.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from providers.kit.values import UNKNOWN

if TYPE_CHECKING:
    from providers.kit.values import Value

_WRITTEN: Final = "written-"


def written() -> str:
    """The mark of a write."""
    return f"{_WRITTEN}{uuid.uuid4().hex}"


def found() -> str:
    """The mark of what was there already."""
    return f"found-{uuid.uuid4().hex}"


def is_of_a_write(mark: Value) -> bool:
    """Whether something was, or will be, written; of any other text nothing is known."""
    return mark is UNKNOWN or (isinstance(mark, str) and mark.startswith(_WRITTEN))
