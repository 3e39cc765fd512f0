"""Reading the engine's events while it writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from delivery.engine import Outcome, _new_lines

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@given(
    lines=st.lists(st.binary(min_size=1, max_size=20).filter(lambda row: b"\n" not in row and b"\r" not in row)),
    cuts=st.lists(st.integers(min_value=0, max_value=400)),
)
def test_lines_are_taken_once_and_whole_however_the_writes_are_cut(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], cuts: list[int]
) -> None:
    """Wherever the file ends at each look, every whole line is given exactly once, in order."""
    path = tmp_path_factory.mktemp("log") / "events"
    content = b"".join(line + b"\n" for line in lines)
    taken: list[bytes] = []
    offset = 0

    for cut in [*sorted(cuts), len(content)]:
        path.write_bytes(content[:cut])
        found, offset = _new_lines(path, offset)
        taken += found

    # bytes.splitlines also ends a line at other control characters than newline; JSON escapes them all.
    assert b"".join(lines) == b"".join(taken).replace(b"\n", b"")


def test_no_file_yet_gives_no_lines(tmp_path: Path) -> None:
    """The engine has not opened its log: nothing, and the offset stays."""
    found, offset = _new_lines(tmp_path / "none", 7)

    assert ([], 7) == (list(found), offset)


def test_what_stays_as_it_is_counts_as_no_change(tmp_path: Path) -> None:
    """Same, read and refresh are no changes; everything else is."""
    outcome = Outcome(0, tmp_path, tmp_path, changes={"same": 9, "refresh": 9, "create": 2, "replace": 1, "delete": 1})

    assert outcome.changed == 4
