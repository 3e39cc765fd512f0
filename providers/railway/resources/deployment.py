"""What is deployed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from providers.kit.api import NotFound
from providers.kit.inputs import Inputs
from providers.kit.markers import WriteOnly
from providers.kit.native import Live
from providers.railway import revisions
from providers.railway.deployments import TIMEOUT
from providers.railway.ids import Home, join, split
from providers.railway.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.diff import Diff
    from providers.kit.handler import Call, Stored
    from providers.kit.values import Properties
    from providers.railway import answers
    from providers.railway.client import Client

_SHAPE = "serviceId:environmentId"


class DeploymentInputs(Inputs):
    """What makes a deployment of a service in an environment.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the service.
        triggers: a change of any deploys anew; the revisions of the instance and its variables belong here.
        timeout_seconds: how long a deployment is waited for.
    """

    project_id: Home
    environment_id: Home
    service_id: Home
    triggers: Annotated[dict[str, str], WriteOnly()] = Field(default_factory=dict)
    timeout_seconds: Annotated[int, WriteOnly(), Field(ge=1, le=3600)] = TIMEOUT


class Deployment(Observed[DeploymentInputs]):
    """What runs of a service in an environment: one deployment for each change of the triggers."""

    token = "railway:index:Deployment"  # noqa: S105 - a type token, no secret
    model = DeploymentInputs
    computed: ClassVar[Mapping[str, object]] = {
        "deploymentId": str,
        "previousDeploymentId": str,
        "status": str,
        "url": str,
    }
    observed = "deploymentId"

    def key(self, inputs: DeploymentInputs) -> Hashable:
        """Its service and its environment."""
        return inputs.service_id, inputs.environment_id

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """What changes; of an import, whose triggers nobody knows, all that has been written since."""
        triggers = inputs.get("triggers")
        marks = triggers.values() if isinstance(triggers, dict) else (triggers,)
        if "triggers" not in stored.inputs and any(map(revisions.is_of_a_write, marks)):
            stored = replace(stored, inputs=stored.inputs | {"triggers": {}})
        return super().diff(call, stored, inputs)

    def make(self, client: Client, call: Call, inputs: DeploymentInputs) -> Live:
        """Deploy and wait until it serves.

        Raises:
            DeployError: it does not; the message says what serves in its place.
        """
        release = client.release(call, inputs.service_id, inputs.environment_id, inputs.timeout_seconds)
        return _live(release.deployment, release.previous.id if release.previous else "", inputs)

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """What serves now, whoever deployed it; else what was last asked for. None where nothing was ever deployed."""
        service_id, environment_id = split(id, _SHAPE)
        try:
            now = client.serving(call, service_id, environment_id)
        except NotFound:
            return None
        found = now.good or now.latest_deployment
        if found is None or found.status in ("REMOVED", "REMOVING"):
            return None
        known = found.id == stored.get("deploymentId")
        previous = stored.get("previousDeploymentId" if known else "deploymentId") or ""
        return _live(found, str(previous), None)

    def change(self, client: Client, call: Call, id: str, old: DeploymentInputs, new: DeploymentInputs) -> Live:  # noqa: A002 - as above
        """Deploy anew, if a trigger has changed.

        Raises:
            DeployError: it does not serve; the message says what serves in its place.
        """
        if old.triggers != new.triggers:
            return self.make(client, call, new)
        live = self.fetch(client, call, id, {})
        if live is None:
            raise NotFound(f"nothing is deployed of {id}")
        return live

    def remove(self, client: Client, call: Call, id: str, old: DeploymentInputs | None) -> None:  # noqa: A002 - as above
        """Stop what runs."""
        del old
        client.remove_deployments(call, *split(id, _SHAPE))

    def unsettled(self, old: DeploymentInputs, new: DeploymentInputs) -> frozenset[str]:
        """All of it, if a trigger changes."""
        return frozenset(self.computed) if old.triggers != new.triggers else frozenset()


def _live(deployment: answers.Deployment, previous: str, inputs: DeploymentInputs | None) -> Live:
    where: Properties = {
        "projectId": deployment.project_id,
        "environmentId": deployment.environment_id,
        "serviceId": deployment.service_id or "",
    }
    given: Properties = inputs.model_dump(mode="json", by_alias=True) if inputs else {}
    outputs: Properties = {
        "deploymentId": deployment.id,
        "previousDeploymentId": previous,
        "status": deployment.status,
        "url": deployment.url or deployment.static_url or "",
    }
    return Live(join(deployment.service_id or "", deployment.environment_id), where | given, outputs)
