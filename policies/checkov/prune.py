"""A vendor's whole mapping cut down to what the bridge reads, of the types that are used."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from policies.checkov.mapping import Kind
from policies.checkov.names import pulumi_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from policies.checkov.table import Table

_KEPT = ("type", "required", "optional", "maxItems")
#: Of a provider's configuration: where a test cloud is, no matter for a check, and a thousand lines.
_UNUSED_CONFIG = "endpoints"
#: Blocks that stand in several places are written once when they have at least as many characters.
_WORTH_SHARING = 400


def prune(mapping: Mapping[str, Any], tokens: Collection[str], note: str) -> Table:
    """The table of the types with these tokens.

    Args:
        mapping: what `pulumi package get-mapping terraform` gave.
        tokens: as ``aws:s3/bucket:Bucket``.
        note: how the table was made.
    """
    provider = mapping["provider"]
    infos = {name: info for name, info in sorted(mapping["resources"].items()) if info["tok"] in tokens}
    config = {name: field for name, field in (provider.get("schema") or {}).items() if name != _UNUSED_CONFIG}
    schema, config_fields = _block(config, mapping.get("config") or {})
    blocks = {name: _block(provider["resources"][name], info.get("fields") or {}) for name, info in infos.items()}
    resources, shared = _share({name: block for name, (block, _) in blocks.items()})
    return {
        "note": note,
        "name": mapping["name"],
        "version": mapping["version"],
        "provider": {"schema": schema, "resources": resources},
        "shared": shared,
        "config": config_fields,
        "resources": {name: {"tok": infos[name]["tok"], "fields": fields} for name, (_, fields) in blocks.items()},
    }


def _block(schema: Mapping[str, Any], infos: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The inputs among the fields of a block, and what Pulumi changes in them."""
    inputs = {name: field for name, field in sorted(schema.items()) if field.get("optional") or field.get("required")}
    kept: dict[str, Any] = {}
    changes: dict[str, Any] = {}
    own = {name: info["name"] for name, info in infos.items() if (info or {}).get("name")}
    for name, field in inputs.items():
        info = infos.get(name) or {}
        kept[name], change = _field(field, info)
        many = _many(field, info)
        meant = pulumi_name(name, many=many, siblings=schema.keys(), own=own)
        # What is left out must not change a name: a plural that was taken would be free now.
        if meant != pulumi_name(name, many=many, siblings=inputs.keys(), own={}):
            change = {"name": meant, **change}
        if change:
            changes[name] = change
    return kept, changes


def _many(field: Mapping[str, Any], info: Mapping[str, Any]) -> bool:
    one = info.get("maxItemsOne")
    return field["type"] in {Kind.LIST, Kind.SET} and not (field.get("maxItems") == 1 if one is None else one)


def _field(field: Mapping[str, Any], info: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    kept = {key: field[key] for key in _KEPT if field.get(key)}
    change = {} if info.get("maxItemsOne") is None else {"maxItemsOne": info["maxItemsOne"]}
    if field.get("element"):
        is_object = field["type"] == Kind.MAP and "resource" in field["element"]
        inner = info if is_object and info.get("fields") else info.get("element") or {}
        kept["element"], changes = _element(field["element"], inner)
        if changes:
            change.update(changes if inner is info else {"element": changes})
    return kept, change


def _element(element: Mapping[str, Any], info: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    if "schema" in element:
        schema, change = _field(element["schema"], info)
        return {"schema": schema}, change
    block, changes = _block(element.get("resource") or {}, info.get("fields") or {})
    return {"resource": block}, {"fields": changes} if changes else {}


def _share(blocks: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Big blocks that stand in several places, written once: those of a web ACL nest in themselves, several times."""
    seen: Counter[str] = Counter()
    _count(blocks, seen)
    names: dict[str, str] = {}
    shared: dict[str, Any] = {}

    def replaced(value: Any, hint: str) -> Any:  # noqa: ANN401 - JSON
        if not isinstance(value, dict):
            return value
        if "resource" in value and len(value) == 1 and not _is_field(value["resource"]):
            body = value["resource"]
            text = json.dumps(body, sort_keys=True)
            if seen[text] > 1 and len(text) >= _WORTH_SHARING:
                if text not in names:
                    names[text] = hint if hint not in shared else f"{hint}_{len(shared)}"
                    shared[names[text]] = {}  # the name is taken before what is inside looks for one
                    shared[names[text]].update({key: replaced(entry, key) for key, entry in body.items()})
                return {"shared": names[text]}
        return {key: replaced(entry, hint if key in _STRUCTURE else key) for key, entry in value.items()}

    return {name: replaced(block, name) for name, block in blocks.items()}, dict(sorted(shared.items()))


_STRUCTURE = frozenset({"element", "resource", "schema"})


def _is_field(body: object) -> bool:
    """Whether ``resource`` is a field of that name, and no block."""
    return isinstance(body, dict) and isinstance(body.get("type"), int)


def _count(value: object, seen: Counter[str]) -> None:
    if not isinstance(value, dict):
        return
    if "resource" in value and len(value) == 1 and not _is_field(value["resource"]):
        seen[json.dumps(value["resource"], sort_keys=True)] += 1
    for entry in value.values():
        _count(entry, seen)
