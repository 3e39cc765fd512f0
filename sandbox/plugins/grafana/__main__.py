"""The plugin's program."""

from __future__ import annotations

from providers.kit import serve
from sandbox.plugins.grafana.provider import Grafana

provider = Grafana()
serve("grafana", provider.sdk.source.version, provider)
