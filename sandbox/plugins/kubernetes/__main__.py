"""Run the plugin: ``python -m sandbox.plugins.kubernetes [engine address]``."""

from __future__ import annotations

from importlib.metadata import version

from providers.kit import serve
from sandbox.plugins.kubernetes.provider import Kubernetes

if __name__ == "__main__":
    serve("kubernetes", version("pulumi-kubernetes"), Kubernetes())
