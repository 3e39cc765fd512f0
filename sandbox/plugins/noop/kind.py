"""What the plugin, its resource class and its installation agree on; imports nothing, so that each can afford it."""

from __future__ import annotations

from typing import Final

#: The type of the one resource.
TOKEN: Final = "noop:index:Resource"  # noqa: S105 - a type token, no secret

#: The plugin's version; it has no vendor's.
VERSION: Final = "1.0.0"
