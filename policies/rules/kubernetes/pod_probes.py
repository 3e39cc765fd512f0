"""What runs for long says when it is ready, and when it hangs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.domain.demand import demand
from policies.domain.pods import containers
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

#: Workloads that never end; a job does, and tells by its exit code.
_LONG_RUNNING = re.compile(
    r"kubernetes:(?:apps|extensions|core)/v\w+:"
    r"(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController)(?:List)?"
)


def check(facts: Facts) -> Iterator[Result]:
    """Each container that lasts must have both probes, with a way to ask (PF-11); a debugging one can have none."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
        elif item.lasting and not item.ephemeral:
            for key in ("livenessProbe", "readinessProbe"):
                yield from demand(
                    look(item.body, key),
                    _asks,
                    where=f"{item.path}.{key}",
                    what=f"container {item.name!r} has no {key}",
                )


def _asks(probe: Value) -> bool:
    return isinstance(probe, Mapping) and any(way in probe for way in ("exec", "grpc", "httpGet", "tcpSocket"))


RULE = Rule(
    id="pod-probes",
    title="Workloads that run for long have liveness and readiness probes",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Without them a hung program stays in service, and a rollout counts pods that do not answer yet as done.",
    fix="give the container a livenessProbe and a readinessProbe",
    link="https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    applies=lambda token: _LONG_RUNNING.fullmatch(token) is not None,
    check=check,
)
