"""The sample's API: it answers lists in another order at each read, fills in what was not given, and keeps locks."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sandbox.fake.answers import as_json
from sandbox.fake.application import Application

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document


class Fake(Application):
    """Shelves and boxes by their ids."""

    def initial(self) -> Document:
        """Nothing."""
        return {"shelves": {}, "boxes": {}}

    def operations(self, request: Request) -> Sequence[str]:
        """The method and the collection."""
        return (f"{request.method} {request.path.split('/')[1]}",)

    def reads(self, request: Request) -> bool:
        """A GET changes nothing."""
        return request.method == "GET"

    def error(self, status: int, message: str) -> Response:
        """What went wrong."""
        return as_json({"message": message}, status)

    def answer(self, request: Request, state: Document, now: float) -> Response:
        """Do it."""
        del now
        _, kind, *rest = request.path.split("/")
        things: dict[str, Any] = state[kind]
        if rest and rest[0] not in things:
            return self.error(404, f"no {kind} {rest[0]}")
        if request.method == "GET":
            return as_json(_shown(things[rest[0]]) if rest else [_shown(item) for item in things.values()])
        if request.method == "DELETE":
            return as_json(things.pop(rest[0]))
        name = rest[0] if rest else secrets.token_hex(4)
        item = {**request.get_json(), "id": name}
        if kind == "shelves":
            item.setdefault("room", things.get(name, {}).get("room", "attic"))
            item["labels"] = [{"color": "grey", **label} for label in item.get("labels", [])]
            item["mark"] = f"S-{name}"
        else:
            item |= {"door": f"https://door.example/{name}", "version": things.get(name, {}).get("version", 0) + 1}
        things[name] = item
        return as_json(_shown(item))


def _shown(item: dict[str, Any]) -> dict[str, Any]:
    """A thing as the API tells it: never its lock, its labels in any order, null for what is not set."""
    if "door" in item:
        return {"hint": None, **{key: value for key, value in item.items() if key != "lock"}}
    return {"note": None, **item, "labels": secrets.SystemRandom().sample(item["labels"], len(item["labels"]))}
