"""Between the SDK's words and the API's: ``bucketName`` and ``bucket_name``, as far as the types say that it is a name.

Keys of maps are the user's own, and stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.plugins.sdk_types import Anything, ListOf, MapOf, Ref, Scalar, Sdk, Type

if TYPE_CHECKING:
    from providers.kit import Value

_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")

#: Texts of the SDK that hold a JSON document, which the API takes as such.
_DOCUMENTS = frozenset({"resources"})


def snake(name: str) -> str:
    """The API's word for an SDK's."""
    return _CAPITAL.sub(r"_\1", name).lower()


def to_api(sdk: Sdk, kind: Type, value: Value, *, camel: bool, name: str = "") -> Any:  # noqa: ANN401 - JSON of any kind
    """A value of the SDK as the API takes it; R2 speaks camelCase itself."""
    match kind:
        case ListOf() if isinstance(value, list):
            return [to_api(sdk, kind.item, item, camel=camel) for item in value]
        case MapOf() if isinstance(value, dict):
            return {key: to_api(sdk, kind.value, item, camel=camel) for key, item in value.items()}
        case Ref() if isinstance(value, dict):
            parts = _parts(sdk, kind)
            return {
                key if camel else snake(key): to_api(sdk, parts.get(key, Anything()), item, camel=camel, name=key)
                for key, item in value.items()
                if item is not None
            }
        case Scalar() if isinstance(value, str) and name in _DOCUMENTS:
            return json.loads(value)
        case _:
            # Every number travels as a double; an API shows whole ones without a point.
            return int(value) if isinstance(value, float) and value.is_integer() else value


def from_api(sdk: Sdk, kind: Type, value: Any, *, camel: bool) -> Value:  # noqa: ANN401 - as above
    """What the API says in the SDK's words; what the SDK has no word for is left out."""
    match kind:
        case ListOf() if isinstance(value, list):
            return [from_api(sdk, kind.item, item, camel=camel) for item in value]
        case MapOf() if isinstance(value, dict):
            return {key: from_api(sdk, kind.value, item, camel=camel) for key, item in value.items()}
        case Ref() if isinstance(value, dict):
            found = {
                key: from_api(sdk, part, value.get(key if camel else snake(key)), camel=camel)
                for key, part in _parts(sdk, kind).items()
            }
            return {key: item for key, item in found.items() if item is not None}
        case Scalar(kind="string") if isinstance(value, Mapping):
            return json.dumps(value)
        case _:
            known: Value = value
            return known


def _parts(sdk: Sdk, kind: Ref) -> dict[str, Type]:
    target = sdk.resolve(kind)
    return {name: item.type for name, item in target.items()} if isinstance(target, dict) else {}
