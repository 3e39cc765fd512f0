"""Run the plugin: ``python -m sandbox.plugins.grafana [engine address]``."""

from __future__ import annotations

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from sandbox.plugins.grafana.provider import Grafana

    provider = Grafana()
    serve("grafana", provider.sdk.source.version, provider)
