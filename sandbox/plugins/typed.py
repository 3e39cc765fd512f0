"""What the stand-ins for aws, cloudflare and grafana share: handlers whose inputs the vendor's SDK types check.

The vendors' plugins are binaries that cannot be had offline; these speak the same tokens and properties.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import secrets
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from providers.kit import (
    UNKNOWN,
    Call,
    Checked,
    Created,
    Diff,
    Handler,
    Pattern,
    Properties,
    Provider,
    ProviderError,
    Stored,
    Value,
    differ,
)
from sandbox.plugins.sdk_check import Checker
from sandbox.plugins.sdk_types import ResourceType, Scalar, Sdk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Hexadecimal digits that the vendors' plugins put behind a name they make up
#: (https://www.pulumi.com/docs/concepts/resources/names/#autonaming).
_SUFFIX = 7


def nothing(_kind: ResourceType, _inputs: Properties) -> Properties:
    """No output follows from the inputs alone."""
    return {}


class TypedHandler(Handler):
    """One resource type of a vendor's SDK: inputs checked, names made up, previews foreseen.

    Subclasses say how it is made, looked at, changed and removed.
    """

    #: The input that is made up from the resource's name in the program when the user gives none.
    naming = "name"

    def __init__(
        self,
        kind: ResourceType,
        checker: Checker,
        *,
        settle: Callable[[ResourceType, Properties], Properties] = nothing,
        replace_on: tuple[Pattern, ...] = (),
    ) -> None:
        """Serve one type.

        Args:
            kind: the type, as the SDK declares it.
            checker: checks inputs against it.
            settle: the outputs that follow from inputs and configuration alone (all tags, the region).
            replace_on: what replaces, beside what the SDK's documentation says.
        """
        self.kind = kind
        self.checker = checker
        self.settle = settle
        self.secret_patterns = tuple((name,) for name in sorted(kind.secrets))
        documented = tuple((name,) for name, item in kind.inputs.items() if item.replaces)
        self.replace_on = documented + replace_on

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """Refuse what the SDK's types do not allow; make a name up where the vendor would."""
        failures = self.checker.failures(self.kind.inputs, inputs)
        return Checked(inputs if failures else self.fill(call, dict(inputs), old or {}), failures)

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """Compare the inputs of the last update with these, and what follows from both with the state."""
        del call
        asked = differ(stored.inputs, inputs, replace_on=self.replace_on)
        settled = self.settle(self.kind, inputs)
        held = {name: stored.outputs[name] for name in settled if name in stored.outputs and name not in inputs}
        follows = differ(held, {name: settled[name] for name in held}, replace_on=self.replace_on)
        changes = (*asked.changes, *(replace(change, of_inputs=False) for change in follows.changes))
        return Diff(changes, delete_before_replace=self._clashes(stored.inputs, inputs))

    def _clashes(self, old: Properties, new: Properties) -> bool:
        """Whether old and new would bear one name that the user gave: they cannot stand side by side."""
        name = new.get(self.naming)
        return isinstance(name, str) and old.get(self.naming) == name

    def create(self, call: Call, inputs: Properties) -> Created:
        """Make it; in a preview, foresee it."""
        if call.preview:
            return Created("", self.foresee(inputs, {}))
        return self.make(call, inputs)

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Change it; in a preview, foresee it."""
        if call.preview:
            return self.foresee(inputs, stored.outputs)
        return self.change(call, stored, inputs)

    def fill(self, call: Call, inputs: Properties, old: Properties) -> Properties:
        """Inputs with a made-up name: the one that it had, else a new one."""
        naming = self.kind.inputs.get(self.naming)
        if naming is None or naming.required or not isinstance(naming.type, Scalar):
            return inputs
        given = (inputs.get(key) for key in (self.naming, f"{self.naming}Prefix"))
        if any(value is not None for value in given):
            return inputs
        return {**inputs, self.naming: old.get(self.naming) or self.made_up(call)}

    def made_up(self, call: Call) -> str:
        """A name out of the resource's own, with a suffix that stays the same between preview and update."""
        return f"{call.name}-{suffix(call)}"

    def foresee(self, inputs: Properties, outputs: Mapping[str, Value]) -> Properties:
        """The outputs as a preview shows them: what stays, what was asked for, and the rest not known yet."""
        computed = {name: outputs.get(name, UNKNOWN) for name in self.kind.outputs if name not in self.kind.inputs}
        open_ones = {
            name: outputs.get(name, UNKNOWN)
            for name, item in self.kind.outputs.items()
            if name in self.kind.inputs and item.required and inputs.get(name) is None
        }
        return {**computed, **open_ones, **inputs, **self.settle(self.kind, inputs)}

    @abstractmethod
    def make(self, call: Call, inputs: Properties) -> Created:
        """Make the resource for real."""

    @abstractmethod
    def change(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Change the resource for real; gives its outputs."""


class TypedProvider(Provider):
    """A package of typed resources.

    Attributes:
        sdk: the vendor's SDK.
        checker: checks inputs against it.
    """

    def __init__(self, package: str) -> None:
        self.sdk = Sdk(package)
        self.checker = Checker(self.sdk)
        self._handlers: dict[str, Handler] = {}

    @property
    def schema(self) -> str:
        """The least schema that says what this is: `pulumi package get-schema` shows it."""
        name = self.sdk.package.partition("_")[2]
        about = f"Groundwork's stand-in for the {name} plugin, for the local stack: not the vendor's"
        return json.dumps({"name": name, "version": self.sdk.source.version, "description": about})

    def check_config(self, call: Call, inputs: Properties) -> Checked:
        """Refuse configuration that the SDK's provider class does not know."""
        del call
        known = self.sdk.provider()
        texts = {name for name, item in known.items() if isinstance(item.type, Scalar) and item.type.kind == "string"}
        given = {
            key: value if key in texts else unpack(value)
            for key, value in inputs.items()
            if key not in {"version", "pluginDownloadURL"}
        }
        return Checked(inputs, self.checker.failures(known, given))

    def handler(self, token: str) -> Handler:
        """The handler of a resource type, made once."""
        if token not in self._handlers:
            kind = self.sdk.resource(token)
            if kind is None:
                raise ProviderError(self._stranger(token))
            self._handlers[token] = self.build(kind)
        return self._handlers[token]

    def forget(self) -> None:
        """Drop the handlers made so far: they know an older configuration."""
        self._handlers.clear()

    @abstractmethod
    def build(self, kind: ResourceType) -> Handler:
        """A new handler for a type that the SDK declares."""

    def _stranger(self, token: str) -> str:
        near = difflib.get_close_matches(token, self.sdk.source.resources, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{self.sdk.package} {self.sdk.source.version} has no resource {token}{hint}"


def unpack(value: Value) -> Value:
    """A provider's configuration value: what is no text comes as text in JSON from the engine."""
    if not isinstance(value, str):
        return value
    try:
        found: Value = json.loads(value)
    except ValueError:
        return value
    return found


def suffix(call: Call) -> str:
    """Digits for a made-up name: the engine's seed makes them the same in preview and update."""
    if not call.seed:
        return secrets.token_hex(_SUFFIX)[:_SUFFIX]
    return hashlib.sha256(call.seed + call.urn.encode()).hexdigest()[:_SUFFIX]
