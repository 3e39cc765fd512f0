"""The sample provider as the suite's subject."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.providers.conformance.sample.fake import Fake
from tests.providers.conformance.subject import Declared, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from wsgiref.types import WSGIApplication

    from sandbox.fake.store import Document

_TOKEN = "canary-" + "of-the-token"
_CONTENT = "canary-" + "of-the-content"
_LOCK = "canary-" + "of-the-lock"
_HINT = "canary-" + "of-the-hint"
SHELF, BOX = "sample:index:Shelf", "sample:index:Box"


class Sample(Subject):
    """Two shelves and three boxes."""

    package = "sample"
    plugin = Path(__file__).parent
    tokens = frozenset({SHELF, BOX})
    resources = (
        Declared("wide", SHELF, {"name": "wide", "size": 5, "labels": [{"key": "b"}, {"key": "a", "value": "no"}]}),
        Declared("narrow", SHELF, {"name": "narrow", "room": "cellar"}),
        Declared(
            "tools",
            BOX,
            {
                "shelfId": {"$output": ["wide", "id"]},
                "name": "tools",
                "contents": {"left": _CONTENT, "right": {"$secret": "pin"}},
                "lock": _LOCK,
            },
        ),
        Declared("toys", BOX, {"shelfId": {"$output": ["wide", "id"]}, "name": "toys", "hint": {"$secret": _HINT}}),
        Declared("books", BOX, {"shelfId": {"$output": ["wide", "id"]}, "name": {"$output": ["narrow", "mark"]}}),
    )
    changed = (
        Declared("wide", SHELF, {"name": "wide", "size": 6, "labels": [{"key": "a", "value": "no"}, {"key": "c"}]}),
        Declared("narrow", SHELF, {"name": "narrow", "room": "cellar"}),
        Declared(
            "tools",
            BOX,
            {"shelfId": {"$output": ["narrow", "id"]}, "name": "tools", "contents": {"left": _CONTENT}, "lock": _LOCK},
        ),
        Declared("toys", BOX, {"shelfId": {"$output": ["wide", "id"]}, "name": "toys", "hint": "under the bed"}),
        Declared("books", BOX, {"shelfId": {"$output": ["wide", "id"]}, "name": {"$output": ["narrow", "mark"]}}),
    )
    updates = frozenset({"wide", "toys"})
    replaces = frozenset({"tools"})
    drift = {"wide": "size", "narrow": "note", "tools": "contents"}  # noqa: RUF012 - a ClassVar of the base
    lost = frozenset({"books"})
    canaries = (_TOKEN, _CONTENT, _LOCK, _HINT, "https://door" + ".example")

    def __init__(self) -> None:
        self.fake = Fake(_TOKEN)

    @property
    def application(self) -> WSGIApplication:
        """The fake."""
        return self.fake

    def configuration(self, url: str) -> Mapping[str, str]:
        """Where it is."""
        return {"endpoint": url, "token": _TOKEN}

    def things(self) -> Collection[str]:
        """Shelves and boxes."""
        return [*self._state["shelves"], *self._state["boxes"]]

    def requests(self) -> int:
        """All but the admin's."""
        return self.fake.total

    def meddle(self) -> None:
        """Somebody cleaned up."""
        self._of("shelves", "wide")["size"] = 9
        self._of("shelves", "narrow")["note"] = "dusty"
        self._of("boxes", "tools")["contents"]["left"] = "gone"
        self._state["boxes"] = {
            key: box for key, box in self._state["boxes"].items() if not box["name"].startswith("S-")
        }

    def mended(self) -> bool:
        """As it was."""
        shelves = self._of("shelves", "wide")["size"], self._of("shelves", "narrow").get("note")
        return (5, None, _CONTENT) == (*shelves, self._of("boxes", "tools")["contents"]["left"])

    @property
    def _state(self) -> Document:
        return self.fake.store.document

    def _of(self, kind: str, name: str) -> Document:
        found: Document = next(item for item in self._state[kind].values() if item["name"] == name)
        return found
