"""What a provider tells the suite about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path
    from wsgiref.types import WSGIApplication


@dataclass(frozen=True)
class Declared:
    """One resource of the program.

    Attributes:
        name: its name in the program.
        type: its token.
        properties: its inputs on the wire. ``{"$secret": x}`` is the secret x, ``{"$output": ["name", "property"]}``
            an output of a resource declared before it; the property ``id`` is its id.
    """

    name: str
    type: str
    properties: Mapping[str, Any]

    def document(self, all_of_them: Sequence[Declared]) -> dict[str, Any]:
        """What the program reads: itself, and which of its outputs others use."""
        used = {name for other in all_of_them for source, name in _outputs(other.properties) if source == self.name}
        outputs = sorted(used - {"id"} - self.properties.keys())
        return {"name": self.name, "type": self.type, "properties": self.properties, "outputs": outputs}


class Subject(ABC):
    """A provider, the fake of its vendor, resources to try it with, and what happens to them.

    Attributes:
        package: its name, as in ``railway``.
        plugin: the folder with its ``PulumiPlugin.yaml``.
        tokens: every resource type that it has.
        resources: a program that declares at least two resources, parents first, of as many types as can be; one of
            them with an input that is another's output, and at least one of a secret input.
        changed: the same program after an edit: the same names.
        updates: the names that the edit updates in place.
        replaces: the names that it replaces.
        drift: the property path of one change that `meddle` makes, by resource name: as the engine is to tell it.
        lost: the names of the resources that `meddle` deletes.
        canaries: texts that are secret in the program, the configuration or the answers, eight characters or more:
            nothing that the engine prints, logs or stores may hold one.
        not_imported: resources that no id can tell the whole of, with the reason; the fewer the better.
    """

    package: ClassVar[str]
    plugin: ClassVar[Path]
    tokens: ClassVar[frozenset[str]]
    resources: ClassVar[Sequence[Declared]]
    changed: ClassVar[Sequence[Declared]]
    updates: ClassVar[frozenset[str]]
    replaces: ClassVar[frozenset[str]]
    drift: ClassVar[Mapping[str, str]]
    lost: ClassVar[frozenset[str]]
    canaries: ClassVar[Sequence[str]]
    not_imported: ClassVar[Mapping[str, str]] = {}

    @property
    @abstractmethod
    def application(self) -> WSGIApplication:
        """The fake; the suite serves it from this process. One for the subject's life."""

    @abstractmethod
    def configuration(self, url: str) -> Mapping[str, str]:
        """The provider's configuration for the fake at this URL, which has no path."""

    @abstractmethod
    def things(self) -> Collection[str]:
        """Everything that the fake has of what `resources` declares, an entry each: never more than those."""

    @abstractmethod
    def requests(self) -> int:
        """How many requests the fake has had."""

    @abstractmethod
    def meddle(self) -> None:
        """Change and delete behind the provider's back what `drift` and `lost` name."""

    @abstractmethod
    def mended(self) -> bool:
        """Whether what `meddle` changed is as declared again."""

    def stack(self, url: str) -> dict[str, str]:
        """The configuration as a stack has it."""
        return {f"{self.package}:{key}": value for key, value in self.configuration(url).items()}


def _outputs(value: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Which outputs of which resources a property uses."""
    if isinstance(value, dict):
        if "$output" in value:
            source, name = value["$output"]
            return [(source, name)]
        return [pair for child in value.values() for pair in _outputs(child)]
    if isinstance(value, list):
        return [pair for child in value for pair in _outputs(child)]
    return []
