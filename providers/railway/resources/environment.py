"""Environments, and what is staged in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from providers.kit.handler import Severity
from providers.kit.inputs import Inputs
from providers.kit.native import Live
from providers.railway.ids import Home  # noqa: TC001 - pydantic reads it
from providers.railway.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from providers.kit.diff import Diff
    from providers.kit.handler import Call, Stored
    from providers.kit.values import Properties, Value
    from providers.railway import answers
    from providers.railway.client import Client


class EnvironmentInputs(Inputs):
    """An environment.

    Attributes:
        project_id: the project.
        name: unique within it.
    """

    project_id: Home
    name: Annotated[str, Field(min_length=1)]


class Environment(Observed[EnvironmentInputs]):
    """An environment, made empty: what runs in it is declared beside it."""

    token = "railway:index:Environment"  # noqa: S105 - a type token, no secret
    model = EnvironmentInputs
    computed: ClassVar[Mapping[str, object]] = {"stagedChanges": list[str]}
    observed = "stagedChanges"

    def key(self, inputs: EnvironmentInputs) -> Hashable:
        """Its project and its name."""
        return inputs.project_id, inputs.name

    def find(self, client: Client, call: Call, inputs: EnvironmentInputs) -> Live | None:
        """The environment of that name."""
        found = client.environments(call, inputs.project_id)
        return next((_live(item, []) for item in found if item.name == inputs.name), None)

    def make(self, client: Client, call: Call, inputs: EnvironmentInputs) -> Live:
        """Make it; nothing is staged in one that is new."""
        return _live(client.create_environment(call, inputs.project_id, inputs.name), [])

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The environment by its id, with what somebody has staged there and not committed."""
        del stored
        found = client.environment(call, id)
        return _live(found[0], staged_names(found[1])) if found else None

    def change(self, client: Client, call: Call, id: str, old: EnvironmentInputs, new: EnvironmentInputs) -> Live:  # noqa: A002 - as above
        """Give it another name; what is staged there stays."""
        del old
        renamed = client.rename_environment(call, id, new.name)
        return _live(renamed, staged_names(client.staged(call, id)))

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """What changes; a plan also shows what the last refresh found staged, for the next commit takes it along."""
        staged = stored.outputs.get("stagedChanges")
        if isinstance(staged, list) and staged:
            names = ", ".join(str(name) for name in staged)
            call.log(Severity.WARNING, f"changes are staged in this environment and not committed: {names}")
        return super().diff(call, stored, inputs)

    def remove(self, client: Client, call: Call, id: str, old: EnvironmentInputs | None) -> None:  # noqa: A002 - as above
        """Delete it with all that is in it."""
        del old
        client.delete(call, "environmentDelete", id=id)


def staged_names(staged: answers.Staged) -> list[str]:
    """What a staged patch changes, as ``services.<id>.deploy.startCommand``; no values, which may be secret."""
    if staged.status != "STAGED":
        return []
    return sorted({".".join(path) for path in _leaves(staged.patch or {}, ())})


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - JSON
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from _leaves(child, (*path, key))
    elif path:
        yield path[:-1] if path[-1] == "value" else path  # a variable's own form


def _live(environment: answers.Environment, staged: list[str]) -> Live:
    names: list[Value] = list(staged)
    return Live(
        environment.id, {"projectId": environment.project_id, "name": environment.name}, {"stagedChanges": names}
    )
