"""A provider made of `Resource` classes: its schema, the check of its configuration, one client for all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from providers.kit import shape as shapes
from providers.kit.handler import Checked, Provider, ProviderError
from providers.kit.inputs import Inputs, check, strict
from providers.kit.markers import Secret
from providers.kit.schema import package
from providers.kit.values import has_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from providers.kit.handler import Call, Handler
    from providers.kit.native import Resource
    from providers.kit.values import Properties

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs
C = TypeVar("C")

#: What the engine adds to a provider's configuration for itself.
_ENGINES_OWN: Final = frozenset(
    {"version", "pluginDownloadURL", "pluginChecksums", "name", "parameterization", "__internal"}
)


class Package(Provider, Generic[I, C]):
    """``Package("railway", VERSION, Config, connect, [Project, Service])`` is the whole provider.

    `connect` gets the checked configuration once, at the first operation that needs the API: never in the preview of
    an empty stack. A client with a `close` is closed at the end.
    """

    def __init__(
        self,
        name: str,
        version: str,
        config: type[I],
        connect: Callable[[I], C],
        resources: Sequence[type[Resource[Any, C]]],
    ) -> None:
        """Make it; nothing is connected yet."""
        self._name = name
        self._version = version
        self._config = config
        self._connect = connect
        self._resources = resources
        self._handlers = {kind.token: kind(self._client) for kind in resources}
        self._configuration: Properties = {}
        self._connected: C | None = None
        self._lock = threading.Lock()
        self.secret_patterns = shapes.of(config).patterns(Secret)

    @property
    def schema(self) -> str:
        """The package's schema, made from the models."""
        return package(self._name, self._version, self._config, self._resources)

    def check_config(self, call: Call, inputs: Properties) -> Checked:
        """Validate the configuration; defaults are not written into it, so that a later one holds for all stacks."""
        del call
        return Checked(inputs, check(self._config, _own(inputs)).failures)

    def configure(self, inputs: Properties) -> None:
        """Keep the configuration for the first operation."""
        with self._lock:
            self._configuration, self._connected = _own(inputs), None

    def handler(self, token: str) -> Handler:
        """The handler of a type."""
        if token not in self._handlers:
            raise ProviderError(f"{self._name} has no resource {token}; it has: {', '.join(sorted(self._handlers))}")
        return self._handlers[token]

    def close(self) -> None:
        """Close the client, if there is one and it can be closed."""
        close = getattr(self._connected, "close", None)
        if close is not None:
            close()

    def _client(self) -> C:
        with self._lock:
            if self._connected is None:
                if has_unknown(self._configuration):
                    raise ProviderError(f"the configuration of {self._name} is not known yet, and is needed already")
                self._connected = self._connect(strict(self._config, self._configuration))
            return self._connected


def _own(inputs: Properties) -> Properties:
    return {key: value for key, value in inputs.items() if key not in _ENGINES_OWN}
