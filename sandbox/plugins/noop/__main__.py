"""The plugin's program."""

from __future__ import annotations

from providers.kit import serve
from sandbox.plugins.noop.provider import Noop
from sandbox.plugins.noop.sdk import VERSION

serve("noop", VERSION, Noop())
