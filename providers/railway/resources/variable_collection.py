"""Variables: all that a service has in an environment, or all that the environment's services share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, field_validator

from providers.kit.api import NotFound
from providers.kit.handler import ProviderError, Severity
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces
from providers.kit.native import Live, Resource
from providers.railway import revisions
from providers.railway.client import PLATFORM, SETTINGS, Client
from providers.railway.ids import Home, join, split

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call
    from providers.kit.values import Properties, Value

#: What stands in the identity in the place of a service.
SHARED = "shared"

#: What a refresh shows in the place of a sealed variable's value.
SEALED = "(sealed: nobody can read it)"

_SHAPE = "environmentId:serviceId|shared"

_Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class VariableCollectionInputs(Inputs):
    """A collection of variables: the whole of it; one that is not here is removed.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the service; left out, what the environment's services share.
        variables: names and values; ``${{shared.NAME}}`` and ``${{service.NAME}}`` refer to others and stay as they
            are. Those that begin with ``RAILWAY_`` are the platform's, but for the settings that it takes so.
    """

    project_id: Home
    environment_id: Home
    service_id: Annotated[str | None, Field(min_length=1), Replaces()] = None
    variables: dict[_Name, str]

    @field_validator("variables")
    @classmethod
    def _ours(cls, variables: dict[str, str]) -> dict[str, str]:
        taken = sorted(name for name in variables if name.startswith(PLATFORM) and name not in SETTINGS)
        if taken:
            raise ValueError(f"{', '.join(taken)}: the platform gives what begins with {PLATFORM} itself")
        return variables


class VariableCollection(Resource[VariableCollectionInputs, Client]):
    """A collection, written by one request that deploys nothing."""

    token = "railway:index:VariableCollection"  # noqa: S105 - a type token, no secret
    model = VariableCollectionInputs
    computed: ClassVar[Mapping[str, object]] = {"revision": str}

    def key(self, inputs: VariableCollectionInputs) -> Hashable:
        """Its environment and its service."""
        return inputs.environment_id, inputs.service_id

    def find(self, client: Client, call: Call, inputs: VariableCollectionInputs) -> Live | None:
        """The variables that are there; none is no collection."""
        where = (inputs.project_id, inputs.environment_id, inputs.service_id)
        try:
            found = client.variables(call, *where)
        except NotFound:
            return None
        return _live(*where, found, {}) if found else None

    def make(self, client: Client, call: Call, inputs: VariableCollectionInputs) -> Live:
        """Write them."""
        if inputs.service_id is None:
            return _written(client, call, inputs)
        where = (inputs.service_id, inputs.environment_id)
        return client.in_place(call, *where, lambda: _written(client, call, inputs))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The variables that are there now, unrendered; where all of them went, so did the collection."""
        environment_id, service = split(id, _SHAPE)
        service_id = None if service == SHARED else service
        project_id = stored.get("projectId")
        if not isinstance(project_id, str):
            environment = client.environment(call, environment_id)
            if environment is None:
                return None
            project_id = environment[0].project_id
        found = client.variables(call, project_id, environment_id, service_id)
        if not found and stored.get("variables") != {}:
            return None
        if sealed := ", ".join(sorted(name for name, value in found.items() if value is None)):
            if not stored:
                raise ProviderError(
                    f"variables of {id} are sealed, and nobody can read them for an import: {sealed}\n"
                    "  fix: delete them in Railway's dashboard, import, and give their values in the program"
                )
            call.log(Severity.WARNING, f"sealed variables, which the next write of this collection removes: {sealed}")
        return _live(project_id, environment_id, service_id, found, stored)

    def change(
        self,
        client: Client,
        call: Call,
        id: str,  # noqa: A002 - the engine's word
        old: VariableCollectionInputs,
        new: VariableCollectionInputs,
    ) -> Live:
        """Write them, unless the write would remove what no plan has shown.

        Raises:
            ProviderError: somebody has added variables since the last refresh.
        """
        there = client.variables(call, new.project_id, new.environment_id, new.service_id)
        if unseen := ", ".join(sorted(there.keys() - old.variables.keys() - new.variables.keys())):
            raise ProviderError(
                f"{id} has variables that somebody added since the last refresh, and a write would remove them: "
                f"{unseen}\n  fix: pulumi refresh, then this again: the plan shows what goes"
            )
        return _written(client, call, new)

    def remove(self, client: Client, call: Call, id: str, old: VariableCollectionInputs | None) -> None:  # noqa: A002 - as above
        """Remove every variable."""
        environment_id, service = split(id, _SHAPE)
        if old is not None:
            client.replace_variables(call, old.project_id, environment_id, None if service == SHARED else service, {})

    def unsettled(self, old: VariableCollectionInputs, new: VariableCollectionInputs) -> frozenset[str]:
        """The revision: each write makes a new one."""
        del old, new
        return frozenset({"revision"})


def _written(client: Client, call: Call, inputs: VariableCollectionInputs) -> Live:
    where = (inputs.project_id, inputs.environment_id, inputs.service_id)
    client.replace_variables(call, *where, inputs.variables)
    return _live(*where, inputs.variables, {"variables": dict(inputs.variables), "revision": revisions.written()})


def _live(
    project_id: str,
    environment_id: str,
    service_id: str | None,
    variables: Mapping[str, str | None],
    stored: Properties,
) -> Live:
    """The collection; what the state does not know, or knows otherwise, may be secret."""
    known = stored.get("variables")
    told = known if isinstance(known, dict) else {}
    values: dict[str, Value] = {name: SEALED if value is None else value for name, value in variables.items()}
    inputs: Properties = {
        "projectId": project_id,
        "environmentId": environment_id,
        "serviceId": service_id,
        "variables": values,
    }
    return Live(
        join(environment_id, service_id or SHARED),
        inputs,
        {"revision": stored.get("revision") or revisions.found()},
        frozenset(("variables", name) for name, value in values.items() if told.get(name) != value),
    )
