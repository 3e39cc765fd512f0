"""Service accounts hand out no token by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.domain.verdict import among, found
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts, Value


_SECRET = kinds("core", "Secret")


def check(facts: Facts) -> Iterator[Result]:
    """Each account must refuse; the pod that needs the token asks for it. No Secret may ask for one without an end."""
    if _SECRET(facts.token):
        for secret in objects(facts):
            asked = among(secret.look("type"), {"kubernetes.io/service-account-token"})
            yield from found(
                asked, secret.at("type"), what="the account gets a token that never ends", fix="remove the Secret"
            )
        return
    for account in objects(facts):
        yield from demand(
            account.look("automountServiceAccountToken"),
            _refused,
            where=account.at("automountServiceAccountToken"),
            what="the account gives its token to every pod that runs as it",
        )


def _refused(setting: Value) -> bool:
    return setting is False


RULE = Rule(
    id="service-account-no-token",
    title="Service accounts hand out no token by themselves",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A pod that someone adds later gets the account's rights without anyone having asked.",
    fix="set automountServiceAccountToken: false on the account",
    link="https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    applies=kinds("core", "ServiceAccount", "Secret"),
    check=check,
)
