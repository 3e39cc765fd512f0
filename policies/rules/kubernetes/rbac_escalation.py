"""No role lets its holder take more rights than the role names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.objects import Object, kinds, objects
from policies.domain.verdict import Verdict, all_of, among, any_of, found, given, negated
from policies.facts import Facts, entries
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: Verbs by which one acts with rights that one does not have (Kubernetes, "RBAC Good Practices").
_VERBS = frozenset({"bind", "escalate", "impersonate"})
#: Resources behind which other rights stand: tokens of any account, the kubelet's own interface.
_RESOURCES = frozenset({"nodes/proxy", "serviceaccounts/token"})
_SECRETS = frozenset({"secrets"})
#: All three hand out what the secrets hold.
_READING = frozenset({"get", "list", "watch"})

_OF_THE_CLUSTER = kinds("rbac.authorization.k8s.io", "ClusterRole")


def check(facts: Facts) -> Iterator[Result]:
    """No rule of a role may hold such a verb or resource; one of the whole cluster may not read secrets unnamed."""
    for role in objects(facts):
        for place, body in enumerate(entries(role.look("rules"))):
            rule = Object(path=role.at(f"rules[{place}]"), body=body)
            yield from _rule(rule, everywhere=_OF_THE_CLUSTER(facts.token))


def _rule(rule: Object, *, everywhere: bool) -> Iterator[Result]:
    what = "whoever holds the role acts with rights that it does not name"
    yield from found(_holds(rule, "verbs", _VERBS), rule.at("verbs"), what=what)
    yield from found(_holds(rule, "resources", _RESOURCES), rule.at("resources"), what=what)
    unnamed = negated(any_of(map(given, entries(rule.look("resourceNames")))))
    reads = all_of((_holds(rule, "resources", _SECRETS), _holds(rule, "verbs", _READING), unnamed, everywhere))
    yield from found(
        reads,
        rule.at("resources"),
        what="the role reads every secret of the cluster",
        fix="give a Role in the namespace that needs it, or name the secrets in resourceNames",
    )


def _holds(rule: Object, key: str, names: Collection[str]) -> Verdict:
    return any_of(among(name, names) for name in entries(rule.look(key)))


RULE = Rule(
    id="rbac-no-escalation",
    title="Roles give no way to further rights",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="By one of these a small role becomes the whole cluster: it takes another's name, token or secrets.",
    fix=f"remove the verbs {', '.join(sorted(_VERBS))} and the resources {', '.join(sorted(_RESOURCES))}",
    link="https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    applies=kinds("rbac.authorization.k8s.io", "Role", "ClusterRole"),
    check=check,
)
