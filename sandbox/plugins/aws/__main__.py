"""The plugin's program."""

from __future__ import annotations

from providers.kit import serve
from sandbox.plugins.aws.provider import Aws
from sandbox.plugins.services import isolate

isolate()
provider = Aws()
serve("aws", provider.sdk.source.version, provider)
