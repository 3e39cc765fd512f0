"""The one address that anything here listens on."""

from __future__ import annotations

from typing import Final

LOOPBACK: Final = "127.0.0.1"
