"""One measured figure, beside what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Figure:
    """A figure of one run on one machine; less is better.

    Attributes:
        name: group and figure, as in ``vault.capture_1gib``.
        value: what was measured, in `unit`.
        unit: ``s``, ``MiB`` and the like.
        peer: what else was measured in the same run; empty when nothing was.
        peer_value: the peer's figure, in `unit`.
        ratio: `value` over `peer_value`.
        limit: the most that `value` may be; None when it is only reported.
        ok: whether it is within the limit.
    """

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float | None
    ratio: float | None
    limit: float | None
    ok: bool

    @classmethod
    def of(  # noqa: PLR0913 - one argument for each thing a figure says
        cls,
        name: str,
        value: float,
        unit: str,
        *,
        peer: str = "",
        peer_value: float | None = None,
        limit: float | None = None,
    ) -> Self:
        """Make a figure; the ratio and the verdict follow from the rest."""
        return cls(
            name=name,
            value=value,
            unit=unit,
            peer=peer,
            peer_value=peer_value,
            ratio=value / peer_value if peer_value else None,
            limit=limit,
            ok=limit is None or value <= limit,
        )
