"""One control plane for all tests of the node."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from lightkube.config.kubeconfig import KubeConfig
from lightkube.core.client import Client
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Namespace

from sandbox.credentials import Credentials
from sandbox.ports import Ports
from sandbox.sandbox import Sandbox
from tests.e2e.node.cluster import IMAGE, LIMIT_SECONDS, Cluster, until
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORKSHOP = Path(__file__).parent / "workshop"
_BINARIES = (Tool.ETCD, Tool.KUBE_APISERVER, Tool.KUBE_CONTROLLER_MANAGER, Tool.VERSITYGW)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A control plane without a node of its own, in a folder of its own."""
    root = tmp_path_factory.mktemp("node") / ".sandbox"
    sandbox = Sandbox(
        root,
        provide(_BINARIES),
        without=frozenset({"node", "versitygw", "moto", "railway", "uptimerobot", "cloudflare"}),
    )
    running: Cluster | None = None
    try:
        connections = sandbox.start()
        config = KubeConfig.from_file(connections.kubeconfig)
        api = Client(config=config, trust_env=False, timeout=httpx2.Timeout(30))
        running = first = Cluster(
            api=api,
            root=root,
            checkout=_checkout(tmp_path_factory.mktemp("checkout")),
            credentials=Credentials(root / "credentials"),
            port=Ports(tmp_path_factory.mktemp("ports") / "ports.json").assign(["node"], ignore)["node"],
        )
        (root / "images.json").write_text(json.dumps({IMAGE: "jobs/trial"}))
        until(lambda: first.has_account("default"), "the default service account")
        yield running
    finally:
        if running is not None:
            running.stop()
            running.api.close()
        sandbox.purge()


@pytest.fixture
def node(cluster: Cluster) -> Cluster:
    """The cluster with its node, which isolates if this machine can."""
    cluster.use("bwrap")  # `make test` installs it; test_plain.py is about nodes without
    return cluster


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[str]:
    """A namespace of the test's own."""
    name = f"n{next(cluster.numbers)}"
    cluster.api.create(Namespace(metadata=ObjectMeta(name=name)))
    yield name
    cluster.api.delete(Namespace, name)


def _checkout(folder: Path) -> Path:
    """A copy of the workshop with its lock file."""
    copy = folder / "workshop"
    shutil.copytree(_WORKSHOP, copy)
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([uv, "lock", "--quiet", "--offline"], cwd=copy, check=True, timeout=LIMIT_SECONDS)
    return copy
