"""R2 buckets, as far as they are not objects: where they lie, and their rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.cloudflare.asking import Ask, RefusedError, found, rules, text

if TYPE_CHECKING:
    from sandbox.fake.store import Document

_GONE = 10006
_NO_CORS = 10059
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_PLACES = ("apac", "eeur", "enam", "oc", "weur", "wnam")
_CLASSES = ("Standard", "InfrequentAccess")

#: What each new bucket has (Cloudflare R2 documentation, "Object lifecycles").
_LIFECYCLE: Document = {
    "id": "Default Multipart Abort Rule",
    "enabled": True,
    "conditions": {"prefix": ""},
    "abortMultipartUploadsTransition": {"condition": {"type": "Age", "maxAge": 604_800}},
}


def every(ask: Ask) -> Document:
    """List the buckets: R2 gives them inside an object."""
    return {"buckets": [_shown(bucket) for _, bucket in sorted(ask.account["buckets"].items())]}


def make(ask: Ask) -> Document:
    """Create a bucket."""
    name, place = text(ask.body, "name"), str(ask.body.get("locationHint") or "weur").lower()
    storage = ask.body.get("storageClass", "Standard")
    if not _NAME.fullmatch(name):
        raise RefusedError(400, 10005, "The specified bucket name is not valid.")
    if place not in _PLACES or storage not in _CLASSES:
        raise RefusedError(400, 10001, f"locationHint: {', '.join(_PLACES)}; storageClass: {', '.join(_CLASSES)}")
    if name in ask.account["buckets"]:
        raise RefusedError(409, 10004, "The bucket you tried to create already exists, and you own it.")
    ask.account["buckets"][name] = {
        "name": name,
        "creation_date": ask.time,
        "location": place.upper(),
        "jurisdiction": "default",
        "storage_class": storage,
        "cors": None,
        "lifecycle": {"rules": [_LIFECYCLE]},
        "lock": {"rules": []},
        "managed": {"bucketId": name, "domain": "pub.sandbox.invalid", "enabled": False},
    }
    return _shown(ask.account["buckets"][name])


def one(ask: Ask) -> Document:
    """Get a bucket."""
    return _shown(_one(ask))


def remove(ask: Ask) -> Document:
    """Delete a bucket."""
    del ask.account["buckets"][_one(ask)["name"]]
    return {}


def cors(ask: Ask) -> Document:
    """Get a bucket's CORS rules."""
    held: Document | None = _one(ask)["cors"]
    if held is None:
        raise RefusedError(404, _NO_CORS, "The CORS configuration does not exist.")
    return held


def edit_cors(ask: Ask) -> Document:
    """Set a bucket's CORS rules."""
    _one(ask)["cors"] = {"rules": rules(ask.body)}
    return {}


def remove_cors(ask: Ask) -> Document:
    """Delete a bucket's CORS rules."""
    _one(ask)["cors"] = None
    return {}


def lifecycle(ask: Ask) -> Document:
    """Get a bucket's lifecycle."""
    held: Document = _one(ask)["lifecycle"]
    return held


def edit_lifecycle(ask: Ask) -> Document:
    """Set a bucket's lifecycle."""
    _one(ask)["lifecycle"] = {"rules": rules(ask.body)}
    return {}


def lock(ask: Ask) -> Document:
    """Get a bucket's lock rules."""
    held: Document = _one(ask)["lock"]
    return held


def edit_lock(ask: Ask) -> Document:
    """Set a bucket's lock rules."""
    _one(ask)["lock"] = {"rules": rules(ask.body)}
    return {}


def managed(ask: Ask) -> Document:
    """Get whether a bucket is open at its r2.dev address."""
    held: Document = _one(ask)["managed"]
    return held


def edit_managed(ask: Ask) -> Document:
    """Set whether a bucket is open at its r2.dev address."""
    enabled = ask.body.get("enabled")
    if not isinstance(enabled, bool):
        raise RefusedError(400, 10040, "enabled: true or false is missing")
    managed(ask)["enabled"] = enabled
    return managed(ask)


def _one(ask: Ask) -> Document:
    return found(ask.account["buckets"], ask.ids["bucket_name"], _GONE, "bucket")


def _shown(bucket: Document) -> Document:
    return {key: bucket[key] for key in ("name", "creation_date", "location", "jurisdiction", "storage_class")}
