"""What UptimeRobot is told in confidence is a secret of the stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.domain.uptimerobot import INTEGRATION, MONITOR, STATUS_PAGE
from policies.domain.walk import marked, step
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

#: Properties by type; of a mapping each entry counts.
_SECRETS = {
    MONITOR: ("httpPassword", "customHttpHeaders"),
    INTEGRATION: ("value", "key", "customHeaders"),
    STATUS_PAGE: ("password",),
}


def check(facts: Facts) -> Iterator[Result]:
    """A password, a header, the address or key of a channel must be marked secret."""
    for name in _SECRETS[facts.token]:
        value = look(facts.props, name)
        if not marked(facts, name, value):
            yield from _value(facts, name, value)


def _value(facts: Facts, where: str, value: Value) -> Iterator[Result]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not marked(facts, step(where, key), part):
                yield from _value(facts, step(where, key), part)
    elif value is UNKNOWN:
        yield Pending(where=where)
    elif isinstance(value, str) and value:
        yield Violation(where=where, what="it is a secret, and stands there in plain text")


RULE = Rule(
    id="uptime-secrets-marked",
    title="What UptimeRobot is told in confidence is marked secret",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A plain one is in git, in the state and in every preview's output; a channel's address is all that one needs "
    "to write into it.",
    fix="give it as a secret of the stack: pulumi config set --secret",
    link="https://www.pulumi.com/docs/iac/concepts/secrets/",
    applies=_SECRETS.__contains__,
    check=check,
)
