"""Rulesets of a zone: the one of each phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.cloudflare.asking import Ask, Pages, RefusedError, found, identity, rules, text

if TYPE_CHECKING:
    from sandbox.fake.store import Document

_GONE = 10004


def every(ask: Ask) -> Pages:
    """List the rulesets, without their rules."""
    return Pages([{key: value for key, value in held.items() if key != "rules"} for held in _all(ask).values()])


def make(ask: Ask) -> Document:
    """Create a ruleset."""
    phase = text(ask.body, "phase")
    if any(held["phase"] == phase for held in _all(ask).values()):
        raise RefusedError(400, 20217, f"the zone has a ruleset of the phase {phase!r} already")
    new = identity()
    _all(ask)[new] = _written(ask, {"id": new, "kind": text(ask.body, "kind"), "phase": phase, "rules": []}, "1")
    return _all_of(ask, new)


def one(ask: Ask) -> Document:
    """Get a ruleset."""
    return _all_of(ask, ask.ids["ruleset_id"])


def entry_point(ask: Ask) -> Document:
    """Get the ruleset of a phase."""
    phase = ask.ids["ruleset_phase"]
    held: Document | None = next((one for one in _all(ask).values() if one["phase"] == phase), None)
    if held is None:
        raise RefusedError(404, _GONE, f"could not find entrypoint ruleset in the {phase} phase")
    return held


def replace(ask: Ask) -> Document:
    """Update a ruleset: its rules become those given."""
    held = one(ask)
    _all(ask)[held["id"]] = _written(ask, held, str(int(held["version"]) + 1))
    return one(ask)


def remove(ask: Ask) -> None:
    """Delete a ruleset."""
    del _all(ask)[one(ask)["id"]]


def _written(ask: Ask, held: Document, version: str) -> Document:
    return {
        "name": ask.body.get("name", held.get("name", "default")),
        "description": ask.body.get("description", held.get("description", "")),
        "id": held["id"],
        "kind": held["kind"],
        "phase": held["phase"],
        "version": version,
        "last_updated": ask.time,
        "rules": _rules(ask, held),
    }


def _rules(ask: Ask, held: Document) -> list[Document]:
    """The rules given; one that was there under its name keeps its id."""
    before = {rule["ref"]: rule["id"] for rule in held["rules"]}
    return [_rule(ask, rule, before) for rule in rules(ask.body)]


def _rule(ask: Ask, given: Document, before: dict[str, str]) -> Document:
    own = given.get("id") or before.get(given.get("ref", "")) or identity()
    for key in ("action", "expression"):
        text(given, key)
    defaults = {"enabled": True, "ref": own}
    return {**defaults, **given, "id": own, "version": "1", "last_updated": ask.time}


def _all(ask: Ask) -> Document:
    held: Document = ask.zone["rulesets"]
    return held


def _all_of(ask: Ask, wanted: str) -> Document:
    return found(_all(ask), wanted, _GONE, "ruleset")
