"""Run the plugin: ``python -m sandbox.plugins.cloudflare [engine address]``."""

from __future__ import annotations

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from sandbox.plugins.cloudflare.provider import Cloudflare
    from sandbox.plugins.services import isolate

    isolate()
    provider = Cloudflare()
    serve("cloudflare", provider.sdk.source.version, provider)
