"""TCP proxies, which Railway makes from a staged change of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn

from pydantic import Field

from providers.kit.api import Ambiguous, NotFound
from providers.kit.handler import ProviderError
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces
from providers.kit.native import Live, Resource
from providers.railway.client import Client
from providers.railway.graphql import SETTLE
from providers.railway.ids import Home, join, split
from providers.railway.resources.environment import staged_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call
    from providers.kit.values import Properties
    from providers.railway import answers

_SHAPE = "environmentId:serviceId:id"


class TcpProxyInputs(Inputs):
    """A port of Railway's own that leads to a port of a service.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the service.
        application_port: the port that the service listens on.
    """

    project_id: Home
    environment_id: Home
    service_id: Home
    application_port: Annotated[int, Field(ge=1, le=65535), Replaces()]


class TcpProxy(Resource[TcpProxyInputs, Client]):
    """A proxy.

    What is staged is committed as a whole, so it must all be ours: with somebody else's changes staged, nothing is
    done. The direct request for a proxy is deprecated, and wants a deployment to take effect.
    """

    token = "railway:index:TcpProxy"  # noqa: S105 - a type token, no secret
    model = TcpProxyInputs
    computed: ClassVar[Mapping[str, object]] = {"domain": str, "proxyPort": int}

    def key(self, inputs: TcpProxyInputs) -> Hashable:
        """Its environment: changes are staged there one after the other."""
        return inputs.environment_id

    def find(self, client: Client, call: Call, inputs: TcpProxyInputs) -> Live | None:
        """The proxy of that port."""
        try:
            project_id, found = client.proxies(call, inputs.environment_id, inputs.service_id)
        except NotFound:
            return None
        where = (project_id, inputs.environment_id, inputs.service_id)
        return next((_live(item, *where) for item in found if item.application_port == inputs.application_port), None)

    def make(self, client: Client, call: Call, inputs: TcpProxyInputs) -> Live:
        """Stage it, see that nothing else is staged, commit, and wait until it shows.

        Raises:
            Ambiguous: it was committed, and does not show.
            ProviderError: somebody else's changes are staged.
        """
        environment_id = inputs.environment_id
        ours = _patch(inputs, {})
        names = _names(inputs)
        before = client.staged(call, environment_id)
        if foreign := _foreign(before, names):
            _refuse(environment_id, foreign)
        where = (inputs.service_id, environment_id)
        staged = client.in_place(call, *where, lambda: client.stage(call, environment_id, ours, merge=True))
        if foreign := _foreign(staged, names):
            # Theirs is not sent back: what we can see of it has no values of variables.
            client.stage(call, environment_id, _patch(inputs, None), merge=True)
            _refuse(environment_id, foreign)
        client.commit_staged(call, environment_id, f"TCP proxy to port {inputs.application_port}")
        for _ in client.looks(call, SETTLE):
            if live := self.find(client, call, inputs):
                return live
        raise Ambiguous(f"the TCP proxy to port {inputs.application_port} was committed and does not show")

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The proxy by its id, among the service's."""
        del stored
        environment_id, service_id, proxy_id = split(id, _SHAPE)
        try:
            project_id, found = client.proxies(call, environment_id, service_id)
        except NotFound:
            return None
        where = (project_id, environment_id, service_id)
        return next((_live(item, *where) for item in found if item.id == proxy_id), None)

    def change(self, client: Client, call: Call, id: str, old: TcpProxyInputs, new: TcpProxyInputs) -> Live:  # noqa: A002 - as above
        """Nothing can change: every input needs a new one."""
        raise NotImplementedError

    def remove(self, client: Client, call: Call, id: str, old: TcpProxyInputs | None) -> None:  # noqa: A002 - as above
        """Delete it."""
        del old
        client.delete(call, "tcpProxyDelete", id=split(id, _SHAPE)[2])


def _patch(inputs: TcpProxyInputs, proxy: dict[str, Any] | None) -> dict[str, Any]:
    """The change that makes the proxy; with None the one that leaves none."""
    proxies = {str(inputs.application_port): proxy}
    return {"services": {inputs.service_id: {"networking": {"tcpProxies": proxies}}}}


def _names(inputs: TcpProxyInputs) -> str:
    return f"services.{inputs.service_id}.networking.tcpProxies.{inputs.application_port}"


def _foreign(staged: answers.Staged, ours: str) -> list[str]:
    """What is staged and not ours."""
    return [name for name in staged_names(staged) if name != ours]


def _refuse(environment_id: str, foreign: list[str]) -> NoReturn:
    raise ProviderError(
        f"changes are staged in environment {environment_id} that are not ours: {', '.join(foreign)}\n"
        "  fix: commit or discard them in Railway's dashboard, then try again"
    )


def _live(proxy: answers.TcpProxy, project_id: str, environment_id: str, service_id: str) -> Live:
    inputs: Properties = {
        "projectId": project_id,
        "environmentId": environment_id,
        "serviceId": service_id,
        "applicationPort": proxy.application_port,
    }
    outputs: Properties = {"domain": proxy.domain, "proxyPort": proxy.proxy_port}
    return Live(join(environment_id, service_id, proxy.id), inputs, outputs)
