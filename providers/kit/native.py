"""A resource of a vendor's API: typed inputs, five operations, and the rules that hold for each of them.

A subclass says how its thing is found, made, fetched, changed and removed; check, diff, create, read, update and
delete follow from that. Three rules are kept here once for all:

- Never two: a create looks for the natural key first. What is there and equal is adopted, what differs is an error
  that says how to import it. When the answer to a create was lost, it is looked for before it is made again.
- A read gives all live fields, so a refresh finds every change, and an import needs no more than the id.
- What stands in a state or an answer under a secret path is secret in everything that goes out.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, cast

from providers.kit import shape as shapes
from providers.kit.adoption import Creation
from providers.kit.api import NotFound
from providers.kit.claims import Claims
from providers.kit.diff import Diff
from providers.kit.handler import Created, Handler, Incomplete, ProviderError, Severity, Stored
from providers.kit.inputs import Inputs, changes, check, lenient, strict
from providers.kit.markers import ServerDefault, WriteOnly
from providers.kit.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from providers.kit.diff import Change
    from providers.kit.handler import Call, Checked
    from providers.kit.paths import Path
    from providers.kit.values import Properties, Value

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs
C = TypeVar("C")

#: The output that names the write-only inputs which an import could not read: what the program says of them counts.
UNREAD: Final = "unread"


@dataclass(frozen=True)
class Live:
    """A resource as the API shows it.

    Attributes:
        id: its identity, what `pulumi import` takes; composite ones are joined by ``:``.
        inputs: the inputs that would make it anew, in wire names (`inputs.wire`).
        outputs: what is computed beside the inputs; one that is left out, as the API tells it once, stays as it was.
        secrets: paths that are secret in this very answer, in inputs and outputs alike.
    """

    id: str
    inputs: Properties
    outputs: Properties = field(default_factory=dict)
    secrets: frozenset[Path] = frozenset()


class Resource(Handler, Generic[I, C]):
    """The operations on one kind of resource. Threads share it, so it keeps no state of its own but whose is what.

    Attributes:
        token: its type, as in ``railway:index:Service``.
        model: its inputs.
        computed: the outputs beside the inputs, in wire names: each a type, as in ``Annotated[str, Secret()]``, or a
            property of Pulumi's schema.
        delete_before_replace: the old one goes before the new one comes: so wherever both have one natural key.
        settle_seconds: how long after a lost answer the thing may take to show.
        claims: whose each thing is.
        write_only: the inputs that no read gives back.
        findable: whether there is a natural key.
    """

    token: ClassVar[str]
    model: ClassVar[type[Inputs]]
    computed: ClassVar[Mapping[str, Any]] = {}
    delete_before_replace: ClassVar[bool] = True
    settle_seconds: ClassVar[float] = 15.0

    def __init__(self, client: Callable[[], C]) -> None:
        """Make it; `client` is called once for each operation, and never in a preview."""
        self._client = client
        self._shape = shapes.of(self.model)
        self._server = self._shape.named(ServerDefault)
        self.claims = Claims()
        self.write_only = frozenset(self._shape.named(WriteOnly))
        self.findable = type(self).find is not Resource.find
        self.secret_patterns = shapes.secrets(self.model, self.computed)

    # What a subclass says.

    def key(self, inputs: I) -> Hashable:
        """The natural key that `find` looks for: of two creates with one key, the second waits for the first."""
        return inputs.model_dump_json()

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
            Incomplete: it was changed in part; its outputs need hold only what is computed.
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

    # What follows from it.

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """The inputs with defaults, or failures with their paths. A secret within a list makes the list secret."""
        del old
        call.secrets.update(shapes.widened(call.secrets))
        return check(self.model, inputs)

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """What changes between the state's inputs and these; nothing is asked of the API."""
        self.claims.hold(stored.id, call.urn)
        unread = {name for name in self.write_only - stored.inputs.keys() if name in _unread(stored)}
        found = self.changes(stored.inputs, inputs, unread)
        return Diff(found, delete_before_replace=self.delete_before_replace)

    def create(self, call: Call, inputs: Properties) -> Created:
        """Make it, or adopt what is there already and equal."""
        if call.preview:
            unknown: Properties = dict.fromkeys((*self._server, *self.computed), UNKNOWN)
            return Created("", unknown | inputs)
        creation = Creation(self, self._client(), call, inputs, cast("I", strict(self.model, inputs)))
        with self.claims.turn(self.key(creation.wanted)), _completed(inputs):
            if (live := creation.adopted()) is not None:
                self.claims.adopt(live.id, call.urn)
            else:
                live = creation.made()
                self.claims.hold(live.id, call.urn)
        return Created(live.id, self.state(call, inputs, live))

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """All live fields; of an import, those that would make it anew."""
        live = self._live(call, stored)
        if live is None:
            return None
        known = shapes.tidy(stored.inputs, self._shape)
        found = shapes.tidy(live.inputs, self._shape) | {name: known[name] for name in self.write_only & known.keys()}
        unread = list(_unread(stored)) if known else sorted(self.write_only - found.keys())
        before = stored.outputs if live.id == stored.id else {}
        outputs = self.state(call, found, live, before) | ({UNREAD: [*unread]} if unread else {})
        if known:
            return Stored(live.id, shapes.settled(found, known, self._shape), outputs)
        return Stored(live.id, shapes.without_defaults(found, self._server, self._shape), outputs)

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Change it in place."""
        old = cast("I", lenient(self.model, stored.inputs))
        if call.preview:
            unknown = self.unsettled(old, cast("I", lenient(self.model, inputs)))
            kept = {name: stored.outputs[name] for name in (*self._server, *self.computed) if name in stored.outputs}
            return kept | inputs | dict.fromkeys(unknown, UNKNOWN)
        self.claims.hold(stored.id, call.urn)
        try:
            with _completed(stored.outputs | inputs):
                live = self.change(self._client(), call, stored.id, old, cast("I", strict(self.model, inputs)))
        except NotFound as error:
            raise ProviderError(f"{stored.id} is gone ({error})\n  fix: pulumi refresh, then this again") from error
        return self.state(call, inputs, live, stored.outputs)

    def delete(self, call: Call, stored: Stored) -> None:
        """Remove it, unless a create of this run has adopted it: under another name, or as its own replacement."""
        if holder := self.claims.kept_by(stored.id, call.urn):
            call.log(Severity.INFO, f"{stored.id} is kept: it is {holder} now")
            return
        old = cast("I", lenient(self.model, stored.inputs)) if stored.inputs else None
        with suppress(NotFound):
            self.remove(self._client(), call, stored.id, old)
        self.claims.release(stored.id)

    def changes(self, old: Properties, new: Properties, skipped: AbstractSet[str]) -> tuple[Change, ...]:
        """What differs between two sets of inputs, but for the top-level names of `skipped`."""
        return tuple(change for change in changes(self.model, old, new) if change.path[0] not in skipped)

    def state(self, call: Call, inputs: Properties, live: Live, before: Properties | None = None) -> Properties:
        """The outputs: what was asked for, what the server decided, what is computed. Learns the answer's secrets.

        What is computed and the answer leaves out stays as it was `before`.
        """
        call.secrets.update(shapes.widened(live.secrets))
        kept = {name: before[name] for name in self.computed if before and name in before}
        return shapes.tidy(live.inputs, self._shape) | inputs | kept | live.outputs

    def _live(self, call: Call, stored: Stored) -> Live | None:
        """The thing; when it is gone, but its equal is there under another id, that one."""
        client = self._client()
        live: Live | None = None
        other: Live | None = None
        with suppress(NotFound):
            live = self.fetch(client, call, stored.id, stored.outputs)
        if live is not None or not (stored.inputs and self.findable):
            return live
        with suppress(NotFound):  # what it was in is gone too
            other = self.find(client, call, cast("I", lenient(self.model, stored.inputs)))
        if other is None or self.claims.holder(other.id) or self.changes(other.inputs, stored.inputs, self.write_only):
            return None
        call.log(Severity.WARNING, f"{stored.id} is gone, and its equal is there: it is {other.id} now")
        return other


@contextmanager
def _completed(outputs: Properties) -> Iterator[None]:
    """Add to the outputs of an unfinished resource what is known of it anyway."""
    try:
        yield
    except Incomplete as error:
        error.outputs = outputs | error.outputs
        raise


def _unread(stored: Stored) -> list[Value]:
    unread = stored.outputs.get(UNREAD)
    return unread if isinstance(unread, list) else []
