"""Zones, their settings, and how they meet bots."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sandbox.cloudflare.asking import Ask, Pages, RefusedError

if TYPE_CHECKING:
    from sandbox.fake.store import Document

#: What a new zone is set to (Cloudflare documentation: each setting's page).
SETTINGS: dict[str, Any] = {
    "always_use_https": "off",
    "automatic_https_rewrites": "on",
    "min_tls_version": "1.0",
    "security_header": {
        "strict_transport_security": {
            "enabled": False,
            "max_age": 0,
            "include_subdomains": False,
            "nosniff": False,
            "preload": False,
        }
    },
    "ssl": "full",
    "tls_1_3": "on",
}

_SWITCH = ("on", "off")
#: What a setting may be; the one that is left out is an object.
_VALUES: dict[str, tuple[str, ...]] = {
    "always_use_https": _SWITCH,
    "automatic_https_rewrites": _SWITCH,
    "min_tls_version": ("1.0", "1.1", "1.2", "1.3"),
    "ssl": ("off", "flexible", "full", "strict", "origin_pull"),
    "tls_1_3": ("on", "off", "zrt"),
}

#: How a new zone meets bots.
BOTS: dict[str, Any] = {
    "ai_bots_protection": "disabled",
    "crawler_protection": "disabled",
    "enable_js": False,
    "fight_mode": False,
    "is_robots_txt_managed": False,
    "optimize_wordpress": False,
    "sbfm_definitely_automated": "allow",
    "sbfm_static_resource_protection": False,
    "sbfm_verified_bots": "allow",
    "using_latest_model": True,
}


def new(identity: str, name: str, account_id: str) -> Document:
    """A zone as it is when it was just made."""
    return {
        "id": identity,
        "name": name,
        "account_id": account_id,
        "settings": copy.deepcopy(SETTINGS),
        "modified": {},
        "bot_management": dict(BOTS),
        "dns_records": {},
        "rulesets": {},
    }


def every(ask: Ask) -> Pages:
    """List the zones, by name and account where asked."""
    asked = {"name": ask.query.get("name"), "account_id": ask.query.get("account.id")}
    kept = (
        zone
        for zone in ask.state["zones"].values()
        if all(value is None or zone[key] == value for key, value in asked.items())
    )
    return Pages([_shown(zone) for zone in kept])


def one(ask: Ask) -> Document:
    """Get a zone."""
    return _shown(ask.zone)


def settings(ask: Ask) -> list[Document]:
    """List all settings of a zone."""
    return [_setting(ask.zone, name) for name in sorted(ask.zone["settings"])]


def setting(ask: Ask) -> Document:
    """Get a setting."""
    return _setting(ask.zone, _known(ask))


def edit_setting(ask: Ask) -> Document:
    """Set a setting."""
    name = _known(ask)
    value = ask.body.get("value")
    if not (value in _VALUES[name] if name in _VALUES else isinstance(value, dict)):
        raise RefusedError(400, 1007, f"Invalid value for zone setting {name}")
    ask.zone["settings"][name] = value
    ask.zone["modified"][name] = ask.time
    return _setting(ask.zone, name)


def bots(ask: Ask) -> Document:
    """Get how a zone meets bots."""
    held: Document = ask.zone["bot_management"]
    return held


def edit_bots(ask: Ask) -> Document:
    """Set how a zone meets bots: what is not given stays."""
    held: Document = ask.zone["bot_management"]
    given = {key: value for key, value in ask.body.items() if value is not None}
    for key, value in given.items():
        if key not in BOTS or type(value) is not type(BOTS[key]):
            raise RefusedError(400, 1004, f"{key}: no such field, or not of its type")
    held.update(given)
    return held


def _known(ask: Ask) -> str:
    name = ask.ids["setting_id"]
    if name not in ask.zone["settings"]:
        raise RefusedError(404, 1005, f"no such setting: {name}")
    return name


def _setting(zone: Document, name: str) -> Document:
    value = zone["settings"][name]
    return {"id": name, "value": value, "editable": True, "modified_on": zone["modified"].get(name)}


def _shown(zone: Document) -> Document:
    return {
        "id": zone["id"],
        "name": zone["name"],
        "status": "active",
        "paused": False,
        "type": "full",
        "account": {"id": zone["account_id"], "name": "sandbox"},
        "name_servers": ["ada.ns.sandbox.invalid", "bob.ns.sandbox.invalid"],
    }
