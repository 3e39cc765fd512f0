"""A Railway project and its environments: made by one stack, named by the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.components.base import ArgumentError, Component, ComponentArgs
from providers.railway.sdk import Environment, Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi


@dataclass(frozen=True, kw_only=True)
class RailwayProjectArgs(ComponentArgs):
    """What the project is made of.

    Attributes:
        project: its name.
        description: what people read beside the name.
        workspace: id of the workspace that pays for it.
        environments: names of its environments; the first is the one that it is made with.
        protect: refuse to delete it or an environment: either takes its volumes along (on in prod).

    Raises:
        ArgumentError: no environment, or one name twice.
    """

    project: str
    description: str
    workspace: str
    environments: Sequence[str]
    protect: bool = True

    def __post_init__(self) -> None:
        if not self.environments or len(set(self.environments)) != len(self.environments):
            raise ArgumentError("environments", self.environments, "at least one name, each once")


class RailwayProject(Component):
    """A Railway project.

    Makes: the project with its first environment, and the other environments. Other places read ``project_id`` and
    ``environments``, the id of each by its name. Pull requests get no environment of their own: it would run with a
    copy of the variables.
    """

    project_id: pulumi.Output[str]
    environments: Mapping[str, pulumi.Output[str]]

    def __init__(self, name: str, args: RailwayProjectArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("railway_project:RailwayProject", name, args, opts)
        first, *others = args.environments
        made = Project(
            f"{name}-project",
            name=args.project,
            description=args.description,
            workspace_id=args.workspace,
            default_environment_name=first,
            pr_deploys=False,
            opts=self.child(protect=args.protect or None),
        )
        self.project_id = made.id
        self.environments = {first: made.default_environment_id} | {
            other: Environment(
                f"{name}-{other}",
                project_id=made.id,
                name=other,
                opts=self.child(protect=args.protect or None),
            ).id
            for other in others
        }
        self.register_outputs({"projectId": self.project_id, "environments": self.environments})
