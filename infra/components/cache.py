"""What Cloudflare keeps of a site, and what it always asks the server for.

Importing this file costs more than a second (the Cloudflare SDK): `infra.program` does so only when it declares one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_cloudflare as cloudflare

from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.components.cloudflare_plan import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

#: Files that are the same for everyone.
_ASSETS = (
    *("avif", "css", "gif", "ico", "jpeg", "jpg", "js", "map", "mp3", "mp4", "ogg", "png", "svg"),
    *("ttf", "webm", "webp", "woff", "woff2"),
)


@dataclass(frozen=True, kw_only=True)
class CacheArgs(ComponentArgs):
    """What is cached.

    Attributes:
        zone_id: the zone.
        api_hosts: names of the API, of which nothing is kept.

    Raises:
        ArgumentError: no name of the API.
    """

    zone_id: str
    api_hosts: Sequence[str]

    def __post_init__(self) -> None:
        if not self.api_hosts:
            raise ArgumentError("api_hosts", self.api_hosts, "at least one name")


class Cache(Component):
    """The cache rules of a zone. Makes: one ruleset; of several rules that hold for a request the last one counts."""

    def __init__(self, name: str, args: CacheArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cache:Cache", name, args, opts)
        cloudflare.Ruleset(
            f"{name}-rules",
            zone_id=args.zone_id,
            kind="zone",
            name="Cache rules",
            description="Static files are cached, the API never",
            phase="http_request_cache_settings",
            rules=[_assets(), _api(args.api_hosts)],
            opts=self.child(),
        )
        self.register_outputs({"zoneId": args.zone_id})


def _assets() -> cloudflare.RulesetRuleArgs:
    return cloudflare.RulesetRuleArgs(
        ref="assets",
        description="static files: for as long as the server says",
        expression=f"(http.request.uri.path.extension in {one_of(_ASSETS)})",
        action="set_cache_settings",
        enabled=True,
        action_parameters=cloudflare.RulesetRuleActionParametersArgs(
            cache=True,
            # The server's word: a service worker is a .js file too, and must not outlive its release.
            edge_ttl=cloudflare.RulesetRuleActionParametersEdgeTtlArgs(mode="respect_origin"),
            browser_ttl=cloudflare.RulesetRuleActionParametersBrowserTtlArgs(mode="respect_origin"),
        ),
    )


def _api(hosts: Sequence[str]) -> cloudflare.RulesetRuleArgs:
    return cloudflare.RulesetRuleArgs(
        ref="api",
        description="the API: answers are one user's",
        expression=f'(http.host in {one_of(hosts)}) or starts_with(http.request.uri.path, "/api/")',
        action="set_cache_settings",
        enabled=True,
        action_parameters=cloudflare.RulesetRuleActionParametersArgs(cache=False),
    )
