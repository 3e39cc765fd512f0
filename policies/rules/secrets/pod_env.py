"""Containers take secrets from Secrets, by reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.pods import Container, containers, holds_pods
from policies.domain.secret_names import literal, secret_name
from policies.facts import UNKNOWN, Value, entries, look
from policies.preview import SECRET
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """No variable that is named as a secret may have its value in the pod, marked secret in the program or not."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
        else:
            yield from _container(item)


def _container(container: Container) -> Iterator[Result]:
    for place, variable in enumerate(entries(look(container.body, "env"))):
        where = f"{container.path}.env[{place}]"
        name, value = look(variable, "name"), look(variable, "value")
        if name is UNKNOWN and value is not None:
            yield Pending(where=f"{where}.name")
        elif isinstance(name, str) and secret_name(name):
            yield from _value(f"{where}.value", value)


def _value(where: str, value: Value) -> Iterator[Result]:
    if value is UNKNOWN:
        yield Pending(where=where)
    elif isinstance(value, str) and (literal(value) or value == SECRET):
        yield Violation(where=where, what="the variable is named as a secret, and its value is in the pod")


RULE = Rule(
    id="pod-env-no-secret",
    title="Containers take secrets from Secrets, by reference",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever may look at pods reads their variables; nothing encrypts them.",
    fix="take it by valueFrom.secretKeyRef",
    link="https://kubernetes.io/docs/concepts/configuration/secret/#use-case-as-container-environment-variables",
    applies=holds_pods,
    check=check,
)
