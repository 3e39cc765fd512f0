"""Run the plugin: ``python -m providers.railway [engine address]``, or this folder, as the engine does."""

from __future__ import annotations

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from providers.railway.provider import NAME, VERSION, railway

    serve(NAME, VERSION, railway())
