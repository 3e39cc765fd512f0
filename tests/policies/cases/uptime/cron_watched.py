"""Cases of `uptime-cron-watched`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_CRON = facts("railway:index:ServiceInstance", {"serviceId": "abc", "cronSchedule": "0 * * * *"})
_AT = ("cronSchedule",)
_HEARTBEAT = facts("uptimerobot:index:Monitor", {"type": "HEARTBEAT"})


def _variables(*sources: Facts, service: Value = "abc") -> Facts:
    made = facts("railway:index:VariableCollection", {"serviceId": service, "variables": UNKNOWN})
    return replace(made, depends={"variables": frozenset(one.urn for one in sources)})


def _of(service: str, one: Facts) -> Facts:
    """The same, with a service that is made in the same update."""
    return replace(
        one, props={**one.props, "serviceId": UNKNOWN}, depends={**one.depends, "serviceId": frozenset({service})}
    )


PASS = {
    "an empty stack": [],
    "it reports": [_HEARTBEAT, _CRON, _variables(_HEARTBEAT)],
    "among others": [_HEARTBEAT, _CRON, _variables(), _variables(_CRON, _HEARTBEAT)],
    "a service of the same update": [_HEARTBEAT, _of("urn", _CRON), _of("urn", _variables(_HEARTBEAT))],
    "no schedule": [facts("railway:index:ServiceInstance", {"serviceId": "abc", "cronSchedule": ""})],
    "something else with a schedule": [facts("railway:index:Service", {"cronSchedule": "0 * * * *"})],
}
FAIL = {
    "no variables": ([_HEARTBEAT, _CRON], _AT),
    "none of a heartbeat": ([_HEARTBEAT, _CRON, _variables()], _AT),
    "of a monitor that asks": (
        [monitor := facts("uptimerobot:index:Monitor", {"type": "HTTP"}), _CRON, _variables(monitor)],
        _AT,
    ),
    "of something else": (
        [page := facts("uptimerobot:index:StatusPage", {"type": "HEARTBEAT"}), _CRON, _variables(page)],
        _AT,
    ),
    "another service's": ([_HEARTBEAT, _CRON, _variables(_HEARTBEAT, service="def")], _AT),
    "another service's of the same update": (
        [_HEARTBEAT, _of("urn", _CRON), _of("other", _variables(_HEARTBEAT))],
        _AT,
    ),
    "those that services share": ([_HEARTBEAT, _CRON, _variables(_HEARTBEAT, service=None)], _AT),
    "both name none": (
        [
            _HEARTBEAT,
            replace(_CRON, props={"cronSchedule": "0 * * * *"}),
            replace(_variables(_HEARTBEAT), props={"variables": UNKNOWN}),
        ],
        _AT,
    ),
    "told something else": (
        [_HEARTBEAT, _CRON, replace(_variables(_HEARTBEAT), token="railway:index:Deployment")],  # noqa: S106 - a type
        _AT,
    ),
}
PENDING = {
    # What was not seen to be told is not: the update asks again, with every value known.
    "whose the variables are": ([_HEARTBEAT, _CRON, _variables(_HEARTBEAT, service=UNKNOWN)], _AT),
}
