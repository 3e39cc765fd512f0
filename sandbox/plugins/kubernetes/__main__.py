"""Run the plugin: ``python -m sandbox.plugins.kubernetes [engine address]``."""

from __future__ import annotations

from importlib.metadata import version

from toolchain import bare_sdk

if __name__ == "__main__":
    bare_sdk.enter()  # before the kit, which imports the protocol
    from providers.kit import serve
    from sandbox.plugins.kubernetes.provider import Kubernetes

    serve("kubernetes", version("pulumi-kubernetes"), Kubernetes())
