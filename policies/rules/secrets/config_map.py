"""No ConfigMap holds a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.domain.objects import objects
from policies.domain.secret_names import assigned, literal, secret_name
from policies.domain.walk import marked, step
from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

_CONFIG_MAP = re.compile(r"kubernetes:core/v1:ConfigMap(?:Patch)?(?:List)?")


def check(facts: Facts) -> Iterator[Result]:
    """Nothing in it may be marked secret, and neither a key nor a line of a file be named as a secret with a value."""
    for item in objects(facts):
        for part in ("data", "binaryData"):
            yield from _values(facts, item.at(part), item.look(part))


def _values(facts: Facts, where: str, values: Value) -> Iterator[Result]:
    if values is UNKNOWN:
        yield Pending(where=where)
    elif marked(facts, where, values):
        yield Violation(where=where, what="the program has marked it secret")
    for key, value in values.items() if isinstance(values, Mapping) else ():
        path = step(where, key)
        if value is UNKNOWN:
            yield Pending(where=path)
        elif marked(facts, path, value):
            yield Violation(where=path, what="the program has marked it secret")
        elif isinstance(value, str) and _holds(key, value):
            yield Violation(where=path, what="it is named as a secret and has a value")


def _holds(key: str, value: str) -> bool:
    return (secret_name(key) and literal(value)) or any(literal(given) for _, given in assigned(value))


RULE = Rule(
    id="config-map-no-secret",
    title="No ConfigMap holds a secret",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever may look at a namespace reads its ConfigMaps; nothing encrypts them.",
    fix="keep it in the secret store, and take it from a Secret by reference",
    link="https://kubernetes.io/docs/concepts/configuration/configmap/",
    applies=lambda token: _CONFIG_MAP.fullmatch(token) is not None,
    check=check,
)
