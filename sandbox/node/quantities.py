"""Kubernetes quantities as plain numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from lightkube.utils.quantity import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping


def amount(quantity: object) -> Decimal:
    """A quantity such as ``500m`` or ``1Gi`` as a number of cores or bytes; nothing given is 0."""
    return Decimal(0) if quantity is None else (parse_quantity(str(quantity)) or Decimal(0))


def size(quantity: object) -> int | None:
    """A quantity as whole bytes, rounded up; None where none is given."""
    return None if quantity is None else math.ceil(amount(quantity))


def pick(quantities: Mapping[str, object] | None, name: str) -> int | None:
    """Whole bytes of one entry of ``limits`` or ``requests``; None where it is absent."""
    return size((quantities or {}).get(name))
