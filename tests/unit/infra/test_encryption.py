"""Secrets of a stack outside of this machine are encrypted by a key of a cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.settings import CLOUD_KEYS, check_file
from infra.stackfile import SECRETS
from tests.unit.infra.files import mistakes, written

if TYPE_CHECKING:
    from pathlib import Path

_HELD = {key: {"secure": "v1:abc"} for key in SECRETS}
_KEY = "awskms://alias/groundwork-prod-pulumi?region=eu-central-1"


@pytest.mark.parametrize("scheme", CLOUD_KEYS)
@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_a_key_of_a_cloud_passes(tmp_path: Path, stack: str, scheme: str) -> None:
    """A stack file whose secrets a cloud's key encrypts is right."""
    path = written(tmp_path, stack, _HELD, secretsprovider=f"{scheme}some/key", encryptedkey="abc")

    assert check_file(path).secrets_rotated.keys() == SECRETS.keys()


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_a_passphrase_is_refused(tmp_path: Path, stack: str) -> None:
    """Its salt in the file of a stack outside of this machine is a mistake, and the command that mends it is named."""
    said = mistakes(written(tmp_path, stack, secretsprovider=_KEY, encryptionsalt="v1:x"))

    assert ["encryptionsalt: the stack's secrets are encrypted with a passphrase"] == [
        one.partition(" (")[0] for one in said
    ]
    assert f"pulumi stack change-secrets-provider --stack {stack} 'awskms://" in said[0]


@pytest.mark.parametrize("provider", ["passphrase", "default", "", 7, "hashivault://key"])
def test_another_provider_is_refused(tmp_path: Path, provider: object) -> None:
    """What is no key of one of the three clouds is a mistake."""
    said = mistakes(written(tmp_path, "prod", secretsprovider=provider))

    assert [f"secretsprovider: {str(provider)!r} is not accepted"] == [one.partition(" (")[0] for one in said]


def test_secrets_without_a_provider_are_refused(tmp_path: Path) -> None:
    """Without a provider the engine's default has encrypted them, and that is no key of ours."""
    said = mistakes(written(tmp_path, "prod", _HELD))

    assert ["secretsprovider: missing, and the file holds secrets"] == [one.partition(" (")[0] for one in said]


def test_a_file_without_secrets_needs_no_provider(tmp_path: Path) -> None:
    """The tree's own files hold neither: a fork puts both in."""
    assert check_file(written(tmp_path, "prod"), secrets=False)
