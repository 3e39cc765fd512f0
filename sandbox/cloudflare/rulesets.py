"""Rulesets of a zone: the one of each phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.cloudflare.asking import Ask, Pages, RefusedError, found, identity, rules, text

if TYPE_CHECKING:
    from sandbox.fake.store import Document

_GONE = 10004
_INVALID = 20127
#: The phases, and what their rules may do (Cloudflare documentation, "Ruleset Engine": phases and actions), as far as
#: this repository may declare them.
_ACTIONS = {
    "http_request_firewall_custom": ("block", "challenge", "js_challenge", "managed_challenge", "log", "skip"),
    "http_request_firewall_managed": ("execute", "skip"),
    "http_ratelimit": ("block", "challenge", "js_challenge", "managed_challenge", "log"),
    "http_request_cache_settings": ("set_cache_settings",),
    "http_request_dynamic_redirect": ("redirect",),
    "http_request_transform": ("rewrite",),
    "http_response_headers_transform": ("rewrite",),
}
#: What a rate limit has to count by: a limit is each data centre's own.
_COLO = "cf.colo.id"


def every(ask: Ask) -> Pages:
    """List the rulesets, without their rules."""
    return Pages([{key: value for key, value in held.items() if key != "rules"} for held in _all(ask).values()])


def make(ask: Ask) -> Document:
    """Create a ruleset."""
    phase = text(ask.body, "phase")
    if phase not in _ACTIONS or text(ask.body, "kind") != "zone":
        raise RefusedError(400, _INVALID, f"no ruleset of a zone has the phase {phase!r} and that kind")
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
    given = rules(ask.body)
    names = [text(rule, "ref") for rule in given if "ref" in rule]
    if len(names) != len(set(names)):
        raise RefusedError(400, _INVALID, "two rules have the same ref")
    return [_rule(ask, rule, before, held["phase"]) for rule in given]


def _rule(ask: Ask, given: Document, before: dict[str, str], phase: str) -> Document:
    own = given.get("id") or before.get(given.get("ref", "")) or identity()
    text(given, "expression")
    if text(given, "action") not in _ACTIONS[phase]:
        raise RefusedError(400, _INVALID, f"action: a rule of {phase} may {', '.join(_ACTIONS[phase])}")
    limit = given.get("ratelimit")
    if phase == "http_ratelimit" and not (isinstance(limit, dict) and _COLO in (limit.get("characteristics") or ())):
        raise RefusedError(400, _INVALID, f"ratelimit.characteristics: {_COLO} is missing")
    defaults = {"enabled": True, "ref": own}
    return {**defaults, **given, "id": own, "version": "1", "last_updated": ask.time}


def _all(ask: Ask) -> Document:
    held: Document = ask.zone["rulesets"]
    return held


def _all_of(ask: Ask, wanted: str) -> Document:
    return found(_all(ask), wanted, _GONE, "ruleset")
