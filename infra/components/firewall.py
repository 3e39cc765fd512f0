"""What Cloudflare stops before it reaches a server: our own rules, Cloudflare's, and who asks too often (PF-12).

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

    from infra.components.cloudflare_plan import Plan

#: Requests of one address in a period (`docs/requirements.md` PF-12).
MOST_REQUESTS = 2000

#: Health checks: machines ask, and none of them solves a puzzle.
_HEALTH = '(http.request.uri.path eq "/api/health") or (http.request.uri.path eq "/api/health/deep")'

#: What scanners ask every server in the world for; nothing here is written in PHP or serves its own repository.
_PROBES = (
    '(http.request.uri.path contains "/.env") or (http.request.uri.path contains "/.git/") '
    'or (http.request.uri.path contains "/.aws/") or (http.request.uri.path contains "/wp-") '
    'or ends_with(http.request.uri.path, ".php")'
)

#: The deep health check tells much of the server: without its key's header nobody gets as far as to guess it.
_DEEP = (
    '(http.request.uri.path eq "/api/health/deep" '
    'and not any(lower(http.request.headers.names[*])[*] eq "x-internal-key"))'
)

_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


@dataclass(frozen=True, kw_only=True)
class FirewallArgs(ComponentArgs):
    """What the firewall is made of.

    Attributes:
        zone_id: the zone.
        plan: its plan, which says in what time requests are counted, and which of Cloudflare's rules there are.
        api_hosts: names of the API.
        requests: what one address may ask for in `Plan.counting_seconds`.

    Raises:
        ArgumentError: more requests than PF-12 allows, or none; no name of the API.
    """

    zone_id: str
    plan: Plan
    api_hosts: Sequence[str]
    requests: int = MOST_REQUESTS

    def __post_init__(self) -> None:
        if not 1 <= self.requests <= MOST_REQUESTS:
            raise ArgumentError("requests", self.requests, f"1 to {MOST_REQUESTS}")
        if not self.api_hosts:
            raise ArgumentError("api_hosts", self.api_hosts, "at least one name")


class Firewall(Component):
    """The firewall of a zone.

    Makes three rulesets, in the order in which Cloudflare runs them: our own rules, the rate limit, Cloudflare's.
    """

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("firewall:Firewall", name, args, opts)
        self._zone_id = args.zone_id
        self._ruleset("custom", "http_request_firewall_custom", "Custom rules", custom_rules(args))
        self._ruleset("rate-limit", "http_ratelimit", "Rate limit", [_rate_limit(args)])
        self._ruleset("managed", "http_request_firewall_managed", "Managed rules", [_managed(args.plan)])
        self.register_outputs({"zoneId": args.zone_id})

    def _ruleset(self, part: str, phase: str, title: str, rules: list[cloudflare.RulesetRuleArgs]) -> None:
        cloudflare.Ruleset(
            f"{self.name}-{part}",
            zone_id=self._zone_id,
            kind="zone",
            name=title,
            description=f"{title} of the zone",
            phase=phase,
            rules=rules,
            opts=self.child(),
        )


def custom_rules(args: FirewallArgs) -> list[cloudflare.RulesetRuleArgs]:
    """Our own rules, four at most: Free has room for five."""
    skip = [
        cloudflare.RulesetRuleArgs(
            ref="health",
            description="health checks are asked for by machines",
            expression=_HEALTH,
            action="skip",
            enabled=True,
            action_parameters=cloudflare.RulesetRuleActionParametersArgs(phases=["http_request_sbfm"]),
            logging=cloudflare.RulesetRuleLoggingArgs(enabled=True),
        )
    ]
    return [
        # On Free the fight against bots is no rule, and nothing can skip it.
        *(skip if args.plan.bots_by_rule else []),
        _block("probes", "what scanners look for", _PROBES),
        _block("deep-health", "the deep health check without its key", _DEEP),
        _block(
            "methods",
            "methods that the API has no use for",
            f"(http.host in {one_of(args.api_hosts)} and not http.request.method in {one_of(_METHODS)})",
        ),
    ]


def _block(ref: str, description: str, expression: str) -> cloudflare.RulesetRuleArgs:
    return cloudflare.RulesetRuleArgs(
        ref=ref, description=description, expression=expression, action="block", enabled=True
    )


def _rate_limit(args: FirewallArgs) -> cloudflare.RulesetRuleArgs:
    seconds = args.plan.counting_seconds
    return cloudflare.RulesetRuleArgs(
        ref="rate-limit",
        description=f"{args.requests} requests of one address in {seconds} s",
        # Every request: the path is the one field that a rate limit may look at on all plans.
        expression='starts_with(http.request.uri.path, "/")',
        action="block",
        enabled=True,
        ratelimit=cloudflare.RulesetRuleRatelimitArgs(
            # Cloudflare counts in each of its data centres on its own, and asks that one says so.
            characteristics=["cf.colo.id", "ip.src"],
            period=seconds,
            requests_per_period=args.requests,
            # Every plan takes its counting period for this too.
            mitigation_timeout=seconds,
        ),
    )


def _managed(plan: Plan) -> cloudflare.RulesetRuleArgs:
    return cloudflare.RulesetRuleArgs(
        ref="managed",
        description="Cloudflare's own rules, as Cloudflare sets them",
        expression="true",
        action="execute",
        enabled=True,
        action_parameters=cloudflare.RulesetRuleActionParametersArgs(id=plan.managed_ruleset),
    )
