"""What all kinds of things in an account share: how they are found, and how a lag of the API is waited out.

The API is eventually consistent: for some seconds after a write a read may show what was before, or nothing. So

- the answer to a write counts before a read does;
- an answer that does not show what was asked for is read again until it does, within `LAG_SECONDS`;
- a read that shows something else than the state is read again as long as our last write is younger than that; after
  that it is believed. When that write was is an output, `writtenAt`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, cast

from providers.kit.api import NotFound
from providers.kit.handler import Incomplete, ProviderError
from providers.kit.inputs import Inputs, ServerDefault, WriteOnly, changes, lenient, wire
from providers.kit.native import Live, Resource
from providers.kit.paths import render
from providers.kit.shape import of
from providers.uptimerobot.client import Client, Kind

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call, Stored
    from providers.kit.values import Properties
    from providers.uptimerobot.listing import Item

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs

#: How long after a write a read may show something older. The vendor speaks of "a few seconds".
LAG_SECONDS: Final = 10.0

#: Seconds between two looks; the last one repeats.
_PAUSES: Final = (0.5, 1.0, 2.0)

#: Beside the state's outputs: the names of its inputs.
_GIVEN: Final = "__given"

#: A listing this old is good enough for a read: a refresh of many things reads it once.
_READ_SECONDS: Final = 30.0


class Thing(Resource[I, Client], Generic[I]):
    """One kind of thing.

    Attributes:
        collection: where its things are.
        lag_seconds: `LAG_SECONDS`; shorter in tests.
        pauses: seconds between two looks.
    """

    collection: ClassVar[Kind]
    computed: ClassVar[Mapping[str, Any]] = {"writtenAt": str}
    lag_seconds: ClassVar[float] = LAG_SECONDS
    pauses: ClassVar[tuple[float, ...]] = _PAUSES

    # What a kind says.

    def identity(self, values: Properties) -> Hashable:
        """The natural key, from inputs in wire names."""
        raise NotImplementedError

    def body(self, inputs: I) -> dict[str, Any]:
        """Its fields as the API takes them; without what is left to the server."""
        raise NotImplementedError

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew.

        Args:
            item: the thing as the API shows it.
            like: what is asked for, or the state's outputs: which of several ways of saying it was chosen there.
        """
        raise NotImplementedError

    def outputs(self, item: Item) -> Properties:
        """What is computed beside the inputs, but for `writtenAt`."""
        del item
        return {}

    def patch(self, old: I, new: I) -> dict[str, Any]:
        """The fields that an update sends: those that differ."""
        before, after = self.body(old), self.body(new)
        return {key: after.get(key) for key in sorted({*before, *after}) if before.get(key) != after.get(key)}

    def finish(self, client: Client, call: Call, item: Item, old: I | None, new: I) -> Item:
        """What takes requests of its own after a create (`old` is None) or an update; gives the thing after them."""
        del client, call, old, new
        return item

    # What follows from it.

    def key(self, inputs: I) -> Hashable:
        """The natural key."""
        return self.identity(wire(inputs))

    def find(self, client: Client, call: Call, inputs: I) -> Live | None:
        """The thing with this natural key; of several that bear it, one that is as asked for goes first."""
        wanted = wire(inputs)
        key = self.identity(wanted)
        alike = [
            live
            for _, item in sorted(client.known(call, self.collection, key).items())
            if self.identity((live := self._seen(client, item, wanted)).inputs) == key
        ]
        return next((live for live in alike if not self._differences(live, wanted)), alike[0] if alike else None)

    def make(self, client: Client, call: Call, inputs: I) -> Live:
        """Make it, and see it as it should be."""
        item = client.create(call, self.collection, self.body(inputs), self.key(inputs))
        return self._completed(client, call, item, None, inputs)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """As for every resource; `fetch` is told which inputs the program gave."""
        if stored.outputs:
            stored = replace(stored, outputs={**stored.outputs, _GIVEN: [*stored.inputs]})
        return super().read(call, stored)

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The thing as the listing shows it, looked at again while a difference may be a lag."""
        if not stored:
            return self._got(client, call, id, stored)
        stored = self._asked(stored)
        since = client.clock() - _READ_SECONDS
        patience = self._patience(stored, client.clock())
        for pause in self._looks(patience):
            item = client.shown(call, self.collection, since).get(id)
            if item is not None and not self._differences(live := self._seen(client, item, stored), stored):
                return live
            if call.cancelled.wait(pause):
                break
            since = client.clock()
        # A page of a listing that shifted, a replica that is behind: the thing itself has the last word.
        return self._got(client, call, id, stored)

    def change(self, client: Client, call: Call, id: str, old: I, new: I) -> Live:  # noqa: A002 - as above
        """Send what differs, and see it as it should be."""
        if body := self.patch(old, new):
            item = client.update(call, self.collection, id, body)
        else:
            item = client.get(call, self.collection, id)
        return self._completed(client, call, item, old, new)

    def remove(self, client: Client, call: Call, id: str, old: I | None) -> None:  # noqa: A002 - as above
        """Remove it and wait until it is listed no more, at most as long as a lag takes."""
        del old
        client.delete(call, self.collection, id)
        for pause in self._looks(self.lag_seconds):
            if id not in client.shown(call, self.collection, client.clock()) or call.cancelled.wait(pause):
                return

    def unsettled(self, old: I, new: I) -> frozenset[str]:
        """When it was written last."""
        del old, new
        return frozenset({"writtenAt"})

    def _completed(self, client: Client, call: Call, item: Item, old: I | None, new: I) -> Live:
        wanted = wire(new)
        key = str(item["id"])
        live = self._seen(client, item, wanted)
        try:
            live = self._seen(client, self.finish(client, call, item, old, new), wanted)
            missing = self._differences(live, wanted)
            for look, pause in enumerate(self._looks(self.lag_seconds) if missing else ()):
                if call.cancelled.wait(pause):
                    break
                live = self._got(client, call, key, wanted) or live
                if not (missing := self._differences(live, wanted)):
                    break
                if look == 0 and old is None and (body := self.patch(self._like(live), new)):
                    # Some creates take the defaults first, whatever is asked for; to say it twice does no harm.
                    client.update(call, self.collection, key, body)
        except ProviderError as error:
            raise Incomplete(key, self._written(client, live).outputs, str(error), inputs=live.inputs) from error
        if missing:
            reason = f"the API took it, and still shows something else at {', '.join(missing)}"
            raise Incomplete(key, self._written(client, live).outputs, reason, inputs=live.inputs)
        return self._written(client, live)

    def _got(self, client: Client, call: Call, id: str, like: Properties) -> Live | None:  # noqa: A002 - as above
        try:
            return self._seen(client, client.get(call, self.collection, id), like)
        except NotFound:
            return None

    def _seen(self, client: Client, item: Item, like: Properties) -> Live:
        written = like.get("writtenAt") or _text(client.clock())
        return Live(str(item["id"]), self.shown(item, like), {**self.outputs(item), "writtenAt": written})

    def _like(self, live: Live) -> I:
        return cast("I", lenient(self.model, live.inputs))

    def _written(self, client: Client, live: Live) -> Live:
        return Live(live.id, live.inputs, {**live.outputs, "writtenAt": _text(client.clock())}, live.secrets)

    def _differences(self, live: Live, wanted: Properties) -> list[str]:
        """Where what is shown is not what is wanted, as far as the API shows it."""
        shape = of(self.model)
        compared = [name for name in shape.fields if name not in shape.named(WriteOnly)]
        before, after = (
            {name: values[name] for name in compared if name in values} for values in (live.inputs, wanted)
        )
        return [render(change.path) for change in changes(self.model, before, after)]

    def _asked(self, stored: Properties) -> Properties:
        """What of the state was asked for: what the server decides may change, and no lag is suspected for it."""
        given = stored.get(_GIVEN)
        names = set(given) if isinstance(given, list) else set()
        server = {name for name in of(self.model).named(ServerDefault) if name not in names}
        return {name: value for name, value in stored.items() if name not in {*server, _GIVEN}}

    def _patience(self, stored: Properties, now: float) -> float:
        """For how many seconds more a read may lag behind our last write."""
        try:
            written = datetime.fromisoformat(str(stored.get("writtenAt")))
        except ValueError:
            return 0.0
        # To the second: it may have been up to one second later than it says.
        age = now - written.timestamp() - 1.0
        return max(0.0, self.lag_seconds - max(0.0, age))

    def _looks(self, patience: float) -> list[float]:
        """The pauses after each of the looks that the patience allows: at least one look, the last without a pause."""
        pauses: list[float] = []
        while patience > sum(pauses):
            pauses.append(self.pauses[min(len(pauses), len(self.pauses) - 1)])
        return [*pauses, 0.0]


def _text(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
