"""Which handler serves which Cloudflare resource."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sandbox.plugins.cloudflare.places import PLACES
from sandbox.plugins.cloudflare.r2_bucket import R2Bucket
from sandbox.plugins.cloudflare.resource import ApiResource
from sandbox.plugins.recorded import RecordedHandler
from sandbox.plugins.records import Records
from sandbox.plugins.services import Services
from sandbox.plugins.typed import TypedProvider

if TYPE_CHECKING:
    from providers.kit import Handler, Pattern, Properties, Value
    from providers.kit.api import Api
    from sandbox.plugins.sdk_types import ResourceType

#: What replaces, beside accounts and zones: the vendor's own ``RequiresReplace`` of its commonest resources.
REPLACES: dict[str, tuple[Pattern, ...]] = {
    "cloudflare:index/r2CustomDomain:R2CustomDomain": (("bucketName",), ("domain",)),
    "cloudflare:index/zone:Zone": (("name",),),
    "cloudflare:index/workersScript:WorkersScript": (("scriptName",),),
}

#: The resources that are real in the sandbox; those of `PLACES` are held by its own service, every other is recorded.
LIVE: dict[str, type[R2Bucket]] = {"cloudflare:index/r2Bucket:R2Bucket": R2Bucket}


#: Seconds that an operation may take, tries and waits together: the service is on this machine.
_LIMIT = 60.0


class Cloudflare(TypedProvider):
    """The stand-in for pulumi-cloudflare."""

    def __init__(self) -> None:
        super().__init__("pulumi_cloudflare")

    def build(self, kind: ResourceType) -> Handler:
        """R2 buckets are real, what the API's service knows is there, all else is recorded."""
        if live := LIVE.get(kind.token):
            return live(kind, self.checker, lambda: self._services, lambda: self._api)
        if place := PLACES.get(kind.token):
            return ApiResource(kind, self.checker, place, lambda: self._api)
        return RecordedHandler(
            kind, self.checker, lambda: self._records, guess=_guess, replace_on=REPLACES.get(kind.token, ())
        )

    @cached_property
    def _services(self) -> Services:
        return Services("auto")

    @cached_property
    def _api(self) -> Api:
        from providers.kit.api import Api  # noqa: PLC0415 - httpx is slow to import, and previews need none

        connections = self._services.connections
        # Read for each request: a sandbox that was made anew has another.
        return Api(
            connections.cloudflare,
            lambda: {"Authorization": f"Bearer {connections.edge_token.read_text().strip()}"},
            limit_seconds=_LIMIT,
        )

    @cached_property
    def _records(self) -> Records:
        return Records.below(self._services.connections.root, "cloudflare")


def _guess(kind: ResourceType, identity: str, name: str, inputs: Properties) -> Value:
    """What a zone and a tunnel tell of themselves."""
    del inputs
    match kind.token.rpartition(":")[2], name:
        case "Zone", "nameServers":
            return ["ada.ns.recorded.invalid", "bob.ns.recorded.invalid"]
        case "Zone", "status":
            return "active"
        case "ZeroTrustTunnelCloudflared", "tunnelToken":
            return identity
        case _:
            return None
