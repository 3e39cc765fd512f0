"""What deploys by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from providers.kit.api import NotFound
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces, WriteOnly
from providers.kit.native import Live, Resource
from providers.railway.client import Client
from providers.railway.ids import Home, join, split

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit.handler import Call
    from providers.kit.values import Properties
    from providers.railway import answers

_SHAPE = "projectId:environmentId:serviceId:id"


class DeploymentTriggerInputs(Inputs):
    """A branch whose pushes deploy a service in an environment.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the service.
        provider: where the repository is.
        repository: as ``owner/name``.
        branch: the branch.
        check_suites: wait for the checks of the commit.
        root_directory: where in the repository the service is.
    """

    project_id: Home
    environment_id: Home
    service_id: Home
    provider: Annotated[str, Replaces()] = "github"
    repository: Annotated[str, Field(pattern="^[^/]+/[^/]+$")]
    branch: Annotated[str, Field(min_length=1)]
    check_suites: bool = False
    root_directory: Annotated[str | None, WriteOnly()] = None


class DeploymentTrigger(Resource[DeploymentTriggerInputs, Client]):
    """A trigger."""

    token = "railway:index:DeploymentTrigger"  # noqa: S105 - a type token, no secret
    model = DeploymentTriggerInputs

    def key(self, inputs: DeploymentTriggerInputs) -> Hashable:
        """Its service, its environment, its repository and its branch."""
        return inputs.service_id, inputs.environment_id, inputs.repository, inputs.branch

    def find(self, client: Client, call: Call, inputs: DeploymentTriggerInputs) -> Live | None:
        """The trigger of that branch."""
        wanted = (inputs.repository, inputs.branch)
        try:
            found = client.triggers(call, inputs.project_id, inputs.environment_id, inputs.service_id)
        except NotFound:
            return None
        return next((_live(item) for item in found if (item.repository, item.branch) == wanted), None)

    def make(self, client: Client, call: Call, inputs: DeploymentTriggerInputs) -> Live:
        """Make it."""
        fields = inputs.model_dump(mode="json", by_alias=True, exclude_none=True)
        where = (inputs.service_id, inputs.environment_id)
        return _live(client.in_place(call, *where, lambda: client.create_trigger(call, **fields)))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The trigger by its id, among the service's."""
        del stored
        project_id, environment_id, service_id, trigger_id = split(id, _SHAPE)
        found = client.triggers(call, project_id, environment_id, service_id)
        return next((_live(item) for item in found if item.id == trigger_id), None)

    def change(
        self,
        client: Client,
        call: Call,
        id: str,  # noqa: A002 - the engine's word
        old: DeploymentTriggerInputs,
        new: DeploymentTriggerInputs,
    ) -> Live:
        """Change all but where it is."""
        del old
        fields: dict[str, Any] = {
            "repository": new.repository,
            "branch": new.branch,
            "checkSuites": new.check_suites,
            "rootDirectory": new.root_directory,
        }
        return _live(client.update_trigger(call, split(id, _SHAPE)[3], **fields))

    def remove(self, client: Client, call: Call, id: str, old: DeploymentTriggerInputs | None) -> None:  # noqa: A002 - as above
        """Delete it."""
        del old
        client.delete(call, "deploymentTriggerDelete", id=split(id, _SHAPE)[3])


def _live(trigger: answers.Trigger) -> Live:
    service_id = trigger.service_id or ""
    inputs: Properties = {
        "projectId": trigger.project_id,
        "environmentId": trigger.environment_id,
        "serviceId": service_id,
        "provider": trigger.provider,
        "repository": trigger.repository,
        "branch": trigger.branch,
        "checkSuites": trigger.check_suites,
    }
    return Live(join(trigger.project_id, trigger.environment_id, service_id, trigger.id), inputs)
