"""Run the plugin: ``python -m sandbox.plugins.noop [engine address]``."""

from __future__ import annotations

from sandbox.plugins.noop.kind import VERSION
from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from sandbox.plugins.noop.provider import Noop

    serve("noop", VERSION, Noop())
