"""The API: routes, pages of listings, and what the vendor does that one would not expect.

Names come escaped for HTML, lists that are sets come in another order each time, and a create can persist and say "not
found" all the same: ``PUT /_sandbox/persisted {"times": n}`` asks for that of the next creates of monitors.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from sandbox.fake.answers import as_json
from sandbox.fake.application import Application
from sandbox.fake.fields import number
from sandbox.uptimerobot import monitors, shapes, shapes_other, things
from sandbox.uptimerobot.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document

BASE: Final = "/v3"

#: Things on a page, where nothing else is asked for.
PAGE: Final = 50

#: The most monitors on one.
MOST: Final = 200

#: Collection -> what keeps a create's or an update's fields.
_KEEP: Final[Mapping[str, Callable[[dict[str, Any], Mapping[str, Any], Any], None]]] = {
    "monitors": monitors.kept,
    "monitor-groups": things.group,
    "maintenance-windows": things.window,
    "alert-contacts": things.contact,
    "integrations": things.integration,
    "psps": things.page,
}

#: Collection -> what a create takes, what an update takes.
_SHAPES: Final[Mapping[str, tuple[type[shapes.Shape], type[shapes.Shape]]]] = {
    "monitor-groups": (shapes_other.Group, shapes_other.GroupChange),
    "maintenance-windows": (shapes_other.Window, shapes_other.WindowChange),
    "alert-contacts": (shapes_other.Contact, shapes_other.ContactChange),
    "psps": (shapes_other.Page, shapes_other.PageChange),
}

_NAMES: Final = {
    "monitors": "Monitor",
    "monitor-groups": "Monitor group",
    "maintenance-windows": "Maintenance window",
    "alert-contacts": "Alert contact",
    "integrations": "Integration",
    "psps": "PSP",
    "tags": "Tag",
}

#: What sets a monitor's status.
_STATUSES: Final[Mapping[tuple[str, ...], str]] = {("POST", "pause"): "PAUSED", ("POST", "start"): "STARTED"}

#: Lists whose order means nothing.
_SETS: Final = ("tags", "assignedAlertContacts", "maintenanceWindows", "successHttpResponseCodes", "monitorIds", "days")


class UptimeRobot(Application):
    """The API of one account."""

    _order = random.Random(0)  # noqa: S311 - no secret
    _persisted = 0

    def initial(self) -> Document:
        """An account with nothing in it."""
        return {"next": 800_000_001, **{name: {} for name in _NAMES}}

    def operations(self, request: Request) -> Sequence[str]:
        """As in ``PATCH /monitors/{id}``."""
        path = request.path.removeprefix(BASE).rstrip("/")
        return (f"{request.method} {re.sub(r'/[0-9]+', '/{id}', path)}",)

    def reads(self, request: Request) -> bool:
        """Whether it is a GET."""
        return request.method == "GET"

    def error(self, status: int, message: str) -> Response:
        """As the vendor says no."""
        return as_json({"message": message}, status)

    def admin(self, path: str, document: Any) -> object:  # noqa: ANN401 - JSON of any kind
        """``persisted``: so many creates of monitors say "not found" after they were done."""
        if path != "persisted":
            raise LookupError(path)
        self._persisted = int(number(document, "times"))
        return {}

    def public(self, request: Request, state: Document, now: float) -> Response | None:
        """A heartbeat's report: whoever knows the address may."""
        if not request.path.startswith(monitors.HEARTBEATS):
            return None
        try:
            return as_json({"status": monitors.beat(state, request.path.removeprefix(monitors.HEARTBEATS), now)})
        except RefusedError as error:
            return self.error(error.status, str(error))

    def answer(self, request: Request, state: Document, now: float) -> Response:
        """Do what is asked."""
        try:
            return self._routed(request, state, now)
        except RefusedError as error:
            self.store.revert()
            return as_json({"message": str(error), **({"code": error.code} if error.code else {})}, error.status)

    def _routed(self, request: Request, state: Document, now: float) -> Response:
        parts = request.path.removeprefix(BASE).strip("/").split("/")
        collection, rest = parts[0], parts[1:]
        if request.path.startswith(BASE) and collection in _NAMES:
            if rest:
                return self._one(request, state, collection, rest, now)
            if request.method == "GET":
                return self._listed(request, state, collection, now)
            if request.method == "POST" and collection in _KEEP:
                return self._created(request, state, collection, now)
        raise RefusedError(404, f"Cannot {request.method} {request.path}")

    def _one(self, request: Request, state: Document, collection: str, path: list[str], now: float) -> Response:
        if collection == "tags":
            return _untag(state, path[0], request.method)
        record = state[collection].get(path[0])
        if record is None:
            raise RefusedError(404, f"{_NAMES[collection]} not found", "000-004" if collection == "monitors" else "")
        asked = (request.method, *path[1:])
        if asked == ("DELETE",):
            _forget(state, collection, record)
            return as_json({})
        if asked == ("PATCH",):
            _KEEP[collection](record, self._body(request, collection, record), state)
        elif collection == "monitors" and asked in _STATUSES:
            record["status"] = _STATUSES[asked]
        elif asked != ("GET",):
            raise RefusedError(404, f"Cannot {request.method} {request.path}")
        return as_json(self._shown(request, state, collection, record, now), 201 if path[1:] else 200)

    def _listed(self, request: Request, state: Document, collection: str, now: float) -> Response:
        query = request.args.to_dict()
        if collection == "tags":
            rows = [{"id": id_, "name": name} for name, id_ in state["tags"].items()]
            return as_json({"data": rows, "nextCursorId": None})
        size = _count(query, "limit", PAGE) if collection == "monitors" else PAGE
        if not 1 <= size <= MOST:
            raise RefusedError(400, f"limit must be 1 to {MOST}")
        items = [self._shown(request, state, collection, record, now) for record in state[collection].values()]
        fits = monitors.matches(query) if collection == "monitors" else bool
        after = _count(query, "cursor", 0)
        rest = sorted((item for item in items if item["id"] > after and fits(item)), key=lambda item: item["id"])
        page = rest[:size]
        link = f"{request.host_url}v3/{collection}/?limit={size}&cursor={page[-1]['id']}" if len(rest) > size else None
        return as_json({"nextLink": link, "data": page})

    def _created(self, request: Request, state: Document, collection: str, now: float) -> Response:
        body = self._body(request, collection, None)
        id_ = state["next"]
        state["next"] += 1
        created = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        record: dict[str, Any] = {"id": id_, "created": created}
        if collection == "monitors":
            record |= {"type": body["type"], "status": "STARTED", "key": f"m{id_}-{_hash(id_)}"}
        if collection == "psps":
            record["key"] = _hash(id_)
        _KEEP[collection](record, body, state)
        state[collection][str(id_)] = record
        if collection == "monitors" and self._persisted:
            self._persisted -= 1
            return as_json({"message": "Monitor not found", "code": "000-004"}, 404)
        return as_json(self._shown(request, state, collection, record, now), 201)

    def _body(self, request: Request, collection: str, record: Mapping[str, Any] | None) -> dict[str, Any]:
        """What was sent, held to its shape."""
        try:
            sent = json.loads(request.get_data())
        except ValueError:
            raise RefusedError(400, "the body is no JSON") from None
        if not isinstance(sent, dict):
            raise RefusedError(400, "the body is no object")
        try:
            _shape(collection, sent, record).model_validate(sent)
            if collection == "integrations":
                # An update's data are a part: with what is kept they are whole.
                kept = record["data"] if record else {}
                shapes_other.CHANNELS[str(sent["type"])].model_validate({**kept, **sent["data"]})
        except ValidationError as error:
            places = {f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors()}
            raise RefusedError(400, "; ".join(sorted(places))) from None
        return sent

    def _shown(
        self, request: Request, state: Document, collection: str, record: Mapping[str, Any], now: float
    ) -> dict[str, Any]:
        if collection == "monitors":
            item = monitors.shown(record, state, request.host_url.rstrip("/"), now)
        elif collection == "monitor-groups":
            item = {**record, "createdAt": record["created"], "updatedAt": record["created"]}
            del item["created"]
        elif collection == "alert-contacts":
            item = things.contact_shown(record)
            del item["created"]
        elif collection == "integrations":
            item = things.integration_shown(record)
        elif collection == "psps":
            item = things.page_shown(record)
        else:
            item = dict(record)
        return monitors.escaped({name: self._reordered(name, value) for name, value in item.items()})

    def _reordered(self, name: str, value: Any) -> Any:  # noqa: ANN401 - JSON of any kind
        if name not in _SETS or not isinstance(value, list):
            return value
        return self._order.sample(value, len(value))


