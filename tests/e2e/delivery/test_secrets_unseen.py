"""No secret can be read where none belongs: every one that the stack holds is looked for in all that a run leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from delivery.workspace import Workspace
from infra.stackfile import SECRETS
from providers.kit.values import SECRET, SIGNATURE
from sandbox.connections import Connections
from tests.e2e.delivery.runner import CHECKOUT
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.conftest import Brought

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

#: Letters that a value must have to be looked for: a shorter one is found by chance.
_FEWEST = 16
#: Where secrets are kept, each file for its owner alone: the sandbox's credentials, the vendors' own stores (the fakes'
#: state), the cluster's, and what its node mounts into a pod.
KEPT = ("credentials", "edge", "etcd", "pods")


@dataclass(frozen=True)
class Canaries:
    """Every secret of the sandbox by its value, and what it is.

    Attributes:
        configured: those of the stack file.
        held: those in the state: what resources were given, and what they made.
        looked: folders of the sandbox that have files, all of which were looked into.
        files: each file that holds one, with whose it is; relative to the sandbox's folder.
    """

    configured: dict[str, str]
    held: dict[str, str]
    looked: set[str]
    files: dict[Path, set[str]]

    def seen_in(self, text: str) -> set[str]:
        """What of them a text shows."""
        return {name for value, name in (self.held | self.configured).items() if value in text}


@pytest.fixture(scope="module")
def canaries(brought: Brought) -> Canaries:
    """The sandbox's own: each is made at random, so that whatever holds it has it from there."""
    root = brought.gw.root
    config = _pulumi(
        root, "config", "--show-secrets", "--json", "--config-file", str(Workspace(CHECKOUT, root).stack_file)
    )
    configured = {row["value"]: key for key, row in config.items() if row["secret"]}
    rows = _pulumi(root, "stack", "export", "--show-secrets")["deployment"]["resources"]
    # An id names a resource, at its vendor too: it opens nothing.
    ids = {row.get("id") for row in rows}
    held = {
        value: f"{row['urn'].rpartition('::')[2]}{path}"
        for row in rows
        for path, value in _secrets(row, "")
        if len(value) >= _FEWEST and value not in ids
    }
    content = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    every = {value.encode(): name for value, name in (held | configured).items()}
    files = {path: {name for value, name in every.items() if value in data} for path, data in content.items()}
    looked = {path.parts[0] for path in content}
    return Canaries(configured, held, looked, {path: names for path, names in files.items() if names})


def _pulumi(root: Path, *arguments: str) -> Any:  # noqa: ANN401 - any JSON
    """What the engine says of the stack, decrypted; it goes into no file."""
    binary = provide((Tool.PULUMI,), ignore)[Tool.PULUMI]
    workspace = Workspace(CHECKOUT, root)
    connections = Connections.load(root / "connections.json")
    done = subprocess.run(
        [str(binary), *arguments, "--stack", workspace.stack, "--non-interactive"],
        cwd=workspace.project,
        env=workspace.environment(connections, sys.executable, binary.parent),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def _secrets(value: Any, path: str, *, secret: bool = False) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Path and text of each secret in a row of the state."""
    if isinstance(value, dict) and value.get(SIGNATURE) == SECRET:
        yield from _secrets(json.loads(value["plaintext"]), path, secret=True)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _secrets(part, f"{path}.{key}", secret=secret)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _secrets(part, f"{path}[{place}]", secret=secret)
    elif secret and isinstance(value, str):
        yield path, value


def test_every_secret_is_a_canary(canaries: Canaries) -> None:
    """All that a stack file may hold is set, and is long enough to be found by no chance."""
    assert {*SECRETS} - {*canaries.configured.values()} <= {
        # These pairs have one value in the sandbox, which has one object store and one token for all fakes.
        "groundwork:copyStoreAccessKeyId",
        "groundwork:copyStoreSecretAccessKey",
        "groundwork:objectStoreAccessKeyId",
        "groundwork:objectStoreSecretAccessKey",
        "cloudflare:apiToken",
        "railway:token",
        "uptimerobot:apiKey",
    }
    assert min(map(len, canaries.configured)) >= _FEWEST


def test_the_canaries_sing(canaries: Canaries) -> None:
    """Each is found where it belongs: what is looked for is what is used."""
    kept = {name for path, names in canaries.files.items() if path.parts[0] in KEPT for name in names}

    assert {*canaries.configured.values()} <= kept


def test_what_resources_made_is_among_them(canaries: Canaries) -> None:
    """The heartbeat's address and the bucket's key are secrets that nobody typed in."""
    names = {name.rpartition(".")[2] for name in canaries.held.values()}

    assert {"HEARTBEAT_URL", "FILES_SECRET_ACCESS_KEY"} <= names


def test_no_file_of_a_run_holds_one(canaries: Canaries) -> None:
    """No log of a service or a pod, event log, preview, plan, report, state, its history or its backups, stack file."""
    assert {"logs", "pulumi"} <= canaries.looked
    assert {} == {str(path): names for path, names in canaries.files.items() if path.parts[0] not in KEPT}


def test_where_they_are_kept_only_the_owner_reads(brought: Brought, canaries: Canaries) -> None:
    """Each file that holds one, and each folder above it below the sandbox's own, is closed to everyone else."""
    root = brought.gw.root
    paths = {parent for path in canaries.files if path.parts[0] in KEPT for parent in (path, Path(path.parts[0]))}

    assert {} == {str(path): oct(mode) for path in paths if (mode := (root / path).stat().st_mode & 0o077)}


def test_no_output_of_a_command_shows_one(brought: Brought, canaries: Canaries) -> None:
    """What a run printed, its events and its table, and what other commands print."""
    runs = [
        brought.healed,
        *(brought.gw.run(*arguments) for arguments in (["status"], ["secrets", "--stack", "local"])),
    ]
    shown = [text for run in runs for text in (run.text, json.dumps(run.events))]

    assert brought.healed.named("engine.up.resource")
    assert [set() for _ in shown] == [canaries.seen_in(text) for text in shown]


def test_no_process_shows_one(brought: Brought, canaries: Canaries) -> None:
    """The list of processes, looked at twenty times a second while a whole `gw up` ran: engine, plugins, services."""
    lines = "\n".join(brought.commands)

    assert all(program in lines for program in ("pulumi", "sandbox.railway", "kube-apiserver", "delivery.cli"))
    assert set() == canaries.seen_in(lines)


def test_an_exported_state_shows_none(brought: Brought, canaries: Canaries) -> None:
    """`pulumi stack export` gives every one of them encrypted."""
    exported = json.dumps(_pulumi(brought.gw.root, "stack", "export"))

    assert set() == canaries.seen_in(exported)
