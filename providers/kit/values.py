"""Property values between the wire (protobuf structs) and handlers (plain Python).

A handler gets dicts, lists, str, int, float, bool, None and `UNKNOWN`; assets and archives stay the dicts they are
on the wire. Secret wrappers are taken off and their paths returned beside the values; `encode` puts them on again.
The signatures are the engine's own (`pulumi.runtime.rpc`, and sdk/go/common/resource/plugin/rpc.go for unknowns).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, TypeAlias, final

from google.protobuf import struct_pb2

if TYPE_CHECKING:
    from providers.kit.paths import Path

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a public constant of the protocol
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"

#: The text for "not known yet" that the kit writes; one of those that it reads.
_UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

#: The engine has one text for each type of unknown value: string, bool, number, array, asset, archive, object.
_UNKNOWN_TEXTS: Final = frozenset(
    {
        _UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)

#: Numbers travel as doubles: above this an integer is no longer exact (2**53).
_EXACT: Final = 2**53


@final
class Unknown:
    """A value that is known only after an update; `UNKNOWN` is its one instance."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, _memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()

Value: TypeAlias = "bool | int | float | str | Unknown | list[Value] | dict[str, Value] | None"
Properties: TypeAlias = "dict[str, Value]"

#: What `struct_pb2.Struct.update` takes.
_Wire: TypeAlias = "bool | int | float | str | list[_Wire] | dict[str, _Wire] | None"


def decode(struct: struct_pb2.Struct) -> tuple[Properties, frozenset[Path]]:
    """The plain values, and the paths of those that were secret."""
    secrets: set[Path] = set()
    values = {key: _decode(value, (key,), secrets) for key, value in struct.fields.items()}
    return values, frozenset(secrets)


def encode(values: Mapping[str, Value], secrets: AbstractSet[Path] = frozenset()) -> struct_pb2.Struct:
    """The values as a struct, with what stands at a secret path wrapped as a secret.

    A path that does not exist in the values is no error: an output need not have every input's shape.
    """
    struct = struct_pb2.Struct()
    struct.update({key: _encode(value, (key,), secrets) for key, value in values.items()})
    return struct


def has_unknown(value: Value | Mapping[str, Value]) -> bool:
    """Whether anything in the value is not known yet."""
    if isinstance(value, Mapping):
        return any(has_unknown(child) for child in value.values())
    if isinstance(value, list):
        return any(has_unknown(child) for child in value)
    return value is UNKNOWN


def at(value: Value | Mapping[str, Value], path: Iterable[str | int]) -> Value:
    """What stands at the path; None where nothing does."""
    found: object = value
    for part in path:
        if isinstance(found, Mapping) and isinstance(part, str):
            found = found.get(part)
        elif isinstance(found, list) and isinstance(part, int) and 0 <= part < len(found):
            found = found[part]
        else:
            return None
    return found  # type: ignore[return-value]  # a part of a Value is a Value; Mapping narrows to object here


def _decode(value: struct_pb2.Value, path: Path, secrets: set[Path]) -> Value:
    match value.WhichOneof("kind"):
        case "string_value":
            return UNKNOWN if value.string_value in _UNKNOWN_TEXTS else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() and abs(number) <= _EXACT else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_decode(child, (*path, index), secrets) for index, child in enumerate(value.list_value.values)]
        case "struct_value":
            return _decode_struct(value.struct_value, path, secrets)
        case _:
            return None


def _decode_struct(struct: struct_pb2.Struct, path: Path, secrets: set[Path]) -> Value:
    fields = struct.fields
    signature = fields[SIGNATURE].string_value if SIGNATURE in fields else ""
    if signature == SECRET:
        secrets.add(path)
        return _decode(fields["value"], path, secrets)
    if signature == OUTPUT:
        if "secret" in fields and fields["secret"].bool_value:
            secrets.add(path)
        return _decode(fields["value"], path, secrets) if "value" in fields else UNKNOWN
    return {key: _decode(child, (*path, key), secrets) for key, child in fields.items()}


def _encode(value: Value, path: Path, secrets: AbstractSet[Path]) -> _Wire:
    if path in secrets:
        return {SIGNATURE: SECRET, "value": _encode(value, path, frozenset())}
    if isinstance(value, Unknown):
        return _UNKNOWN_TEXT
    if isinstance(value, dict):
        return {key: _encode(child, (*path, key), secrets) for key, child in value.items()}
    if isinstance(value, list):
        return [_encode(child, (*path, index), secrets) for index, child in enumerate(value)]
    return value
