"""Run the plugin: ``python -m sandbox.plugins.aws [engine address]``."""

from __future__ import annotations

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from sandbox.plugins.aws.provider import Aws
    from sandbox.plugins.services import isolate

    isolate()
    provider = Aws()
    serve("aws", provider.sdk.source.version, provider)
