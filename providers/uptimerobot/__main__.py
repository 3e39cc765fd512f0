"""Run the plugin: ``python -m providers.uptimerobot [engine address]``, or this folder, as the engine does."""

from __future__ import annotations

from providers.uptimerobot.kind import NAME, VERSION
from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from providers.uptimerobot.provider import uptimerobot

    serve(NAME, VERSION, uptimerobot())
