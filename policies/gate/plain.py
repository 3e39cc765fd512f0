"""Text from anywhere made fit to be shown: a name in a preview may hold whatever JSON can."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from policies.finding import Finding
    from policies.suppression import Suppression

#: Most characters of one text: a message, a URN. Real ones have at most some hundred.
MOST: Final = 2000
#: The highest line that is one: what reads SARIF and JUnit keeps lines in 32 bits.
MOST_LINES: Final = 2**31 - 1

#: A page on the web, in characters that a URI may hold.
_PAGE: Final = re.compile(r"https://[!-~]{1,2000}")


def text(value: str, most: int = MOST) -> str:
    r"""One line of characters that a terminal, JSON and XML can all hold.

    What cannot be printed, as a terminal's escape or half a surrogate pair, is spelled out: ``\x1b``. What is too long
    is cut, and says so.
    """
    cut = value if len(value) <= most else f"{value[: most - 1]}…"
    if cut.isprintable():
        return cut
    return "".join(one if one.isprintable() else _spelled(one) for one in cut)


def finding(row: Finding) -> Finding:
    """A finding whose every text is fit to be shown."""
    return replace(
        row,
        id=text(row.id),
        urn=text(row.urn),
        file=text(row.file),
        line=row.line if 0 < row.line <= MOST_LINES else 0,
        where=text(row.where),
        message=text(row.message),
        fix=text(row.fix),
        link=row.link if _PAGE.fullmatch(row.link) else "",
        suppressed=suppression(row.suppressed) if row.suppressed else None,
    )


def suppression(row: Suppression) -> Suppression:
    """A suppression whose every text is fit to be shown."""
    return replace(
        row,
        id=text(row.id),
        where=text(row.where),
        reason=text(row.reason),
        owner=text(row.owner),
        stacks=tuple(map(text, row.stacks)),
        source=text(row.source),
    )


def _spelled(one: str) -> str:
    if one in "\n\r\t":
        return " "
    code = ord(one)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - widths of Python's own escapes
