"""The API server: discovery, server-side apply, read and delete, for objects of any kind."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import httpx2 as httpx  # the client that lightkube hands out
import stamina
import yaml
from lightkube.config.client_adapter import Client, ConnectionParams
from lightkube.config.kubeconfig import KubeConfig
from lightkube.core.exceptions import ConfigError

from providers.kit import ProviderError
from sandbox.connections import Connections
from sandbox.plugins.kubernetes.faults import CONFLICT, NOT_FOUND, ApiError, conflict
from sandbox.plugins.kubernetes.objects import Object
from toolchain.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.plugins.kubernetes.settings import Settings
    from sandbox.plugins.kubernetes.tokens import Type

#: Seconds for one request. The API server ends its own after 60 s.
_LIMIT = 30.0

#: Tries of one request when the server is not there or says "later", and the seconds they may take together.
_TRIES = 6
_PATIENCE = 15.0

#: HTTP codes that mean "later": too many requests, and a server that is starting or going.
_LATER = frozenset({429, 502, 503, 504})


class _LaterError(Exception):
    """The server asks for another try."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response.text)
        self.response = response


@dataclass(frozen=True)
class Resource:
    """Where objects of a type are found.

    Attributes:
        base: path of the API version, ``/api/v1`` or ``/apis/GROUP/VERSION``.
        plural: the type's name in paths.
        namespaced: whether its objects live in namespaces.
    """

    base: str
    plural: str
    namespaced: bool

    def path(self, namespace: str, name: str = "") -> str:
        """The path of an object, or of all of them in the namespace."""
        where = f"/namespaces/{quote(namespace, safe='')}" if self.namespaced else ""
        return f"{self.base}{where}/{self.plural}" + (f"/{quote(name, safe='')}" if name else "")


