"""Whether what the bridge wrote of a resource stands in the plan that was written by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policies.preview import SECRET

#: A name that the provider made up, as the program gave none: Terraform makes its own up later.
_MADE_UP = re.compile(r".+-[0-9a-f]{7}")
#: What both write where the program describes nothing.
_DESCRIPTIONS = {"Managed by Pulumi", "Managed by Terraform"}
#: Switches that Terraform declares as text and Pulumi does not; checkov takes both for one.
_SWITCHES = {True: "true", False: "false"}


def strange(bridged: Any, written: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """The places of what only the bridge wrote; the written plan may say more, as defaults.

    Args:
        bridged: values of a resource, over the bridge.
        written: values of the same resource, by hand.
        path: where in the resource both are.
    """
    if isinstance(bridged, Mapping) and isinstance(written, Mapping):
        for key, value in bridged.items():
            if key in written:
                yield from strange(value, written[key], f"{path}.{key}")
            elif not _is_added(value):
                yield f"{path}.{key}"
    elif _is_list(bridged) and _is_list(written) and len(bridged) == len(written):
        left = list(written)  # the order of a set is anyone's
        for number, value in enumerate(bridged):
            found = next((entry for entry in left if not list(strange(value, entry))), left)
            if found is left:
                yield f"{path}[{number}]"
            else:
                left.remove(found)
    elif not _same(bridged, written):
        yield path


def _is_one(bridged: str, written: str) -> bool:
    """Whether both are the same document in JSON, whatever the order of its keys."""
    try:
        return bool(json.loads(bridged) == json.loads(written))
    except ValueError:
        return False


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_added(value: object) -> bool:
    """Whether the engine wrote it by itself, or nothing of it is known: of a set, Terraform leaves that out."""
    if isinstance(value, str):
        return value == SECRET or value in _DESCRIPTIONS or _MADE_UP.fullmatch(value) is not None
    return isinstance(value, Sequence) and all(entry is None for entry in value)


def _same(bridged: object, written: object) -> bool:
    if isinstance(bridged, bool):
        return written is bridged or written == _SWITCHES[bridged]
    if isinstance(bridged, str) and isinstance(written, str):
        return bridged in {written, SECRET} or {bridged, written} == _DESCRIPTIONS or _is_one(bridged, written)
    return bridged == written and not isinstance(written, bool)
