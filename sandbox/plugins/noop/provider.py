"""One resource that takes anything, does nothing, and answers with what it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.kit import Created, Handler, Provider, ProviderError
from sandbox.plugins.noop.kind import TOKEN

if TYPE_CHECKING:
    from providers.kit import Call, Properties, Stored


class Noop(Provider):
    """The plugin."""

    def __init__(self) -> None:
        self._handler = Nothing()

    def handler(self, token: str) -> Handler:
        """The one handler."""
        if token != TOKEN:
            raise ProviderError(f"the noop plugin has no resource {token}; it has {TOKEN}")
        return self._handler


class Nothing(Handler):
    """Does nothing."""

    def create(self, call: Call, inputs: Properties) -> Created:
        """Answer with the inputs."""
        return Created("" if call.preview else call.name, inputs)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """It is always as it was."""
        del call
        return stored

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Answer with the inputs."""
        del call, stored
        return inputs

    def delete(self, call: Call, stored: Stored) -> None:
        """Nothing to remove."""
