"""The file that `pulumi import --file` reads, in the engine's own form.

The engine writes the form itself (`pulumi preview --import-file`): types, names, parents, and the versions of the
plugins, of all that is not in the state yet. Ids are filled in here, and what nothing live is, is left out. Fields as
in ``importSpec`` of pkg/cmd/pulumi/operations/import.go, Pulumi 3.255.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from toolchain import files
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from delivery.importing.live import Live

#: What the engine writes where an id belongs.
PLACEHOLDER = "<PLACEHOLDER>"
_STACK_TYPE = "pulumi:pulumi:Stack"


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Row(_Form):
    """One resource to import.

    Attributes:
        type: its type token.
        name: what the file itself calls it; no two rows share one.
        id: what the provider knows it by; a component has none.
        parent: the name of what it hangs below, a row or an entry of the name table; empty for the stack.
        provider: the same for a provider that is not the default one.
        version: of the plugin.
        plugin_download_url: where the plugin comes from.
        component: whether no provider makes it.
        remote: whether a provider makes the component.
        logical_name: its name in the program, where that is not `name`.
        inputs: what it is given; only where the plugin cannot look it up.
        outputs: what it is then taken to be, without asking the plugin.
    """

    type: str
    name: str
    id: str = ""
    parent: str = ""
    provider: str = ""
    version: str = ""
    plugin_download_url: str = ""
    component: bool = False
    remote: bool = False
    logical_name: str = ""
    inputs: Mapping[str, Any] = Field(default_factory=dict)
    outputs: Mapping[str, Any] = Field(default_factory=dict)

    def of(self, live: Live) -> Row:
        """The row of that very thing."""
        state = {"inputs": live.state.inputs, "outputs": live.state.outputs} if live.state else {}
        return self.model_copy(update={"id": live.id, **state})


class ImportFile(_Form):
    """The whole file.

    Attributes:
        name_table: URNs of parents and providers that are in the state already, by the names that rows use.
        resources: what is to be imported.
        provider_inputs: configuration of providers that are not default ones, by name, secrets encrypted.
    """

    name_table: Mapping[str, str] = Field(default_factory=dict)
    resources: tuple[Row, ...] = ()
    provider_inputs: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)

    def urns(self, stack: str, project: str) -> dict[str, str]:
        """The URN of each row, by its name."""
        rows = {row.name: row for row in self.resources}
        types: dict[str, str] = {name: urn.split("::")[2] for name, urn in self.name_table.items()}

        def qualified(name: str) -> str:
            if name not in types:
                row = rows[name]
                above = qualified(row.parent) if row.parent else ""
                types[name] = f"{above}${row.type}" if above and above != _STACK_TYPE else row.type
            return types[name]

        return {
            name: f"urn:pulumi:{stack}::{project}::{qualified(name)}::{row.logical_name or name}"
            for name, row in rows.items()
        }

    def filled(self, matched: Mapping[str, Live], stack: str, project: str) -> ImportFile:
        """The file with the rows that are matched, and the components that they hang below.

        Args:
            matched: what is live of each resource, by URN; those that are in the state already are no rows here.
            stack: the stack's name.
            project: the project's name.
        """
        urns = self.urns(stack, project)
        return self._with(
            {
                row.name: row.of(matched[urns[row.name]])
                for row in self.resources
                if not row.component and urns[row.name] in matched
            }
        )

    def only(self, names: Collection[str]) -> ImportFile:
        """The file with these rows, and the components that they hang below."""
        return self._with({row.name: row for row in self.resources if row.name in names and not row.component})

    def _with(self, kept: dict[str, Row]) -> ImportFile:
        rows = {row.name: row for row in self.resources}
        for row in tuple(kept.values()):
            above = rows.get(row.parent)
            while above is not None and above.component and above.name not in kept:
                kept[above.name] = above
                above = rows.get(above.parent)
        used = {name for row in kept.values() for name in (row.parent, row.provider)}
        return ImportFile(
            name_table={name: urn for name, urn in self.name_table.items() if name in used},
            resources=tuple(kept[row.name] for row in self.resources if row.name in kept),
            provider_inputs={name: held for name, held in self.provider_inputs.items() if name in used},
        )


def read(path: Path) -> ImportFile:
    """Read what the engine wrote.

    Raises:
        Problem: it is not of the form that this version of the engine has (exit code 12).
    """
    try:
        return ImportFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise Problem(
            "the engine's import file cannot be read",
            where=f"{path}\n{error}",
            fix="gw doctor: see that the engine is the pinned version",
            exit_code=ExitCode.ENGINE,
        ) from error


def write(path: Path, content: ImportFile) -> None:
    """Write it whole, for this user alone.

    Raises:
        OSError: the folder cannot be written to, or the disk is full.
    """
    text = content.model_dump_json(by_alias=True, exclude_defaults=True, indent=2)
    files.write(path, f"{text}\n".encode())
