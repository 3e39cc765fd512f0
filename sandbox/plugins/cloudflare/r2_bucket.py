"""R2 buckets: their objects are on the S3 server, what Cloudflare alone knows of them is in its API's service."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from providers.kit import Call, Diff, Properties, ProviderError, Stored, differ
from sandbox.plugins.buckets import Buckets
from sandbox.plugins.live import LiveHandler, Seen, present, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from providers.kit.api import Api
    from sandbox.plugins.sdk_check import Checker
    from sandbox.plugins.sdk_types import ResourceType
    from sandbox.plugins.services import Services

#: The parts of an id, as for the vendor's import: account, bucket, jurisdiction.
_PARTS = 3

_JURISDICTION = "default"
_STORAGE_CLASS = "Standard"
_LIST = "/accounts/{}/r2/buckets"


class R2Bucket(LiveHandler):
    """``cloudflare:index/r2Bucket:R2Bucket``; its id is its name.

    An import names it as for the vendor's plugin: ``account/bucket/jurisdiction``.
    """

    replacing = (("accountId",), ("name",), ("jurisdiction",), ("location",))

    def __init__(
        self, kind: ResourceType, checker: Checker, services: Callable[[], Services], api: Callable[[], Api]
    ) -> None:
        super().__init__(kind, checker, services)
        self._api = api

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
            found = super().read(call, stored)
            return found and self._placed(call, found)
        if not 2 <= len(parts) <= _PARTS:  # noqa: PLR2004 - the jurisdiction may be left out
            raise ProviderError(f"{call.token}: an import's id is account/bucket[/jurisdiction], got {stored.id!r}")
        account, name, *jurisdiction = parts
        inputs: Properties = {"accountId": account, "name": name}
        if jurisdiction and jurisdiction[0] != _JURISDICTION:
            inputs["jurisdiction"] = jurisdiction[0]
        if known := self._known(call, inputs):
            inputs |= {"location": known["location"].lower(), "storageClass": known["storage_class"]}
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
        """Make the bucket, and make it known."""
        name = text(inputs, "name")
        Buckets(self.services).create(call, name)
        if self._known(call, inputs) is None:
            body = present(
                name=name, locationHint=inputs.get("location"), storageClass=inputs.get("storageClass", _STORAGE_CLASS)
            )
            self._ask(call, "POST", _LIST.format(text(inputs, "accountId")), body)
        return name

    def put(self, call: Call, stored: Stored, inputs: Properties) -> None:
        """The storage class is all that changes in place, and the S3 server has but one."""
        del call, inputs
        if not Buckets(self.services).exists(stored.id):
            raise ProviderError(f"bucket {stored.id!r} is gone: refresh, then update again")

    def remove(self, call: Call, stored: Stored) -> None:
        """Remove it; Cloudflare removes none that holds objects."""
        Buckets(self.services).delete(call, stored.id, force=False)
        if self._known(call, stored.inputs) is not None:
            self._ask(call, "DELETE", _one(stored.inputs))

    def _placed(self, call: Call, found: Stored) -> Stored:
        """The bucket with its location, where one was asked for and Cloudflare tells another."""
        asked, known = found.inputs.get("location"), self._known(call, found.inputs)
        if known is None or not isinstance(asked, str) or asked.lower() == known["location"].lower():
            return found
        place: Properties = {"location": known["location"].lower()}
        return Stored(found.id, found.inputs | place, found.outputs | place)

    def _known(self, call: Call, inputs: Properties) -> dict[str, Any] | None:
        """What Cloudflare knows of it; None of one that was made on the S3 server alone."""
        from providers.kit.api import NotFound  # noqa: PLC0415 - httpx is slow to import, and previews need none

        try:
            return self._ask(call, "GET", _one(inputs))
        except NotFound:
            return None

    def _ask(self, call: Call, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._api().send(call, f"{method} R2 bucket", method, path, json=body, idempotent=method != "POST")
        known: dict[str, Any] = answer.json()["result"]
        return known


def _one(inputs: Properties) -> str:
    return f"{_LIST.format(text(inputs, 'accountId'))}/{text(inputs, 'name')}"


def _written(made: datetime) -> str:
    return made.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