class Cluster:
    """One API server, for use from many threads."""

    def __init__(self, client: httpx.Client, namespace: str = "default") -> None:
        self._client = client
        self._types: dict[str, dict[str, Resource]] = {}
        self.namespace = namespace

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The cluster that the settings name, else the sandbox's own. Opens no connection yet.

        Raises:
            ProviderError: no such kubeconfig, or it is not one.
        """
        text = settings.kubeconfig
        try:
            if "\n" in text or text.lstrip().startswith("{"):
                config = KubeConfig.from_dict(yaml.safe_load(text))
            else:
                config = KubeConfig.from_file(text or Connections.load().kubeconfig)
            single = config.get(settings.context)
        except (ConfigError, KeyError, TypeError, yaml.YAMLError) as error:
            raise ProviderError(f"the kubeconfig cannot be used: {error}") from error
        except Problem as problem:
            raise ProviderError(str(problem)) from problem
        if single is None:
            raise ProviderError("the kubeconfig has no such context")
        if not _on_loopback(single.cluster.server):
            raise ProviderError(
                f"the kubeconfig leads to {single.cluster.server}, and the Groundwork stand-in for kubernetes acts on "
                "the sandbox's own API server only: for a cluster elsewhere the vendor's plugin is needed"
            )
        # Proxies of the environment are for the internet: the sandbox is on the loopback.
        parameters = ConnectionParams(timeout=httpx.Timeout(_LIMIT), trust_env=False)
        return cls(Client(single, parameters), settings.namespace or single.namespace or "default")

    def find(self, wanted: Type, *, fresh: bool = False) -> Resource | None:
        """Where objects of the type are found, None when the server has no such type (yet).

        Args:
            wanted: the type.
            fresh: ask the server again even when it has been asked for this API version before.
        """
        known = self._types.get(wanted.api_version)
        if known is None or (fresh and wanted.kind not in known):
            # Without a lock: to ask twice costs less than to queue up behind a server that does not answer.
            known = self._types[wanted.api_version] = self._discover(wanted.api_version)
        return known.get(wanted.kind)

    def get(self, where: Resource, namespace: str, name: str) -> Object | None:
        """The object as it is now, None when there is none.

        Raises:
            ApiError: the server does not let it be read.
        """
        response = self._send("GET", where.path(namespace, name))
        if response.status_code == NOT_FOUND:
            return None
        return _body(response)

    def all(self, where: Resource, namespace: str) -> list[Object]:
        """Every object of a type in a namespace.

        Raises:
            ApiError: the server does not let them be read.
        """
        return [Object(item) for item in _body(self._send("GET", where.path(namespace)))["items"]]

    def apply(  # noqa: PLR0913 - the parameters of one request, all but the first by name
        self,
        where: Resource,
        wanted: Mapping[str, Any],
        *,
        manager: str,
        force: bool,
        dry_run: bool,
        log: Callable[[str], None],
    ) -> Object:
        """Server-side apply; the object as the server has it afterwards.

        Args:
            where: the object's type.
            wanted: the object, with name and, when it has one, namespace.
            manager: who owns the fields given.
            force: take fields over from other managers.
            dry_run: do all but store it.
            log: told the server's own warnings.

        Raises:
            ProviderError: fields belong to another manager.
            ApiError: any other rejection.
        """
        meta = wanted["metadata"]
        parameters = {"fieldManager": manager, "force": str(force).lower(), "fieldValidation": "Strict"}
        if dry_run:
            parameters["dryRun"] = "All"
        response = self._send(
            "PATCH",
            where.path(meta.get("namespace", ""), meta["name"]),
            parameters,
            wanted,
            "application/apply-patch+yaml",
        )
        try:
            answer = _body(response)
        except ApiError as error:
            if error.code == CONFLICT and error.causes:
                raise conflict(error, manager) from error
            raise
        for warning in _warnings(response):
            log(warning)
        return answer

    def rehearse(self, where: Resource, wanted: Mapping[str, Any], namespace: str) -> Object:
        """What the server would make of a new object, in a namespace that exists; stores nothing.

        Raises:
            ApiError: the server rejects it.
        """
        moved = {**wanted, "metadata": {**wanted["metadata"], "namespace": namespace}}
        parameters = {"dryRun": "All", "fieldValidation": "Strict"}
        return _body(self._send("POST", where.path(namespace), parameters, moved, "application/json"))

    def create(self, where: Resource, wanted: Mapping[str, Any], *, manager: str) -> Object:
        """Make an object that the server names itself (``generateName``).

        Raises:
            ApiError: the server rejects it.
        """
        parameters = {"fieldManager": manager, "fieldValidation": "Strict"}
        path = where.path(wanted["metadata"].get("namespace", ""))
        return _body(self._send("POST", path, parameters, wanted, repeatable=False))

    def delete(self, where: Resource, namespace: str, name: str, *, propagation: str) -> None:
        """Ask for the object to be deleted; one that is gone is no error. Does not wait.

        Args:
            where: the object's type.
            namespace: where it is.
            name: its name.
            propagation: what happens to what it owns: ``Foreground``, ``Background`` or ``Orphan``.

        Raises:
            ApiError: the server does not let it be deleted.
        """
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": propagation}
        response = self._send("DELETE", where.path(namespace, name), None, options, "application/json")
        if response.status_code != NOT_FOUND:
            _body(response)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _discover(self, api_version: str) -> dict[str, Resource]:
        base = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        response = self._send("GET", base)
        if response.status_code == NOT_FOUND:
            return {}
        return {
            row["kind"]: Resource(base, row["name"], row["namespaced"])
            for row in _body(response)["resources"]
            if "/" not in row["name"]
        }

    def _send(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        content_type: str = "application/json",
        *,
        repeatable: bool = True,
    ) -> httpx.Response:
        """One request, tried again while the server is not there, or says "later"."""

        def ask() -> httpx.Response:
            headers = {"Content-Type": content_type} if body is not None else None
            response = self._client.request(method, path, params=parameters, json=body, headers=headers)
            if response.status_code in _LATER:
                raise _LaterError(response)
            return response

        # A request that never reached the server may be repeated whatever it asks for.
        again = (httpx.TransportError, _LaterError) if repeatable else (httpx.ConnectError, _LaterError)
        retry = stamina.RetryingCaller(attempts=_TRIES, timeout=_PATIENCE, wait_max=3.0)
        try:
            return retry(again, ask)
        except _LaterError as error:
            return error.response
        except httpx.TransportError as error:
            raise ProviderError(
                f"the Kubernetes API server at {self._client.base_url} cannot be reached ({error}); "
                "start the sandbox with `make up`"
            ) from error


def _on_loopback(server: str) -> bool:
    host = httpx.URL(server).host
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _body(response: httpx.Response) -> Object:
    if not response.is_success:
        raise ApiError.of(response)
    return Object(response.json())


def _warnings(response: httpx.Response) -> list[str]:
    """The texts of the Warning headers: ``299 - "text"``."""
    rows = response.headers.get_list("Warning")
    return [row.split('"')[1].replace("\\", "") for row in rows if row.count('"') > 1]
