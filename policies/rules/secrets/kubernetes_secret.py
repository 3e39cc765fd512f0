"""Kubernetes gets its secrets from the secret store, not from the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.objects import objects
from policies.facts import UNKNOWN
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: The sandbox has no secret store.
_SANDBOX_STACK = "local"
_SECRET = re.compile(r"kubernetes:core/v1:Secret(?:Patch)?(?:List)?")


def check(facts: Facts) -> Iterator[Result]:
    """Outside of the sandbox no Secret may carry values, marked secret or not."""
    if facts.stack == _SANDBOX_STACK:
        return
    for secret in objects(facts):
        for key in ("data", "stringData"):
            values = secret.look(key)
            if values is UNKNOWN:
                yield Pending(where=secret.at(key))
            elif values:
                yield Violation(where=secret.at(key), what="the Secret's values come from the program")


RULE = Rule(
    id="kubernetes-secret-external",
    title="Kubernetes Secrets come from the secret store, by External Secrets",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The value is in the stack's state and in each operator's hands, and nothing rotates it (PF-7: every 90 days).",
    fix="keep it in the secret store and declare an ExternalSecret that names it there",
    link="https://external-secrets.io/latest/introduction/overview/",
    applies=lambda token: _SECRET.fullmatch(token) is not None,
    check=check,
)
