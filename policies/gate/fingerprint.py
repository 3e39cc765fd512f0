"""What tells a finding from another, run after run, while lines move."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One for each finding, all different: of its engine, id, resource (or file) and property, not of its line.

    Two that are equal in all of those, as two unpinned actions of one job, are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for row in findings:
        key = (row.engine.value, row.id, row.urn or row.file, row.where)
        made.append(_digest((*key, str(seen[key]))))
        seen[key] += 1
    return made


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
