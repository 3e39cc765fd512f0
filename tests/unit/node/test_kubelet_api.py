"""Who may read containers' logs from the node."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.credentials import Credentials
from sandbox.node.kubelet_api import _is_api_server

if TYPE_CHECKING:
    from pathlib import Path


def _decoded(certificate: Path) -> dict[str, Any]:
    """A certificate as a TLS connection tells of it."""
    # The standard library offers this form of a file nowhere else.
    told: dict[str, Any] = ssl._ssl._test_decode_cert(str(certificate))  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    return told


@pytest.mark.parametrize(("name", "allowed"), [("client", True), ("server", False)])
def test_only_the_api_server(tmp_path: Path, name: str, allowed: bool) -> None:  # noqa: FBT001 - a table's column
    """Of the authority's two certificates, only that of the API server's client opens the endpoint."""
    credentials = Credentials(tmp_path)
    credentials.ensure()
    assert _is_api_server(_decoded(getattr(credentials, name).certificate)) is allowed


def test_no_certificate() -> None:
    """No certificate is nobody."""
    assert (_is_api_server(None), _is_api_server({})) == (False, False)
