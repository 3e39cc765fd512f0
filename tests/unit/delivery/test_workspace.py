"""The engine's folder: what of the sandbox gets into the stack file, and what of the user's into the environment."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from delivery.workspace import Workspace
from infra.stackfile import SECRETS
from sandbox.connections import Connections

_CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    """Addresses of a sandbox that does not run."""
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"access_key_id": "an-id", "secret_access_key": "a-secret"}))
    token = tmp_path / "edge-token"
    token.write_text("a-token\n")
    return Connections(
        root=tmp_path,
        kubeconfig=tmp_path / "kubeconfig",
        object_store="http://127.0.0.1:7777",
        object_store_keys=keys,
        aws="http://127.0.0.1:7778",
        railway="http://127.0.0.1:7779/graphql/v2",
        railway_edge="http://127.0.0.1:7779",
        uptimerobot="http://127.0.0.1:7780/v3",
        cloudflare="http://127.0.0.1:7781/client/v4",
        edge_token=token,
        pulumi_home=tmp_path / "home",
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A prepared workspace on this very checkout."""
    made = Workspace(checkout=_CHECKOUT, root=tmp_path)
    made.prepare()
    return made


def test_secrets_are_asked_for_and_never_written_in_plain(workspace: Workspace, connections: Connections) -> None:
    """The first overlay returns each secret to encrypt, and writes none of them."""
    missing = workspace.overlay(connections)

    assert set(SECRETS) == set(missing)
    assert {
        "groundwork:objectStoreAccessKeyId": "an-id",
        "groundwork:copyStoreAccessKeyId": "an-id",
        "groundwork:objectStoreSecretAccessKey": "a-secret",
        "groundwork:copyStoreSecretAccessKey": "a-secret",
        "railway:token": "a-token",
        "uptimerobot:apiKey": "a-token",
        "cloudflare:apiToken": "a-token",
    }.items() <= missing.items()
    written = workspace.stack_file.read_text()
    assert [key for key, value in missing.items() if value in written] == []


def test_secrets_of_the_products_are_made_up(workspace: Workspace, connections: Connections) -> None:
    """Each sandbox has secrets of its own, of which no two are alike and none is short."""
    keys = [f"groundwork:{name}" for name in ("geminiApiKey", "internalKey", "sentryDsn", "slackWebhookUrl")]
    first, second = workspace.overlay(connections), workspace.overlay(connections)
    made = [held[key] for held in (first, second) for key in keys]

    assert len(made) == len(set(made))
    assert min(map(len, made)) >= 32


def test_an_encrypted_secret_and_the_salt_are_kept(workspace: Workspace, connections: Connections) -> None:
    """A second overlay asks for nothing and gives the very same file, so that the engine sees no change."""
    workspace.overlay(connections)
    document = yaml.safe_load(workspace.stack_file.read_text())
    document["encryptionsalt"] = "v1:salt"
    document["config"] |= {key: {"secure": f"v1:{key}"} for key in SECRETS}
    workspace.stack_file.write_text(yaml.safe_dump(document))

    assert workspace.overlay(connections) == {}
    first = workspace.stack_file.read_text()
    assert workspace.overlay(connections) == {}
    assert (first, True) == (workspace.stack_file.read_text(), workspace.initialised)


def test_services_are_the_sandboxs_own(workspace: Workspace, connections: Connections) -> None:
    """Each endpoint is the address that the sandbox found free; all other keys are the checkout's."""
    workspace.overlay(connections)

    made = yaml.safe_load(workspace.stack_file.read_text())["config"]
    own = yaml.safe_load((_CHECKOUT / "Pulumi.local.yaml").read_text())["config"]
    assert {
        "groundwork:objectStoreEndpoint": "http://127.0.0.1:7777",
        "groundwork:copyStoreEndpoint": "http://127.0.0.1:7777",
        "railway:endpoint": "http://127.0.0.1:7779/graphql/v2",
        "uptimerobot:endpoint": "http://127.0.0.1:7780/v3",
    } == {key: made[key] for key in made if made[key] != own.get(key)}


def test_the_users_clouds_stay_outside(
    workspace: Workspace, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No credential of the user's own reaches the engine, and no secret of the sandbox stands in its environment."""
    for name in ("AWS_PROFILE", "AWS_SECRET_ACCESS_KEY", "CLOUDFLARE_API_TOKEN", "PULUMI_ACCESS_TOKEN", "KUBECONFIG"):
        monkeypatch.setenv(name, "mine")

    made = workspace.environment(connections, "/usr/bin/python3", Path("/tools"))

    assert "mine" not in made.values()
    assert [value for value in made.values() if "a-secret" in value or workspace.passphrase.read_text() in value] == []
    assert str(connections.kubeconfig) == made["KUBECONFIG"]


def test_the_passphrase_is_made_once_and_is_private(workspace: Workspace) -> None:
    """Preparing again keeps the passphrase, in a file that only its owner may read."""
    before = workspace.passphrase.read_text()

    workspace.prepare()

    assert (before, 0o600) == (workspace.passphrase.read_text(), os.stat(workspace.passphrase).st_mode & 0o777)  # noqa: PTH116 - the mode itself


@pytest.fixture
def offline(tmp_path: Path) -> Workspace:
    """A prepared workspace of prod on a checkout whose stack file holds secrets of a cloud's key."""
    document = yaml.safe_load((_CHECKOUT / "Pulumi.prod.yaml").read_bytes())
    document |= {"secretsprovider": "awskms://alias/prod", "encryptedkey": "a-key"}
    document["config"]["groundwork:objectStoreAccessKeyId"] = {"secure": "v1:of-the-cloud"}
    document["config"]["groundwork:later"] = {"secure": "v1:of-the-cloud"}
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "Pulumi.prod.yaml").write_text(yaml.safe_dump(document))
    made = Workspace(checkout, tmp_path, "prod")
    made.prepare()
    return made


def test_an_offline_stack_gets_placeholders_for_its_secrets(offline: Workspace, connections: Connections) -> None:
    """Each secret that the stack holds or needs is a placeholder; no key of the sandbox and no cipher gets in."""
    missing = offline.overlay(connections)

    assert {*SECRETS, "groundwork:later"} == set(missing)
    assert set(missing.values()) == {"placeholder"}
    assert [word for word in ("of-the-cloud", "awskms", "a-key") if word in offline.stack_file.read_text()] == []


def test_an_offline_stack_keeps_its_own_values(offline: Workspace, connections: Connections) -> None:
    """Everything but secrets is as the checkout's stack file has it, and that file is not written to."""
    file = offline.checkout / "Pulumi.prod.yaml"
    before = file.read_bytes()
    offline.overlay(connections)

    own = {key: value for key, value in yaml.safe_load(before)["config"].items() if "secure" not in str(value)}
    made = yaml.safe_load(offline.stack_file.read_bytes())["config"]
    assert own == {key: made.get(key) for key in own}
    assert before == file.read_bytes()


def test_stacks_share_plugins_and_nothing_else(workspace: Workspace, offline: Workspace) -> None:
    """An offline stack has a state, a stack file and a passphrase of its own."""
    assert workspace.home == offline.home
    assert {workspace.state, workspace.stack_file, workspace.passphrase}.isdisjoint(
        {offline.state, offline.stack_file, offline.passphrase}
    )
    assert workspace.passphrase.read_text() != offline.passphrase.read_text()
