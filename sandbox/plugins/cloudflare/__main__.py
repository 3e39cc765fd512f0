"""The plugin's program."""

from __future__ import annotations

from providers.kit import serve
from sandbox.plugins.cloudflare.provider import Cloudflare
from sandbox.plugins.services import isolate

isolate()
provider = Cloudflare()
serve("cloudflare", provider.sdk.source.version, provider)
