"""Cases of `kubernetes-required-labels`."""

from __future__ import annotations

from policies.domain.required import LABELS
from policies.facts import UNKNOWN, Value
from tests.policies.make import CRON, LABELLED, container, cron, facts, workload

_GOOD: dict[str, Value] = {"labels": LABELLED}
_BARE: Value = {"template": {"metadata": {}, "spec": {"containers": []}}}

PASS = {
    "a config map": facts("kubernetes:core/v1:ConfigMap", {"metadata": _GOOD}),
    "a workload and its pods": cron(container()),
    "a pod": workload("core/v1:Pod", container()),
    "a custom resource": facts("kubernetes:argoproj.io/v1alpha1:Application", {"metadata": _GOOD}),
    "each of a list": facts("kubernetes:core/v1:ConfigMapList", {"items": [{"metadata": _GOOD}]}),
    "someone else's object": facts("kubernetes:core/v1:NamespacePatch", {"metadata": {"name": "default"}}),
    "a Helm release is no object": facts("kubernetes:helm.sh/v3:Release", {"chart": "x"}),
    "a YAML file is no object": facts("kubernetes:yaml:ConfigFile", {}),
    "another cloud": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    "no labels": (facts("kubernetes:core/v1:Namespace", {"metadata": {"name": "x"}}), ("metadata.labels",)),
    "no metadata": (facts("kubernetes:core/v1:Secret", {}), ("metadata.labels",)),
    "one missing": (
        facts("kubernetes:core/v1:Secret", {"metadata": {"labels": dict.fromkeys(LABELS[1:], "x")}}),
        ("metadata.labels",),
    ),
    "a custom resource": (facts("kubernetes:argoproj.io/v1alpha1:Application", {}), ("metadata.labels",)),
    "the pods of a workload": (
        facts("kubernetes:apps/v1:Deployment", {"metadata": _GOOD, "spec": _BARE}),
        ("spec.template.metadata.labels",),
    ),
    "a pod's labels are its own": (
        facts("kubernetes:core/v1:Pod", {"metadata": {}, "spec": {"containers": []}}),
        ("metadata.labels",),
    ),
    "so are those of a pod in a list": (
        facts("kubernetes:core/v1:PodList", {"items": [{"metadata": {}, "spec": {"containers": []}}]}),
        ("items[0].metadata.labels",),
    ),
    "the second of a list": (
        facts("kubernetes:core/v1:ConfigMapList", {"items": [{"metadata": _GOOD}, {}]}),
        ("items[1].metadata.labels",),
    ),
}
PENDING = {
    "the labels": (facts("kubernetes:core/v1:Secret", {"metadata": {"labels": UNKNOWN}}), ("?metadata.labels",)),
    "the metadata": (facts("kubernetes:core/v1:Secret", {"metadata": UNKNOWN}), ("?metadata.labels",)),
    "one value": (
        facts("kubernetes:core/v1:Secret", {"metadata": {"labels": LABELLED | {LABELS[0]: UNKNOWN}}}),
        (f'?metadata.labels["{LABELS[0]}"]',),
    ),
    "the pods' template": (
        facts(
            "kubernetes:batch/v1:CronJob",
            {"metadata": _GOOD, "spec": {"jobTemplate": {"spec": {"template": UNKNOWN}}}},
        ),
        (f"?{CRON}.metadata.labels",),
    ),
}
