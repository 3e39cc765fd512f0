"""Kubernetes objects carry the required labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.domain.pods import pods
from policies.domain.required import LABELS
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

# An object's token ends in an API version and a kind, custom resources' too. What is not one (a Helm release, a
# YAML file) makes objects of its own. A patch labels someone else's object.
_OBJECT = re.compile(r"kubernetes:(?!helm\.sh/)[a-z0-9.-]+/v\d\w*:(?!\w+Patch(?:List)?$)\w+")


def check(facts: Facts) -> Iterator[Result]:
    """The object itself and the pods that it makes must carry each label of `LABELS`."""
    if facts.token.endswith("List"):
        for place, item in enumerate(entries(look(facts.props, "items"))):
            yield from _labels(f"items[{place}].metadata.labels", look(item, "metadata", "labels"))
    else:
        yield from _labels("metadata.labels", look(facts.props, "metadata", "labels"))
    for pod in pods(facts):
        # A bare pod's own metadata is the object's.
        if pod.path and not pod.path.endswith("]"):
            yield from _labels(pod.at("metadata.labels"), look(pod.metadata, "labels"))


def _labels(where: str, labels: Value) -> Iterator[Result]:
    if labels is UNKNOWN:
        yield Pending(where=where)
        return
    carried = labels if isinstance(labels, Mapping) else {}
    missing = [key for key in LABELS if not carried.get(key)]
    if missing:
        yield Violation(where=where, what=f"missing: {', '.join(missing)}")
    yield from (Pending(where=f'{where}["{key}"]') for key in LABELS if carried.get(key) is UNKNOWN)


RULE = Rule(
    id="kubernetes-required-labels",
    title="Kubernetes objects carry the required labels",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Alerts, network policies and people select objects by them: an object without them is in no one's view.",
    fix="pass the labels that infra/naming.py makes, to the object and to its pod template",
    link="https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",
    applies=lambda token: _OBJECT.fullmatch(token) is not None,
    check=check,
)
