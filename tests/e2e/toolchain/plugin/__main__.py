"""A provider of one resource that keeps its word: the smallest source plugin."""

from __future__ import annotations

import sys

from pulumi.provider.experimental import provider as api
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.server import main


class Words(api.Provider):
    """Creates ``words:index:Word``, whose output ``said`` is its input ``word`` in capitals."""

    async def check(self, request: api.CheckRequest) -> api.CheckResponse:
        """Refuse the empty word, with the property's name."""
        if request.new_inputs.get("word") == PropertyValue(""):
            return api.CheckResponse(request.new_inputs, [api.CheckFailure("word", "a word has letters")])
        return api.CheckResponse(request.new_inputs)

    async def create(self, request: api.CreateRequest) -> api.CreateResponse:
        """Say the word, on standard error too: the engine keeps what a plugin prints there as debug messages."""
        word = request.properties["word"].value
        sys.stderr.write(f"the plugin says {word}\n")
        sys.stderr.flush()
        return api.CreateResponse("word-1", {**request.properties, "said": PropertyValue(str(word).upper())})

    async def delete(self, request: api.DeleteRequest) -> None:
        """Forget it."""


if __name__ == "__main__":
    main(sys.argv[1:], "0.0.1", Words())
