"""The pack's README lists the rules as they are."""

from __future__ import annotations

import re
from pathlib import Path

from policies.crossguard import PENDING_ID
from policies.rules import RULES

README = Path(__file__).parents[2] / "policies" / "README.md"


def test_the_table_is_the_pack() -> None:
    """Every rule has its row, with its level, harm and demand, in the pack's order."""
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (\w+) \| (.+) \|$", README.read_text("utf-8"), re.MULTILINE)
    expected = [(rule.id, rule.enforcement.value, rule.severity.value, rule.title) for rule in RULES]

    assert expected == [row for row in rows if row[0] != PENDING_ID]
    assert PENDING_ID in {row[0] for row in rows}
