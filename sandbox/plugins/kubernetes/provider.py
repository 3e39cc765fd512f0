"""The provider: its configuration, and the handler of each type."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from providers.kit import Call, Checked, Properties, Provider, ProviderError, has_unknown
from sandbox.plugins.kubernetes import settings as configuration
from sandbox.plugins.kubernetes.resource import KubernetesObject
from sandbox.plugins.kubernetes.settings import Settings
from sandbox.plugins.kubernetes.tokens import parse

if TYPE_CHECKING:
    from sandbox.plugins.kubernetes.cluster import Cluster


class Kubernetes(Provider):
    """Groundwork stand-in for the vendor's kubernetes plugin."""

    schema: ClassVar[str] = (
        '{"name": "kubernetes", "displayName": "Kubernetes (Groundwork stand-in)", '
        '"description": "Groundwork stand-in for the vendor\'s kubernetes plugin, for the local stack only: '
        'server-side apply against a real API server"}'
    )

    def __init__(self) -> None:
        self._settings = Settings()
        self._known = False
        self._cluster: Cluster | None = None
        self._lock = threading.Lock()

    def check_config(self, call: Call, inputs: Properties) -> Checked:
        """Refuse what the stand-in does not do."""
        del call
        return Checked(inputs, configuration.failures(inputs))

    def configure(self, inputs: Properties) -> None:
        """Take the settings; the connection is opened by the first operation that needs it."""
        self._known = not has_unknown(inputs)
        if self._known:
            self._settings = Settings.read(inputs)

    def handler(self, token: str) -> KubernetesObject:
        """The handler of a type: every type that the API server knows has one."""
        return KubernetesObject(parse(token), self)

    def invoke(self, call: Call, token: str, arguments: Properties) -> Properties:
        """None is offered: they are the vendor's helpers for YAML and Helm."""
        del call, arguments
        parse(token)  # says what to use instead, where it is one of those
        raise ProviderError(f"the function {token} is not offered by the Groundwork stand-in for kubernetes")

    @property
    def settings(self) -> Settings:
        """The settings as configured."""
        return self._settings

    def cluster(self) -> Cluster | None:
        """The API server; None while the configuration itself is not known (a preview of the cluster's making).

        Raises:
            ProviderError: the kubeconfig cannot be used.
        """
        if not self._known:
            return None
        with self._lock:
            if self._cluster is None:
                # Late, so that the plugin answers its first call without waiting for an HTTP client to load.
                from sandbox.plugins.kubernetes.cluster import Cluster  # noqa: PLC0415

                self._cluster = Cluster.open(self._settings)
            return self._cluster

    def close(self) -> None:
        """Close the connections."""
        if self._cluster is not None:
            self._cluster.close()
