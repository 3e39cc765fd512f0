"""Projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from providers.kit.handler import ProviderError
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces, ServerDefault
from providers.kit.native import Live, Resource
from providers.railway.client import Client

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call
    from providers.kit.values import Properties
    from providers.railway import answers


class ProjectInputs(Inputs):
    """A project.

    Attributes:
        name: unique within its workspace as far as we are concerned; Railway itself does not mind two.
        description: what it is for.
        workspace_id: who pays; left out, the workspace of the token.
        default_environment_name: the environment that it is made with.
        pr_deploys: whether each pull request gets an environment of its own.
    """

    name: Annotated[str, Field(min_length=1)]
    description: str = ""
    workspace_id: Annotated[str | None, ServerDefault(), Replaces()] = None
    default_environment_name: Annotated[str, Field(min_length=1), Replaces()] = "production"
    pr_deploys: bool = False


class Project(Resource[ProjectInputs, Client]):
    """A project with its default environment. It is deleted at once: what it held went before it, volumes too."""

    token = "railway:index:Project"  # noqa: S105 - a type token, no secret
    model = ProjectInputs
    computed: ClassVar[Mapping[str, object]] = {"defaultEnvironmentId": str}

    def key(self, inputs: ProjectInputs) -> Hashable:
        """Its name."""
        return inputs.name

    def find(self, client: Client, call: Call, inputs: ProjectInputs) -> Live | None:
        """The project of that name in the workspace, or in all that the token may see."""
        found = [item for item in client.projects(call, inputs.workspace_id) if item.name == inputs.name]
        if len(found) > 1:
            ids = ", ".join(item.id for item in found)
            raise ProviderError(f"there are {len(found)} projects named {inputs.name}: {ids}; import the right one")
        return _live(found[0], {}) if found else None

    def make(self, client: Client, call: Call, inputs: ProjectInputs) -> Live:
        """Make it."""
        given = {"workspaceId": inputs.workspace_id} if inputs.workspace_id else {}
        project = client.create_project(
            call,
            name=inputs.name,
            description=inputs.description,
            defaultEnvironmentName=inputs.default_environment_name,
            prDeploys=inputs.pr_deploys,
            **given,
        )
        return _live(project, {})

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The project by its id."""
        project = client.project(call, id)
        return _live(project, stored) if project else None

    def change(self, client: Client, call: Call, id: str, old: ProjectInputs, new: ProjectInputs) -> Live:  # noqa: A002 - as above
        """Change its name, its description, and what becomes of pull requests."""
        del old
        project = client.update_project(call, id, name=new.name, description=new.description, prDeploys=new.pr_deploys)
        return _live(project, {"defaultEnvironmentName": new.default_environment_name})

    def remove(self, client: Client, call: Call, id: str, old: ProjectInputs | None) -> None:  # noqa: A002 - as above
        """Delete it."""
        del old
        client.delete(call, "projectDelete", id=id)


def _live(project: answers.Project, stored: Properties) -> Live:
    """The project; an environment that was renamed since is still the one that it was made with."""
    first = _default(project, stored)
    name = stored.get("defaultEnvironmentName") or (first.name if first else "")
    inputs: Properties = {
        "name": project.name,
        "description": project.description or "",
        "workspaceId": project.workspace_id,
        "defaultEnvironmentName": name,
        "prDeploys": project.pr_deploys,
    }
    return Live(project.id, inputs, {"defaultEnvironmentId": first.id if first else ""})


def _default(project: answers.Project, stored: Properties) -> answers.Named | None:
    """The environment that it was made with, as far as can be told: known, named so, the base, or the first."""
    wanted = (stored.get("defaultEnvironmentId"), project.base_environment_id)
    name = stored.get("defaultEnvironmentName") or "production"
    environments = project.environments
    by_id = [item for id_ in wanted for item in environments if item.id == id_]
    by_name = [item for item in environments if item.name == name]
    return next(iter([*by_id, *by_name, *environments]), None)
