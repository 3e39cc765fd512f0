"""Lists page by page, as Relay's connections."""

from __future__ import annotations

import base64
import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sandbox.fake.store import Document
    from sandbox.railway.account import Arguments

_T = TypeVar("_T")


def connection(items: Sequence[Document], arguments: Arguments) -> Document:
    """The page that `first`, `after`, `last` and `before` ask for; all of it where they do not."""
    cursors = [_cursor(item) for item in items]
    begin, end = 0, len(items)
    if arguments.get("after") in cursors:
        begin = cursors.index(arguments["after"]) + 1
    if arguments.get("before") in cursors:
        end = cursors.index(arguments["before"])
    if arguments.get("first") is not None:
        end = min(end, begin + arguments["first"])
    if arguments.get("last") is not None:
        begin = max(begin, end - arguments["last"])
    edges = [{"node": item, "cursor": _cursor(item)} for item in items[begin:end]]
    info = {
        "hasPreviousPage": begin > 0,
        "hasNextPage": end < len(items),
        "startCursor": edges[0]["cursor"] if edges else None,
        "endCursor": edges[-1]["cursor"] if edges else None,
    }
    return {"edges": edges, "pageInfo": info}


def in_any_order(items: Iterable[_T]) -> list[_T]:
    """What is a set to Railway comes in another order each time."""
    shuffled = list(items)
    random.shuffle(shuffled)
    return shuffled


def _cursor(item: Document) -> str:
    return base64.b64encode(str(item["id"]).encode()).decode()
