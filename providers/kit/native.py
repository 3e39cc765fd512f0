"""A resource of a vendor's API: typed inputs, five operations, and the rules that hold for each of them.

A subclass says how its thing is found, made, fetched, changed and removed; check, diff, create, read, update and
delete follow from that. Three rules are kept here once for all:

- Never two: a create looks for the natural key first. What is there and equal is adopted, what differs is an error
  that says how to import it. When the answer to a create was lost, it is looked for before it is made again.
- A read gives all live fields, so a refresh finds every change, and an import needs no more than the id.
- What stands in a state or an answer under a secret path is secret in everything that goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from providers.kit.handler import Call, Handler, Provider
from providers.kit.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from providers.kit.paths import Path
    from providers.kit.values import Properties

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs
C = TypeVar("C")


@dataclass(frozen=True)
class Live:
    """A resource as the API shows it.

    Attributes:
        id: its identity, what `pulumi import` takes; composite ones are joined by ``:``.
        inputs: the inputs that would make it anew, in wire names (`inputs.wire`).
        outputs: what is computed beside the inputs.
        secrets: paths that are secret in this very answer, in inputs and outputs alike.
    """

    id: str
    inputs: Properties
    outputs: Properties = field(default_factory=dict)
    secrets: frozenset[Path] = frozenset()


class Resource(Handler, Generic[I, C]):
    """The operations on one kind of resource. Threads share it, so it keeps no state of its own.

    Attributes:
        token: its type, as in ``railway:index:Service``.
        model: its inputs.
        computed: the outputs beside the inputs, in wire names: each a type, as in ``Annotated[str, Secret()]``, or a
            property of Pulumi's schema.
        delete_before_replace: the old one goes before the new one comes: so wherever both have one natural key.
        settle_seconds: how long after a lost answer the thing may take to show.
    """

    token: ClassVar[str]
    model: ClassVar[type[Inputs]]
    computed: ClassVar[Mapping[str, Any]] = {}
    delete_before_replace: ClassVar[bool] = True
    settle_seconds: ClassVar[float] = 15.0

    def __init__(self, client: Callable[[], C]) -> None:
        """Make it; `client` is called once for each operation, and never in a preview."""
        self._client = client

    def find(self, client: C, call: Call, inputs: I) -> Live | None:
        """The thing that has these inputs' natural key, None where there is none.

        A kind without a natural key leaves this as it is: then an ambiguous create is an error.
        """
        del client, call, inputs
        return None

    def make(self, client: C, call: Call, inputs: I) -> Live:
        """Make it.

        Raises:
            Ambiguous: it was asked for, and the answer never came.
            Incomplete: it exists and is not as it should be; its outputs need hold only what is computed.
            ProviderError: it was not made.
        """
        raise NotImplementedError

    def fetch(self, client: C, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The thing as it is now, None when it is gone; `stored` are the state's outputs, empty on import."""
        raise NotImplementedError

    def change(self, client: C, call: Call, id: str, old: I, new: I) -> Live:  # noqa: A002 - as above
        """Change it in place. `old` is what the state holds; it is not validated.

        Raises:
            Incomplete: it was changed in part.
            ProviderError: it was not changed.
        """
        raise NotImplementedError

    def remove(self, client: C, call: Call, id: str, old: I | None) -> None:  # noqa: A002 - as above
        """Remove it and wait until it is gone; `NotFound` is no error. `old` is None when the state holds no inputs."""
        raise NotImplementedError

    def unsettled(self, old: I, new: I) -> frozenset[str]:
        """The computed outputs that this update changes, in wire names: they are unknown in its preview.

        `new` is not validated, and may hold `UNKNOWN`.
        """
        del old, new
        return frozenset()


class Package(Provider):
    """A provider made of `Resource` classes: its schema, its configuration's check, one client for all.

    ``Package("railway", VERSION, Config, connect, [Project, Service])``; `connect` gets the checked configuration at
    the first operation that needs the API, never in a preview.
    """

    def __init__(
        self,
        name: str,
        version: str,
        config: type[I],
        connect: Callable[[I], C],
        resources: Sequence[type[Resource[Any, C]]],
    ) -> None:
        raise NotImplementedError
