"""Whether a resource class that programs use says the same as the provider's model: names, on the wire too."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any
from unittest import mock

import pulumi

from providers.kit import shape as shapes

if TYPE_CHECKING:
    from providers.kit.native import Resource

_NOT_INPUTS = {"self", "resource_name", "opts"}


def differences(declared: type[pulumi.CustomResource], kind: type[Resource[Any, Any]]) -> list[str]:
    """What the class and the model do not agree on, a line each: none is as it should be.

    The class is made with each argument given, and the engine's part left out: its arguments must be the model's
    fields, required where those are, and reach the wire under their names; what it calls computed must be.
    """
    arguments = {
        name: argument
        for name, argument in inspect.signature(declared.__init__).parameters.items()
        if name not in _NOT_INPUTS
    }
    with mock.patch.object(pulumi.CustomResource, "__init__", autospec=True) as base, asyncio.Runner() as runner:
        asyncio.set_event_loop(runner.get_loop())  # an Output, as of a secret, wants one
        make: Any = declared
        make("a name", **dict.fromkeys(arguments, "given"))
        asyncio.set_event_loop(None)
    _, token, _, properties = base.call_args.args[:4]
    fields = {
        shapes.wire_name(name, info): (name, info.is_required()) for name, info in kind.model.model_fields.items()
    }
    required = {name: argument.default is inspect.Parameter.empty for name, argument in arguments.items()}
    pairs = (
        ("token", token, kind.token),
        ("arguments and whether they are required", required, dict(fields.values())),
        ("inputs on the wire", {key for key, value in properties.items() if value is not None}, fields.keys()),
    )
    found = [f"{what}: {_told(ours, theirs)}" for what, ours, theirs in pairs if ours != theirs]
    computed = {key for key, value in properties.items() if value is None} - kind.computed.keys()
    return [*found, *(f"computed: {name} is none of the model's" for name in sorted(computed))]


def _told(ours: Any, theirs: Any) -> str:  # noqa: ANN401 - whatever is compared
    if isinstance(ours, str):
        return f"{ours}, the model says {theirs}"
    only = (sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours)))
    other = sorted(key for key in ours if isinstance(ours, dict) and key in theirs and ours[key] != theirs[key])
    return f"only in the class {only[0]}, only in the model {only[1]}, different {other}"
