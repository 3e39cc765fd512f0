"""Handlers of resources that a real service of the sandbox holds: what it says is the truth."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from providers.kit import Call, Created, Incomplete, Pattern, Properties, ProviderError, Stored, Value, has_unknown
from providers.kit.values import UNKNOWN
from sandbox.plugins.sdk_types import ListOf, OneOf, ResourceType, Scalar
from sandbox.plugins.services import Services, answering, is_gone
from sandbox.plugins.typed import TypedHandler, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.plugins.sdk_check import Checker


@dataclass(frozen=True)
class Seen:
    """What a service says of a resource.

    Attributes:
        inputs: the inputs that would make it so; those at the service's own default are left out.
        outputs: what the service computes.
    """

    inputs: Properties
    outputs: Properties = field(default_factory=dict)


class LiveHandler(TypedHandler):
    """A resource that a service holds. Subclasses say how it is looked at, put and removed."""

    #: Inputs that replace, beside what the SDK's documentation says.
    replacing: tuple[Pattern, ...] = ()

    def __init__(
        self,
        kind: ResourceType,
        checker: Checker,
        services: Callable[[], Services],
        *,
        settle: Callable[[ResourceType, Properties], Properties] = nothing,
    ) -> None:
        super().__init__(kind, checker, settle=settle, replace_on=(("region",), *self.replacing))
        self._services = services

    @property
    def services(self) -> Services:
        """The sandbox's services."""
        return self._services()

    def fill(self, call: Call, inputs: Properties, old: Properties) -> Properties:
        """Made-up name, and documents as JSON text, as the vendor's plugin sends them."""
        filled = super().fill(call, inputs, old)
        for name, value in filled.items():
            kind = self.kind.inputs[name].type
            # An object's keys arrive in any order: sorted, the text is the same each time.
            if isinstance(value, dict) and isinstance(kind, OneOf) and Scalar("string") in kind.options:
                filled[name] = UNKNOWN if has_unknown(value) else json.dumps(value, sort_keys=True)
        return filled

    def make(self, call: Call, inputs: Properties) -> Created:
        """Put it, and take over what the service says of it."""
        with answering("create it"):
            identity = self.put_new(call, inputs)
        try:
            with answering("read what was created"):
                return Created(identity, self._outputs(call, Stored(identity, inputs), inputs))
        except ProviderError as error:
            # It exists: the engine must know of it, else the next update would make another.
            raise Incomplete(identity, self._complete(inputs, {}), str(error)) from error

    def change(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Put the new inputs, and take over what the service says."""
        with answering("update it"):
            self.put(call, stored, inputs)
            return self._outputs(call, Stored(stored.id, inputs, stored.outputs), inputs)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """What the service holds now; inputs that it cannot tell stay as they were."""
        with answering("read it"):
            seen = self._seen(call, stored)
        if seen is None:
            return None
        mute: Properties = {key: value for key, value in stored.inputs.items() if key not in self.told()}
        inputs = {**mute, **{key: _as_written(stored.inputs.get(key), value) for key, value in seen.inputs.items()}}
        return Stored(stored.id, inputs, self._complete(inputs, seen.outputs))

    def delete(self, call: Call, stored: Stored) -> None:
        """Remove it."""
        with answering("delete it"):
            self.remove(call, stored)

    @abstractmethod
    def told(self) -> frozenset[str]:
        """The inputs that the service can tell: drift shows in these."""

    @abstractmethod
    def look(self, call: Call, stored: Stored) -> Seen | None:
        """What the service says; None, or an error that says so, when it is gone."""

    @abstractmethod
    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make it; gives its id."""

    @abstractmethod
    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """Change it."""

    @abstractmethod
    def remove(self, call: Call, stored: Stored) -> None:
        """Remove it; one that is gone already is no error."""

    def _seen(self, call: Call, stored: Stored) -> Seen | None:
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        try:
            return self.look(call, stored)
        except ClientError as error:
            if is_gone(error):
                return None
            raise

    def _outputs(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        seen = self._seen(call, stored)
        if seen is None:
            raise ProviderError(f"{stored.id!r} vanished while it was being made")
        return self._complete(inputs, seen.outputs)

    def _complete(self, inputs: Properties, computed: Properties) -> Properties:
        """The outputs: inputs, what is computed, and empty lists where the SDK promises a list."""
        lists: Properties = {
            name: [] for name, item in self.kind.outputs.items() if item.required and isinstance(item.type, ListOf)
        }
        return {**lists, **inputs, **self.settle(self.kind, inputs), **computed}


def _as_written(written: Value, found: Value) -> Value:
    """The user's own text where a service only wrote the same JSON document in another way."""
    if isinstance(written, str) and isinstance(found, str) and written != found:
        try:
            return written if json.loads(written) == json.loads(found) else found
        except ValueError:
            return found
    return found


def text(values: Mapping[str, Value], name: str) -> str:
    """A property that is a string; empty when it is not given."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def tags_of(value: Value) -> dict[str, str]:
    """A property that is a map of tags."""
    return {key: str(item) for key, item in value.items()} if isinstance(value, dict) else {}


def present(**values: Value) -> dict[str, Any]:
    """Only those that are given: services take "absent" and "null" for two things."""
    return {key: value for key, value in values.items() if value is not None and value != ""}
