"""moto as the sandbox runs it: asks for the key, and remembers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from moto.core.base_backend import BackendDict
from werkzeug.test import Client

from sandbox.aws import snapshot
from sandbox.aws.application import Application
from sandbox.aws.snapshot import Snapshot, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY = "SANDBOX0123"


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[Snapshot]:
    """Where the state goes; moto is empty before and after."""
    BackendDict.reset()
    yield Snapshot(tmp_path / "state.pickle")
    BackendDict.reset()


@pytest.fixture
def client(saved: Snapshot) -> Client:
    """Talks to the application without a network."""
    return Client(Application(_KEY, saved))


def _call(client: Client, target: str, body: dict[str, object], key: str = _KEY) -> tuple[int, Any]:
    service = {"secretsmanager": "secretsmanager", "TrentService": "kms"}.get(target.partition(".")[0], "ecr")
    scope = f"AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/{service}/aws4_request, SignedHeaders=h, Signature=s"
    response = client.post(
        "/",
        data=json.dumps(body),
        headers={
            "Authorization": scope,
            "X-Amz-Target": target,
            "Content-Type": "application/x-amz-json-1.1",
            "Host": f"{service}.us-east-1.amazonaws.com",
        },
    )
    return response.status_code, response.get_data(as_text=True)


def _form(client: Client, action: str, **fields: str) -> tuple[int, str]:
    scope = f"AWS4-HMAC-SHA256 Credential={_KEY}/20260101/us-east-1/iam/aws4_request, SignedHeaders=h, Signature=s"
    headers = {"Authorization": scope, "Host": "iam.amazonaws.com"}
    response = client.post("/", data={"Action": action, "Version": "2010-05-08", **fields}, headers=headers)
    return response.status_code, response.get_data(as_text=True)


def _forget_and_load(saved: Snapshot) -> None:
    BackendDict.reset()
    saved.load()


def test_a_restart_loses_nothing(client: Client, saved: Snapshot) -> None:
    """A secret is there again, with the same ARN and value."""
    _call(client, "secretsmanager.CreateSecret", {"Name": "llm-keys", "SecretString": "v"})
    before = _call(client, "secretsmanager.GetSecretValue", {"SecretId": "llm-keys"})

    _forget_and_load(saved)

    assert (200, before) == (before[0], _call(client, "secretsmanager.GetSecretValue", {"SecretId": "llm-keys"}))


@pytest.mark.parametrize("spec", ["SYMMETRIC_DEFAULT", "RSA_2048", "ECC_NIST_P256"])
def test_key_material_outlives_a_restart(client: Client, saved: Snapshot, spec: str) -> None:
    """Keys of every kind come back as they were, locks inside the objects made anew."""
    usage = "ENCRYPT_DECRYPT" if spec == "SYMMETRIC_DEFAULT" else "SIGN_VERIFY"
    status, made = _call(client, "TrentService.CreateKey", {"KeySpec": spec, "KeyUsage": usage})
    _call(client, "AmazonEC2ContainerRegistry_V20150921.CreateRepository", {"repositoryName": "backup"})
    key = json.loads(made)["KeyMetadata"]["KeyId"]
    before = _call(client, "TrentService.DescribeKey", {"KeyId": key})

    _forget_and_load(saved)

    assert (200, before) == (status, _call(client, "TrentService.DescribeKey", {"KeyId": key}))


def test_what_was_encrypted_before_a_restart_can_be_read_after_it(client: Client, saved: Snapshot) -> None:
    """The key is the same key, not one of the same name."""
    _, made = _call(client, "TrentService.CreateKey", {})
    key = json.loads(made)["KeyMetadata"]["KeyId"]
    _, sealed = _call(client, "TrentService.Encrypt", {"KeyId": key, "Plaintext": "c2VjcmV0"})

    _forget_and_load(saved)

    _, opened = _call(client, "TrentService.Decrypt", {"CiphertextBlob": json.loads(sealed)["CiphertextBlob"]})
    assert json.loads(opened)["Plaintext"] == "c2VjcmV0"


def test_a_stranger_is_refused(client: Client) -> None:
    """Loopback is open to every user of the machine; the access key is not."""
    answers = {_call(client, "secretsmanager.ListSecrets", {}, key)[0] for key in ("", "test", f"{_KEY}x")}

    assert ({403}, 403) == (answers, client.get("/moto-api/data.json").status_code)


def test_health_needs_no_key(client: Client) -> None:
    """The supervisor asks without one."""
    assert client.get("/healthz").status_code == 200


def test_nothing_is_written_for_a_question(client: Client, saved: Snapshot) -> None:
    """Reading is not slowed down by saving, in either of AWS' protocols."""
    _call(client, "secretsmanager.ListSecrets", {})
    _form(client, "ListRoles")

    assert not saved.path.exists()


def test_a_form_is_saved_like_any_other_change(client: Client, saved: Snapshot) -> None:
    """IAM names its operation in the body, which moto still gets to read."""
    status, _ = _form(client, "CreateRole", RoleName="backup", AssumeRolePolicyDocument="{}")

    _forget_and_load(saved)

    assert (200, True) == (status, "backup" in _form(client, "ListRoles")[1])


def test_no_file_is_an_empty_state(saved: Snapshot) -> None:
    """The first start has nothing to load."""
    assert not saved.load()


@pytest.mark.parametrize("content", [b"", b"no pickle", snapshot.capture()[:-3]])
def test_a_damaged_file_is_told_from_an_empty_one(saved: Snapshot, content: bytes) -> None:
    """It is not taken for a state without anything in it."""
    saved.path.write_bytes(content)

    with pytest.raises(UnreadableError):
        saved.load()


def test_another_version_of_moto_is_told(saved: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its objects may be of another shape."""
    monkeypatch.setattr("moto.__version__", "1.0.0")
    saved.save(snapshot.capture())
    monkeypatch.undo()

    with pytest.raises(UnreadableError, match=r"moto 1\.0\.0"):
        saved.load()


def test_state_that_cannot_be_kept_is_no_reason_to_refuse(
    client: Client, saved: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is given although the disk is full."""

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("toolchain.files.write", full)

    status, _ = _call(client, "secretsmanager.CreateSecret", {"Name": "a", "SecretString": "v"})

    assert (200, False) == (status, saved.path.exists())
