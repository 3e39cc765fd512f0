"""`docs/requirements.md`: the list that code points at."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]
_ID = r"\b(?:SH|BK|OB|CG|DL|PF|AQ|AN|RD)-[0-9]+\b"


def listed() -> list[str]:
    """Ids in the first column of the list."""
    text = (CHECKOUT / "docs/requirements.md").read_text(encoding="utf-8")
    return re.findall(rf"^\| ({_ID}) \|", text, flags=re.MULTILINE)


def test_every_id_stands_once() -> None:
    """An id means one requirement."""
    assert [] == [key for key, count in Counter(listed()).items() if count > 1]


def test_every_id_that_the_program_names_is_listed() -> None:
    """A figure's source in a docstring can be looked up."""
    named = {key for path in (CHECKOUT / "infra").rglob("*.py") for key in re.findall(_ID, path.read_text("utf-8"))}

    assert named
    assert set() == named - set(listed())
