"""What a provider is made of: one `Handler` for each resource token, found by its `Provider`."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from providers.kit.diff import Diff, compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from providers.kit.paths import Path, Pattern
    from providers.kit.values import Properties


class Severity(StrEnum):
    """How loud a message to the user is; STATUS shows beside the resource while it is worked on, then goes."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    STATUS = "status"


class ProviderError(Exception):
    """An operation failed in a way that the user can read; secrets in the text are blanked out by the server."""


class Incomplete(ProviderError):  # noqa: N818 - it says what the resource is, and it exists
    """The resource exists, but is not as it should be: the engine records it, and the next update goes on from there.

    Attributes:
        id: the identity that the resource has already.
        outputs: its state as far as known.
        reasons: one sentence each.
        inputs: the inputs to record; None for those that were asked for.
    """

    def __init__(self, id: str, outputs: Properties, *reasons: str, inputs: Properties | None = None) -> None:  # noqa: A002 - the engine's own word
        super().__init__("; ".join(reasons))
        self.id = id
        self.outputs = outputs
        self.reasons = reasons
        self.inputs = inputs


def _silent(_severity: Severity, _message: str) -> None:
    """Tell no one."""


@dataclass(frozen=True)
class Call:
    """The circumstances of one operation.

    Attributes:
        urn: the resource's URN; empty for calls without one.
        token: its type, as in ``kubernetes:core/v1:Namespace``.
        name: its name in the program.
        preview: nothing may be changed; values may be `UNKNOWN`.
        timeout: the user's own limit in seconds, None for the provider's default.
        seed: bytes that stay the same between preview and update, for generated names.
        cancelled: set when the user cancels: waits must then end.
        log: tells the user something about this resource.
        secrets: paths that are secret in the answer; those of the request are in it, a handler adds what it finds.
        started: when it began, by `time.monotonic`; time limits count from here.
    """

    urn: str = ""
    token: str = ""
    name: str = ""
    preview: bool = False
    timeout: float | None = None
    seed: bytes = b""
    cancelled: threading.Event = field(default_factory=threading.Event)
    log: Callable[[Severity, str], None] = _silent
    secrets: set[Path] = field(default_factory=set)
    started: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Failure:
    """An input that is not acceptable: at which path, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Checked:
    """Inputs with defaults filled in, or the failures that stop the operation."""

    inputs: Properties = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A resource as the state holds it.

    Attributes:
        id: its identity; in a preview it may be empty.
        inputs: what the program asked for; empty when it is being imported.
        outputs: its state; empty when it is being imported.
    """

    id: str
    inputs: Properties = field(default_factory=dict)
    outputs: Properties = field(default_factory=dict)


@dataclass(frozen=True)
class Created:
    """A new resource. In a preview the id may be empty and outputs `UNKNOWN`."""

    id: str
    outputs: Properties


class Handler:
    """The operations on one kind of resource; handlers are shared between threads, so they keep no state.

    Attributes:
        secret_patterns: inputs and outputs that are secret by their nature (``"*"`` stands for any key or index).
    """

    secret_patterns: tuple[Pattern, ...] = ()

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """Validate inputs and fill defaults in; `old` are those of the last update, None for a new resource."""
        del call, old
        return Checked(inputs)

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """What an update to these inputs would change. Must change nothing."""
        del call
        return Diff(compare(stored.inputs, inputs))

    def create(self, call: Call, inputs: Properties) -> Created:
        """Make the resource.

        Raises:
            Incomplete: it was made, but did not become ready.
            ProviderError: it was not made.
        """
        raise NotImplementedError

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """The resource as it is now, None when it is gone.

        With empty `stored.inputs` it is an import: the inputs returned are those that would make it anew.
        """
        raise NotImplementedError

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Change the resource in place; returns its outputs.

        Raises:
            Incomplete: it was changed, but did not become ready.
            ProviderError: it was not changed.
        """
        raise NotImplementedError

    def delete(self, call: Call, stored: Stored) -> None:
        """Remove the resource and wait until it is gone; one that is gone already is no error."""
        raise NotImplementedError


class Provider:
    """A package of resources. Subclasses override what they need; all but `handler` have a default.

    Attributes:
        secret_patterns: what of the configuration is secret by its nature.
    """

    secret_patterns: tuple[Pattern, ...] = ()

    @property
    def schema(self) -> str:
        """What `GetSchema` answers; empty is the least that counts as a schema."""
        return ""

    def check_config(self, call: Call, inputs: Properties) -> Checked:
        """Validate the provider's configuration."""
        del call
        return Checked(inputs)

    def configure(self, inputs: Properties) -> None:
        """Take the configuration. Runs before any other operation, in previews too; values may be `UNKNOWN`.

        Raises:
            ProviderError: it cannot work with it.
        """
        del inputs

    def handler(self, token: str) -> Handler:
        """The handler of a resource type.

        Raises:
            ProviderError: the provider has no such type; the message says what it has.
        """
        raise NotImplementedError

    def invoke(self, call: Call, token: str, arguments: Properties) -> Properties:
        """Run a function.

        Raises:
            ProviderError: no such function, or it failed.
        """
        del call, arguments
        raise ProviderError(f"no function {token}")

    def mapping(self, key: str, provider: str) -> bytes | None:
        """The table from another system's names (key ``terraform``) to this package's; None when it has none."""
        del key, provider
        return None

    def mappings(self, key: str) -> tuple[str, ...]:
        """The other system's providers that `mapping` knows."""
        del key
        return ()

    def close(self) -> None:
        """Give back what it holds, at the end of the process."""
