"""Projects and their environments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared

if TYPE_CHECKING:
    from pulumi import Input, ResourceOptions


class Project(Declared):
    """A project, with its default environment."""

    token = "railway:index:Project"  # noqa: S105 - a type token, no secret

    #: Id of the environment that the project was made with.
    default_environment_id = Computed[str]("defaultEnvironmentId")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        name: Input[str],
        description: Input[str] | None = None,
        workspace_id: Input[str] | None = None,
        default_environment_name: Input[str] | None = None,
        pr_deploys: Input[bool] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "name": name,
            "description": description,
            "workspaceId": workspace_id,
            "defaultEnvironmentName": default_environment_name,
            "prDeploys": pr_deploys,
        }
        super().__init__(resource_name, inputs, opts)


class Environment(Declared):
    """One environment of a project."""

    token = "railway:index:Environment"  # noqa: S105 - a type token, no secret

    #: What someone staged and did not commit, as ``services.<id>.deploy`` and the like; empty when nothing is.
    staged_changes = Computed[Sequence[str]]("stagedChanges")

    def __init__(
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        name: Input[str],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        super().__init__(resource_name, {"projectId": project_id, "name": name}, opts)
