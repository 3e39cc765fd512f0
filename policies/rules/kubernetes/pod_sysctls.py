"""Pods change no kernel setting beyond their own.

Pod Security Standards 1.36, baseline, "Sysctls".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.pods import holds_pods, known_pods
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Settings that each pod has for itself, and that take nothing from others.
_SAFE = (
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
)


def check(facts: Facts) -> Iterator[Result]:
    """Each setting must be one of `_SAFE`."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        for place, sysctl in enumerate(entries(look(pod.spec, "securityContext", "sysctls"))):
            yield from demand(
                look(sysctl, "name"),
                _safe,
                where=pod.at("spec", "securityContext", f"sysctls[{place}].name"),
                what="the setting is not known to be the pod's alone",
            )


def _safe(name: Value) -> bool:
    return name in _SAFE


RULE = Rule(
    id="pod-sysctls",
    title="Pods change no kernel setting beyond their own",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A setting that the node has once changes every pod on it, and can turn its protections off.",
    fix=f"remove it; {', '.join(_SAFE)} are allowed",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
