"""Credentials: made once, random, each file for its owner alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
import yaml
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sandbox.credentials import IDENTITIES, Credentials, User
from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

_SERVER = "https://127.0.0.1:20001"


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    """Credentials as a first start makes them."""
    made = Credentials(tmp_path / "credentials")
    made.ensure()
    made.write_kubeconfigs(_SERVER)
    return made


def _contents(credentials: Credentials) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in credentials.folder.iterdir()}


def _fit_together(credentials: Credentials) -> bool:
    authority = x509.load_pem_x509_certificate(credentials.authority.read_bytes())
    for pair in (credentials.server, credentials.client):
        leaf = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
        key = load_pem_private_key(pair.key.read_bytes(), None)
        if leaf.public_key() != key.public_key():
            return False
        try:
            leaf.verify_directly_issued_by(authority)
        except InvalidSignature:
            return False
    return True


def test_each_file_is_its_owners_alone(credentials: Credentials) -> None:
    """Whoever reads one of these files is the sandbox's administrator."""
    modes = {stat.S_IMODE(path.stat().st_mode) for path in credentials.folder.iterdir()}

    assert ({0o600}, 0o700) == (modes, stat.S_IMODE(credentials.folder.stat().st_mode))


def test_a_second_start_makes_no_new_keys(credentials: Credentials) -> None:
    """Keys stay, so that nothing declared with them changes."""
    before = _contents(credentials)

    credentials.ensure()
    credentials.write_kubeconfigs(_SERVER)

    assert before == _contents(credentials)


def test_two_sandboxes_share_no_secret(credentials: Credentials, tmp_path: Path) -> None:
    """Every key is random."""
    other = Credentials(tmp_path / "other")
    other.ensure()

    mine, theirs = (
        {*(each.token(user) for user in User), each.keys().secret_access_key, each.edge_token.read_text()}
        for each in (credentials, other)
    )

    assert (len(User) + 2, set()) == (len(mine), mine & theirs)


@pytest.mark.parametrize("lost", ["ca.crt", "server.crt", "server.key", "api-client.crt", "api-client.key"])
def test_a_lost_certificate_brings_new_ones_that_fit_together(credentials: Credentials, lost: str) -> None:
    """A start cut short in the middle leaves no certificate of an authority that is gone."""
    (credentials.folder / lost).unlink()

    credentials.ensure()

    assert _fit_together(credentials)


@pytest.mark.parametrize("last", ["ca.crt", "server.key", "server.crt", "api-client.key", "api-client.crt"])
def test_certificates_cut_short_while_they_are_made_anew_fit_together(
    credentials: Credentials, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    """A full disk half way leaves none of the old ones beside the new."""
    write = files.write

    def full(path: Path, content: bytes, mode: int = 0o600) -> None:
        if path.name == last:
            raise OSError(28, "No space left on device")
        write(path, content, mode)

    (credentials.folder / "server.crt").unlink()
    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="No space"):
        credentials.ensure()
    monkeypatch.undo()

    credentials.ensure()

    assert _fit_together(credentials)


def test_each_user_has_one_line_with_its_name_and_groups(credentials: Credentials) -> None:
    """The API server's token file says who holds which token."""
    lines = credentials.token_file.read_text().splitlines()

    expected = [
        f"{credentials.token(user)},{name},{name}" + (f',"{",".join(groups)}"' if groups else "")
        for user, (name, groups) in IDENTITIES.items()
    ]
    assert expected == lines


@pytest.mark.parametrize("user", list(User))
def test_a_kubeconfig_leads_to_the_server_as_its_user(credentials: Credentials, user: User) -> None:
    """Server, authority and token are the sandbox's."""
    document = yaml.safe_load(credentials.kubeconfig(user).read_text())

    cluster, login = document["clusters"][0]["cluster"], document["users"][0]["user"]
    expected = ({"server": _SERVER, "certificate-authority": str(credentials.authority)}, credentials.token(user))
    assert expected == (cluster, login["token"])


def test_another_port_goes_into_every_kubeconfig(credentials: Credentials) -> None:
    """An API server that moved is found again."""
    credentials.write_kubeconfigs("https://127.0.0.1:29999")

    servers = {
        yaml.safe_load(credentials.kubeconfig(user).read_text())["clusters"][0]["cluster"]["server"] for user in User
    }
    assert {"https://127.0.0.1:29999"} == servers
