"""Between a Pulumi property's shape (``corsRules[0].allowedHeaders``) and the service's own (``CORSRules``).

Both sides are typed: the service's by botocore's model, Pulumi's by the SDK. The names differ in their capitals only,
so no table is needed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.plugins.sdk_types import ListOf, MapOf, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from providers.kit import Properties, Value
    from sandbox.plugins.sdk_types import Property, Sdk, Type


def to_service(shape: Any, value: Value) -> Any:  # noqa: ANN401 - botocore's shapes and requests have no types
    """A Pulumi value as the service takes it; nulls are left out."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {name.lower(): name for name in shape.members}
        return {
            names[key.lower()]: to_service(shape.members[names[key.lower()]], item)
            for key, item in value.items()
            if item is not None and key.lower() in names
        }
    if shape.type_name == "list" and isinstance(value, dict):
        return [{"Key": key, "Value": item} for key, item in value.items()]  # tags: a map here, a list there
    if shape.type_name == "list":
        items = value if isinstance(value, list) else [value]
        return [to_service(shape.member, item) for item in items]
    return value


def from_service(sdk: Sdk, properties: Mapping[str, Property], answer: Mapping[str, Any]) -> Properties:
    """A service's answer as Pulumi properties; what Pulumi has no name for is left out."""
    names = {name.lower(): item for name, item in properties.items()}
    return {
        names[key.lower()].name: _value(sdk, names[key.lower()].type, item)
        for key, item in answer.items()
        if key.lower() in names and item is not None
    }


def covers(wanted: Any, found: Any) -> bool:  # noqa: ANN401 - as above
    """Whether what a service holds is what was wanted: it may add defaults to objects, but not items to lists."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(covers(item, found.get(key)) for key, item in wanted.items())
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(covers(a, b) for a, b in zip(wanted, found, strict=True))
    if isinstance(found, datetime):
        return isinstance(wanted, str) and _instant(wanted) == found
    return bool(wanted == found) or (wanted in ("", {}, []) and not found)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _value(sdk: Sdk, kind: Type, value: Any) -> Value:  # noqa: ANN401 - as above
    match kind:
        case Ref() if isinstance(value, dict):
            target = sdk.resolve(kind)
            return from_service(sdk, target, value) if isinstance(target, dict) else value
        case ListOf() if isinstance(value, list):
            return [_value(sdk, kind.item, item) for item in value]
        case MapOf() if isinstance(value, list):
            return {str(item["Key"]): item["Value"] for item in value}
        case _:
            if isinstance(value, datetime):
                return value.isoformat()
            plain: Value = value
            return plain
