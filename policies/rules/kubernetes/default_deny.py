"""Where pods run, nothing gets in or out that no policy names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.domain.namespaces import Placed, declared, placed
from policies.domain.objects import kinds
from policies.domain.pods import holds_pods
from policies.facts import Facts, Value, entries
from policies.rule import Enforcement, Severity, StackRule, Violation

_POLICY = kinds("networking.k8s.io", "NetworkPolicy")


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each namespace with workloads must have policies for all its pods that allow nothing, in both directions."""
    closed: dict[str, set[str]] = {}
    for policy in placed(stack, _POLICY):
        closed.setdefault(policy.space, set()).update(_closes(policy))
    homes = {space: urn for urn, space in declared(stack).items()}
    told: set[str] = set()
    for workload in placed(stack, holds_pods):
        missing = [way for way in ("Ingress", "Egress") if way not in closed.get(workload.space, ())]
        if missing and workload.space not in told:
            told.add(workload.space)
            yield Violation(
                urn=homes.get(workload.space, workload.facts.urn),
                where="metadata.name" if workload.space in homes else workload.item.at("metadata.namespace"),
                what=f"no policy of the namespace denies what is not named: {' and '.join(missing)}",
            )


def _closes(policy: Placed) -> list[str]:
    """The directions in which a policy selects every pod and allows nothing."""
    if not _everyone(policy.item.look("spec", "podSelector")):
        return []
    types = policy.item.look("spec", "policyTypes")
    rules = {way: policy.item.look("spec", way.lower()) for way in ("Ingress", "Egress")}
    # Left out, they are Ingress, and Egress where there are rules for it: those would allow something.
    named = ["Ingress"] if types is None else entries(types)
    return [way for way, given in rules.items() if way in named and (given is None or given == [])]


def _everyone(selector: Value) -> bool:
    return isinstance(selector, Mapping) and all(not part and part is not None for part in selector.values())


RULE = StackRule(
    id="namespace-default-deny",
    title="Namespaces with workloads deny all traffic that no policy names",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Without it every pod of the cluster talks to every other, and to the cloud's own credentials address.",
    fix="declare a NetworkPolicy with podSelector: {}, policyTypes [Ingress, Egress] and no rules in the namespace",
    link="https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic",
    check=check,
)
