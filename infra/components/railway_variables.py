"""Variables that the services of a Railway environment share: the one place of each secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi import Output

from infra.components.base import ArgumentError, Component, ComponentArgs
from providers.railway.sdk import VariableCollection

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from infra.components.railway_service import Place


@dataclass(frozen=True, kw_only=True)
class SharedVariablesArgs(ComponentArgs):
    """What the environment's services share.

    Attributes:
        place: where it is.
        values: name -> value; every value is a secret.

    Raises:
        ArgumentError: no values.
    """

    place: Place
    values: Mapping[str, pulumi.Output[str]]

    def __post_init__(self) -> None:
        if not self.values:
            raise ArgumentError("values", {}, "at least one variable")


class SharedVariables(Component):
    """The shared variables of an environment. Other places read ``revision``, new at each change, and `reference`."""

    revision: pulumi.Output[str]

    def __init__(self, name: str, args: SharedVariablesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("railway_variables:SharedVariables", name, args, opts)
        self._names = frozenset(args.values)
        made = VariableCollection(
            f"{name}-variables",
            project_id=args.place.project,
            environment_id=args.place.environment,
            variables={key: Output.secret(value) for key, value in sorted(args.values.items())},
            opts=self.child(),
        )
        self.revision = made.revision
        self.register_outputs({})

    def reference(self, variable: str) -> str:
        """What a service's own variable holds to have the value of a shared one: Railway puts it in at each start.

        Raises:
            ArgumentError: no such variable is shared: Railway would put in an empty text, and say nothing.
        """
        if variable not in self._names:
            raise ArgumentError("variable", variable, f"one of {', '.join(sorted(self._names))}")
        return f"${{{{shared.{variable}}}}}"
