"""DNS records of a zone."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from sandbox.cloudflare.asking import Ask, Pages, RefusedError, found, identity, text

if TYPE_CHECKING:
    from sandbox.fake.store import Document

#: Types that Cloudflare may stand before.
_PROXIABLE = ("A", "AAAA", "CNAME")
#: The types that this repository may declare.
_KINDS = (*_PROXIABLE, "CAA", "MX", "NS", "SRV", "TXT")
#: Seconds that a record may be kept elsewhere, beside automatic (Cloudflare API reference, "DNS records").
_TTL = range(60, 86_401)
#: "Automatic", the only one that a proxied record has.
_AUTOMATIC = 1
_FIELDS = ("name", "type", "content", "ttl", "proxied", "comment", "tags", "settings", "priority", "data")


def every(ask: Ask) -> Pages:
    """List the records, by name and type where asked."""
    asked = {key: ask.query[key] for key in ("name", "type") if key in ask.query}
    kept = (one for one in _records(ask).values() if all(one[key] == value for key, value in asked.items()))
    return Pages(list(kept))


def make(ask: Ask) -> Document:
    """Create a record."""
    new = identity()
    _records(ask)[new] = _checked(ask, {"id": new, "created_on": ask.time}, ask.body)
    return _one(ask, new)


def one(ask: Ask) -> Document:
    """Get a record."""
    return _one(ask, ask.ids["dns_record_id"])


def replace(ask: Ask) -> Document:
    """Overwrite a record: what is not given is as with a new one."""
    held = one(ask)
    kept = {"id": held["id"], "created_on": held["created_on"]}
    _records(ask)[held["id"]] = _checked(ask, kept, ask.body)
    return one(ask)


def edit(ask: Ask) -> Document:
    """Update a record: what is not given stays."""
    held = one(ask)
    _records(ask)[held["id"]] = _checked(ask, held, {**held, **ask.body})
    return one(ask)


def remove(ask: Ask) -> Document:
    """Delete a record."""
    held = one(ask)
    del _records(ask)[held["id"]]
    return {"id": held["id"]}


def _checked(ask: Ask, kept: Document, body: Document | object) -> Document:
    given = dict(body) if isinstance(body, dict) else {}
    kind, name = text(given, "type"), text(given, "name")
    name = _full(name, ask.zone["name"])
    if kind not in _KINDS:
        raise RefusedError(400, 1004, f"type: {kind!r} is none of {', '.join(_KINDS)}")
    proxied = given.get("proxied") or False
    ttl = given.get("ttl", _AUTOMATIC)
    if not isinstance(proxied, bool):
        raise RefusedError(400, 1004, "proxied: true or false is missing")
    if ttl != _AUTOMATIC and ttl not in _TTL:
        raise RefusedError(400, 9021, "Invalid TTL. Must be between 60 and 86,400 seconds, or 1 for Automatic.")
    _check_content(kind, given)
    if proxied and kind not in _PROXIABLE:
        raise RefusedError(400, 9004, f"This record type cannot be proxied: {kind}")
    record: Document = {
        **kept,
        "comment": None,
        "tags": [],
        "settings": {},
        "meta": {},
        **{key: given[key] for key in _FIELDS if given.get(key) is not None},
        "name": name,
        "proxied": proxied,
        "proxiable": kind in _PROXIABLE,
        "ttl": _AUTOMATIC if proxied else ttl,
        "modified_on": ask.time,
    }
    for other in _records(ask).values():
        if other["id"] != kept["id"] and other["name"] == name:
            _beside(record, other)
    return record


def _full(name: str, zone: str) -> str:
    """A name outside the zone is taken for one below it, as Cloudflare does."""
    name = name.lower().removesuffix(".")
    if name in ("@", zone):
        return zone
    return name if name.endswith(f".{zone}") else f"{name}.{zone}"


def _check_content(kind: str, given: Document) -> None:
    if kind in ("A", "AAAA"):
        version, code = (4, 9005) if kind == "A" else (6, 9006)
        try:
            fits = ipaddress.ip_address(text(given, "content")).version == version
        except ValueError:
            fits = False
        if not fits:
            raise RefusedError(400, code, f"Content for {kind} record must be a valid IPv{version} address.")
    elif kind in ("CNAME", "TXT"):
        text(given, "content")


def _beside(record: Document, other: Document) -> None:
    if "CNAME" in (record["type"], other["type"]):
        raise RefusedError(400, 81053, "An A, AAAA, or CNAME record with that host already exists.")
    if (record["type"], record.get("content")) == (other["type"], other.get("content")):
        raise RefusedError(400, 81058, "An identical record already exists.")


def _records(ask: Ask) -> Document:
    records: Document = ask.zone["dns_records"]
    return records


def _one(ask: Ask, wanted: str) -> Document:
    return found(_records(ask), wanted, 81044, "record")
