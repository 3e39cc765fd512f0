"""R2 buckets, on the S3 server."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from providers.kit import Call, Diff, Properties, ProviderError, Stored, differ
from sandbox.plugins.buckets import Buckets
from sandbox.plugins.live import LiveHandler, Seen, text

if TYPE_CHECKING:
    from datetime import datetime

#: The parts of an id, as for the vendor's import: account, bucket, jurisdiction.
_PARTS = 3

_JURISDICTION = "default"
_STORAGE_CLASS = "Standard"


class R2Bucket(LiveHandler):
    """``cloudflare:index/r2Bucket:R2Bucket``; its id is its name.

    An import names it as for the vendor's plugin: ``account/bucket/jurisdiction``.
    """

    replacing = (("accountId",), ("name",), ("jurisdiction",), ("location",))

    def told(self) -> frozenset[str]:
        """The S3 server tells the name only; account, place and class are Cloudflare's own."""
        return frozenset({"name"})

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """A location in other capitals is no change: Cloudflare answers in capitals."""
        del call
        before, after = dict(stored.inputs), dict(inputs)
        for values in (before, after):
            if isinstance(place := values.get("location"), str):
                values["location"] = place.lower()
        return differ(before, after, replace_on=self.replace_on)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """The bucket as it is; for an import, by the vendor's three-part id."""
        parts = stored.id.split("/")
        if len(parts) == 1 and stored.inputs:
            return super().read(call, stored)
        if not 2 <= len(parts) <= _PARTS:  # noqa: PLR2004 - the jurisdiction may be left out
            raise ProviderError(f"{call.token}: an import's id is account/bucket[/jurisdiction], got {stored.id!r}")
        account, name, *jurisdiction = parts
        inputs: Properties = {"accountId": account, "name": name}
        if jurisdiction and jurisdiction[0] != _JURISDICTION:
            inputs["jurisdiction"] = jurisdiction[0]
        return super().read(call, Stored(name, inputs, stored.outputs))

    def look(self, call: Call, stored: Stored) -> Seen | None:
        """The bucket on the S3 server."""
        del call
        made = Buckets(self.services).made(stored.id)
        if made is None:
            return None
        computed: Properties = {"creationDate": _written(made)}
        if stored.inputs.get("jurisdiction") is None:
            computed["jurisdiction"] = _JURISDICTION
        if stored.inputs.get("storageClass") is None:
            computed["storageClass"] = _STORAGE_CLASS
        return Seen({"name": stored.id}, computed)

    def put_new(self, call: Call, inputs: Properties) -> str:
        """Make the bucket."""
        name = text(inputs, "name")
        Buckets(self.services).create(call, name)
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """The storage class is all that changes in place, and the S3 server has but one."""
        del call, inputs
        if not Buckets(self.services).exists(stored.id):
            raise ProviderError(f"bucket {stored.id!r} is gone: refresh, then update again")

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove it; Cloudflare removes none that holds objects."""
        Buckets(self.services).delete(call, stored.id, force=False)


def _written(made: datetime) -> str:
    return made.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