def _count(query: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(query.get(name, default))
    except ValueError:
        raise RefusedError(400, f"{name} must be a number") from None


def _shape(collection: str, sent: Mapping[str, Any], record: Mapping[str, Any] | None) -> type[shapes.Shape]:
    """The shape that a body is held to."""
    if collection == "monitors":
        if record is not None:
            return shapes.MonitorChange
        type_ = str(sent.get("type"))
        if type_ not in shapes.MONITORS:
            raise RefusedError(400, f"type must be one of: {', '.join(shapes.MONITORS)}")
        return shapes.MONITORS[type_]
    if collection == "integrations":
        if str(sent.get("type")) not in shapes_other.CHANNELS:
            raise RefusedError(400, f"type must be one of: {', '.join(shapes_other.CHANNELS)}")
        return shapes_other.Integration
    return _SHAPES[collection][0 if record is None else 1]


def _untag(state: Document, id_: str, method: str) -> Response:
    names = {str(number): name for name, number in state["tags"].items()}
    if method != "DELETE" or id_ not in names:
        raise RefusedError(404, "Tag not found")
    del state["tags"][names[id_]]
    for record in state["monitors"].values():
        record["tags"] = [tag for tag in record.get("tags", ()) if str(tag) != id_]
    return as_json({}, 200)


def _forget(state: Document, collection: str, record: Mapping[str, Any]) -> None:
    """Remove a thing, and from all that named it."""
    id_ = record["id"]
    del state[collection][str(id_)]
    if collection == "monitors":
        for other in (*state["maintenance-windows"].values(), *state["psps"].values()):
            other["monitorIds"] = [monitor for monitor in other["monitorIds"] if monitor != id_]
    for monitor in state["monitors"].values():
        if collection == "monitor-groups" and monitor.get("groupId") == id_:
            monitor["groupId"] = 0
        if collection in {"alert-contacts", "integrations"}:
            kept = [one for one in monitor.get("assignedAlertContacts", ()) if one["alertContactId"] != id_]
            monitor["assignedAlertContacts"] = kept


def _hash(id_: int) -> str:
    """What follows the number in an address: looks like chance, and is the same each time."""
    return hashlib.sha256(str(id_).encode()).hexdigest()[:10]
