"""Unit tests touch no network: a test that tries fails, naming the address."""

from __future__ import annotations

import pytest
import pytest_socket


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Refuse every socket but unix ones, which event loops need to wake themselves up."""
    pytest_socket.disable_socket(allow_unix_socket=True)
