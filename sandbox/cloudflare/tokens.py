"""Tokens of an account. A token's value is told once, when it is made, and kept nowhere."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sandbox.cloudflare.asking import Ask, Pages, RefusedError, found, identity, objects, text

if TYPE_CHECKING:
    from sandbox.fake.store import Document

#: The permission groups that tokens are made of here (Cloudflare documentation, "API token permissions").
_GROUPS = {
    "6a018a9f2fc74eb6b293b0c548f38b39": "Workers R2 Storage Bucket Item Read",
    "2efd5506f9c8494dacb1fa10a3e7d5b6": "Workers R2 Storage Bucket Item Write",
}
_OPTIONS = ("expires_on", "not_before", "condition")


def every(ask: Ask) -> Pages:
    """List the tokens."""
    return Pages(list(ask.account["tokens"].values()))


def make(ask: Ask) -> Document:
    """Create a token: the one answer that tells its value."""
    new = identity()
    ask.account["tokens"][new] = _written(ask, {"id": new, "issued_on": ask.time, "status": "active"})
    return {**_one(ask, new), "value": secrets.token_urlsafe(30)}


def one(ask: Ask) -> Document:
    """Get a token."""
    return _one(ask, ask.ids["token_id"])


def replace(ask: Ask) -> Document:
    """Update a token; its value stays."""
    held = one(ask)
    ask.account["tokens"][held["id"]] = _written(ask, held)
    return one(ask)


def remove(ask: Ask) -> Document:
    """Delete a token."""
    held = one(ask)
    del ask.account["tokens"][held["id"]]
    return {"id": held["id"]}


def _written(ask: Ask, held: Document) -> Document:
    policies = objects(ask.body, "policies")
    if not policies:
        raise RefusedError(400, 1001, "policies: at least one is missing")
    return {
        "id": held["id"],
        "name": text(ask.body, "name"),
        "status": ask.body.get("status") or held["status"],
        "issued_on": held["issued_on"],
        "modified_on": ask.time,
        **{key: ask.body[key] for key in _OPTIONS if ask.body.get(key) is not None},
        "policies": [_policy(policy) for policy in policies],
    }


def _policy(given: Document) -> Document:
    groups, resources = objects(given, "permission_groups"), given.get("resources") or {}
    if text(given, "effect") not in ("allow", "deny"):
        raise RefusedError(400, 1001, "effect: allow or deny")
    if not groups or not resources:
        raise RefusedError(400, 1001, "permission_groups, resources: at least one of each is missing")
    if unknown := [one.get("id") for one in groups if one.get("id") not in _GROUPS]:
        raise RefusedError(400, 1001, f"no such permission group: {unknown[0]}")
    return {
        "id": identity(),
        "effect": given["effect"],
        "permission_groups": [{"id": one["id"], "name": _GROUPS[one["id"]]} for one in groups],
        "resources": resources,
    }


def _one(ask: Ask, wanted: str) -> Document:
    return found(ask.account["tokens"], wanted, 1000, "token")
