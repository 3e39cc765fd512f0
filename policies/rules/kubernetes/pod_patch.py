"""A patch of a workload is shown, since its rest cannot be judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.rule import Enforcement, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_PATCH = re.compile(
    r"kubernetes:(?:core|apps|batch|extensions)/v\w+:"
    r"(?:Pod|PodTemplate|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob)Patch(?:List)?"
)


def check(_facts: Facts) -> Iterator[Result]:
    """Every patch of a workload is found: what it leaves out belongs to someone else and is not in the program."""
    yield Violation(where="spec", what="the rules over pods cannot judge a patch: it holds a part of the object only")


RULE = Rule(
    id="pod-patch-unjudged",
    title="Workloads are declared whole, not patched",
    severity=Severity.LOW,
    enforcement=Enforcement.ADVISORY,
    why="A patch can set privileged: true in an object that no rule over pods ever sees.",
    fix="declare the workload itself, or check the patched object against the rules over pods by hand",
    link="https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
    applies=lambda token: _PATCH.fullmatch(token) is not None,
    check=check,
)
