"""What is deployed, and what deploys by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi import Input, ResourceOptions


class Deployment(Declared):
    """What runs of a service in an environment: one deployment for each change of the triggers, healthy or undone."""

    token = "railway:index:Deployment"  # noqa: S105 - a type token, no secret

    #: The deployment that serves.
    deployment_id = Computed[str]("deploymentId")
    #: The one that served before it; empty for the first.
    previous_deployment_id = Computed[str]("previousDeploymentId")
    #: Railway's word for how it is.
    status = Computed[str]("status")
    #: Its own address, without a scheme; empty when it has none.
    url = Computed[str]("url")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        triggers: Input[Mapping[str, Input[str]]] | None = None,
        timeout_seconds: Input[int] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it; `triggers` holds the revisions of what the deployment is made of."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "triggers": triggers,
            "timeoutSeconds": timeout_seconds,
        }
        super().__init__(resource_name, inputs, opts)


class DeploymentTrigger(Declared):
    """A branch whose pushes deploy a service in an environment."""

    token = "railway:index:DeploymentTrigger"  # noqa: S105 - a type token, no secret

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        repository: Input[str],
        branch: Input[str],
        provider: Input[str] | None = None,
        check_suites: Input[bool] | None = None,
        root_directory: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it; `provider` is ``github`` where it is left out."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "provider": provider,
            "repository": repository,
            "branch": branch,
            "checkSuites": check_suites,
            "rootDirectory": root_directory,
        }
        super().__init__(resource_name, inputs, opts)
