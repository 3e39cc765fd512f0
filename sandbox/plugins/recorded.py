"""The handler of resources that are recorded rather than real: their inputs are checked, their outputs made up."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from providers.kit import Call, Created, Pattern, Properties, ProviderError, Stored, Value
from sandbox.plugins.records import Record, Records, now
from sandbox.plugins.sdk_types import Property, ResourceType, Scalar
from sandbox.plugins.typed import TypedHandler, nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.plugins.sdk_check import Checker

#: Inputs whose change always replaces, whatever the resource: they say where it stands.
PLACES: tuple[Pattern, ...] = (("accountId",), ("zoneId",), ("region",), ("orgId",), ("bucket",), ("jurisdiction",))

#: Outputs that are addresses: a name that can never be reached (RFC 6761, section 6.4), so that text made with it
#: is well-formed.
_ADDRESSES = frozenset({"endpoint", "dnsName", "address", "domainName", "hostname", "url", "fqdn", "cname"})
_TIMES = frozenset({"createdOn", "createdAt", "creationDate", "created", "modifiedOn", "updatedAt", "createdDate"})


def _no_guess(_kind: ResourceType, _id: str, _name: str, _inputs: Properties) -> Value:
    """Know nothing more."""
    return None


class RecordedHandler(TypedHandler):
    """A resource that is kept as a record: created, read, updated, deleted and imported there."""

    def __init__(  # noqa: PLR0913 - each a part that tests replace
        self,
        kind: ResourceType,
        checker: Checker,
        records: Callable[[], Records],
        *,
        guess: Callable[[ResourceType, str, str, Properties], Value] = _no_guess,
        settle: Callable[[ResourceType, Properties], Properties] = nothing,
        replace_on: tuple[Pattern, ...] = (),
    ) -> None:
        super().__init__(kind, checker, settle=settle, replace_on=(*PLACES, *replace_on))
        self._records = records
        self._guess = guess

    def make(self, call: Call, inputs: Properties) -> Created:
        """Record it under a new id."""
        identity = secrets.token_hex(16)
        outputs = self._outputs(identity, inputs, {})
        self._keep(call, identity, inputs, outputs)
        return Created(identity, outputs)

    def change(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Record it anew."""
        record = self._records().read(self.kind.token, stored.id)
        if record is None:
            raise ProviderError(f"{self.kind.token} {stored.id!r} is gone: run `make up`: it reads what is there first")
        outputs = self._outputs(stored.id, inputs, stored.outputs)
        self._keep(call, stored.id, inputs, outputs, record.made)
        return outputs

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """The record as it is now."""
        del call
        record = self._records().read(self.kind.token, stored.id)
        return Stored(record.id, record.inputs, record.outputs) if record else None

    def delete(self, call: Call, stored: Stored) -> None:
        """Forget the record."""
        del call
        self._records().remove(self.kind.token, stored.id)

    def _keep(self, call: Call, identity: str, inputs: Properties, outputs: Properties, made: str = "") -> None:
        made = made or now()
        self._records().write(Record(self.kind.token, identity, call.urn, made, inputs, outputs))

    def _outputs(self, identity: str, inputs: Properties, old: Properties) -> Properties:
        """What was asked for, what it was, and what can be made up; an output that cannot is left out."""
        outputs: Properties = {**inputs, **self.settle(self.kind, inputs)}
        for name, item in self.kind.outputs.items():
            if outputs.get(name) is None:
                kept = old.get(name) if name not in self.kind.inputs else None
                value = kept if kept is not None else self._value(identity, item, inputs)
                if value is not None:
                    outputs[name] = value
        return outputs

    def _value(self, identity: str, item: Property, inputs: Properties) -> Value:
        guessed = self._guess(self.kind, identity, item.name, inputs)
        if guessed is not None or not isinstance(item.type, Scalar) or item.type.kind != "string":
            return guessed
        if item.name in _TIMES:
            return now()
        if item.name in _ADDRESSES and item.required:
            return f"{identity}.recorded.invalid"
        # "bucketId" of a Bucket, "uid": the resource's own identity under another name.
        own = {"uid", f"{self.kind.token.rpartition(':')[2].lower()}id"}
        return identity if item.name.lower() in own else None
