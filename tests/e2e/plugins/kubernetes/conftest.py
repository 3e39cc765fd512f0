"""A control plane for these tests: etcd, the API server and its controllers, without a node to run pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.plugins.kubernetes.provider import Kubernetes
from sandbox.sandbox import Sandbox
from sandbox.services.service import Name
from tests.e2e.plugins.kubernetes.stack import Stack
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sandbox.plugins.kubernetes.cluster import Cluster

#: Services that no test here needs.
_WITHOUT = frozenset(Name) - {Name.ETCD, Name.API_SERVER, Name.CONTROLLERS}


@pytest.fixture(scope="session")
def kubeconfig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The administrator's kubeconfig of a fresh control plane."""
    tools = provide([Tool.ETCD, Tool.KUBE_APISERVER, Tool.KUBE_CONTROLLER_MANAGER, Tool.VERSITYGW])
    sandbox = Sandbox(tmp_path_factory.mktemp("control-plane"), tools, without=_WITHOUT)
    try:
        yield sandbox.start().kubeconfig
    finally:
        sandbox.stop()


@pytest.fixture(scope="session")
def configured(kubeconfig: Path) -> Iterator[Callable[..., Kubernetes]]:
    """Makes a provider with the settings given, and closes it at the end."""
    made: list[Kubernetes] = []

    def configure(**settings: str) -> Kubernetes:
        provider = Kubernetes()
        provider.configure({"kubeconfig": str(kubeconfig), **settings})
        made.append(provider)
        return provider

    yield configure
    for provider in made:
        provider.close()


@pytest.fixture(scope="session")
def provider(configured: Callable[..., Kubernetes]) -> Kubernetes:
    """A provider with nothing but a kubeconfig set."""
    return configured()


@pytest.fixture(scope="module")
def stack(kubeconfig: Path, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """A fresh stack whose resources go to the control plane."""
    pulumi = provide([Tool.PULUMI])[Tool.PULUMI]
    made = Stack(tmp_path_factory.mktemp("stack"), pulumi, kubeconfig)
    made.prepare()
    return made


@pytest.fixture(scope="module")
def cluster(provider: Kubernetes) -> Cluster:
    """The API server, to change things behind the provider's back."""
    found = provider.cluster()
    assert found is not None
    return found
