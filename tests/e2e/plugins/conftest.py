"""A real engine, the stand-ins as installed, and the services behind them: what the plugins' tests run on."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest
from botocore.config import Config

from sandbox.cloudflare.application import BASE, Cloudflare
from sandbox.connections import VARIABLE, Connections, ObjectStoreKeys
from sandbox.fake import running
from sandbox.plugins.install import ONLY_STAND_INS, install
from toolchain import files
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PASSPHRASE = "a passphrase"  # noqa: S105 - of a state that lives as long as the test
_LIMIT = 120
_READY = 30


@dataclass(frozen=True)
class Cloud:
    """The services behind the stand-ins.

    Attributes:
        connections: where they are.
        cloudflare: Cloudflare's API, which runs in this process.
    """

    connections: Connections
    cloudflare: Cloudflare

    def objects(self) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        """A client of the S3 server, as some other program would have one."""
        return self._client("s3", self.connections.object_store)

    def aws(self, service: str) -> Any:  # noqa: ANN401 - as above
        """A client of moto."""
        return self._client(service, self.connections.aws)

    def _client(self, service: str, url: str) -> Any:  # noqa: ANN401 - as above
        keys = self.connections.keys()
        return boto3.session.Session().client(
            service,  # type: ignore[call-overload]  # the stubs list the services by literal
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id=keys.access_key_id,
            aws_secret_access_key=keys.secret_access_key,
            config=Config(s3={"addressing_style": "path"}, proxies={}),
        )


@dataclass(frozen=True)
class Run:
    """What one run of the engine left: exit code, output, and the operation on each resource by its name."""

    exit_code: int
    output: str
    operations: dict[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> dict[str, str]:
        """The operations that are not "same"."""
        return {name: operation for name, operation in self.operations.items() if operation not in {"same", "refresh"}}


@dataclass(frozen=True)
class Engine:
    """The engine on a project whose program declares what a file lists."""

    pulumi: Path
    project: Path
    environment: dict[str, str]

    def declare(self, *resources: dict[str, Any]) -> None:
        """Say what the program declares."""
        (self.project / "resources.json").write_text(json.dumps(resources), "utf-8")

    def run(self, command: str, *arguments: str) -> Run:
        """Run a command on the stack: up, preview, refresh, import, destroy."""
        log = self.project / "events.jsonl"
        log.unlink(missing_ok=True)
        skip = [] if command == "preview" or "--preview-only" in arguments else ["--yes", "--skip-preview"]
        done = self.call(command, "--stack", "test", *skip, "--event-log", str(log), *arguments)
        return Run(done.returncode, done.stdout + done.stderr, _operations(log))

    def state(self) -> dict[str, dict[str, Any]]:
        """Every resource of the state by its name."""
        exported = json.loads(self.call("stack", "export", "--stack", "test").stdout)
        found = exported["deployment"].get("resources", [])
        return {item["urn"].rpartition("::")[2]: item for item in found}

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line tool."""
        return subprocess.run(
            [str(self.pulumi), *arguments, "--non-interactive", "--color", "never"],
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LIMIT,
        )


def _operations(log: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in log.read_text("utf-8").splitlines() if log.exists() else ():
        event = json.loads(line)
        metadata = (event.get("resOutputsEvent") or event.get("resourcePreEvent") or {}).get("metadata")
        if metadata and not metadata["type"].startswith("pulumi:"):
            name = metadata["urn"].rpartition("::")[2]
            if metadata["op"] not in {"create-replacement", "delete-replaced"}:
                found[name] = metadata["op"]
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + _READY
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            if httpx.get(url, trust_env=False, timeout=1).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The S3 server, moto and Cloudflare's API, with random ports and keys of their own."""
    root = tmp_path_factory.mktemp("sandbox")
    keys = ObjectStoreKeys(access_key_id="SANDBOXTEST", secret_access_key=secrets.token_hex(16))
    files.write(root / "keys.json", keys.model_dump_json().encode())
    for name in ("objects", "versions"):
        (root / name).mkdir(mode=0o700)
    store, moto = _free_port(), _free_port()
    gateway = [
        str(provide([Tool.VERSITYGW])[Tool.VERSITYGW]),
        f"--port=127.0.0.1:{store}",
        "--health=/healthz",
        "--quiet",
        "posix",
        f"--versioning-dir={root / 'versions'}",
        str(root / "objects"),
    ]
    control = [
        *(sys.executable, "-m", "sandbox.aws"),
        *(f"--port={moto}", f"--state={root / 'moto'}", f"--keys={root / 'keys.json'}"),
    ]
    account = {"ROOT_ACCESS_KEY_ID": keys.access_key_id, "ROOT_SECRET_ACCESS_KEY": keys.secret_access_key}
    with ExitStack() as stack:
        for command, port in ((gateway, store), (control, moto)):
            log = stack.enter_context((root / f"{port}.log").open("wb"))
            process = subprocess.Popen(command, env=os.environ | account, stdout=log, stderr=log)
            stack.callback(process.wait, timeout=10)
            stack.callback(process.terminate)
            _await(process, f"http://127.0.0.1:{port}/healthz")
        token = secrets.token_urlsafe(16)
        files.write(root / "edge.token", token.encode())
        cloudflare = Cloudflare(token)
        edge = stack.enter_context(running(cloudflare))
        connections = Connections(
            root=root,
            kubeconfig=root / "none",
            object_store=f"http://127.0.0.1:{store}",
            object_store_keys=root / "keys.json",
            aws=f"http://127.0.0.1:{moto}",
            railway="http://127.0.0.1:1/graphql/v2",
            railway_edge="http://127.0.0.1:1",
            uptimerobot="http://127.0.0.1:1/v3",
            cloudflare=f"{edge}{BASE}",
            edge_token=root / "edge.token",
            pulumi_home=root / "pulumi",
        )
        files.write(root / "connections.json", connections.model_dump_json().encode())
        yield Cloud(connections, cloudflare)


@pytest.fixture(scope="module")
def engine(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine on a fresh project and stack, with the stand-ins installed."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(HERE / "program", project, dirs_exist_ok=True)
    (project / "state").mkdir()
    install(cloud.connections.pulumi_home)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(project),
        "PULUMI_HOME": str(cloud.connections.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{project / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        **ONLY_STAND_INS,
        "PULUMI_DEBUG_COMMANDS": "true",
        "GROUNDWORK_PYTHON": sys.executable,
        VARIABLE: str(cloud.connections.root / "connections.json"),
    }
    made = Engine(provide([Tool.PULUMI])[Tool.PULUMI], project, environment)
    made.declare()
    done = made.call("stack", "init", "test")
    assert done.returncode == 0, done.stderr
    return made
