"""The rules over pods see every kind of workload alike."""

from __future__ import annotations

import pytest

from policies.domain.pods import Container, containers, holds_pods
from policies.rules.kubernetes import pod_non_root
from tests.policies.make import WORKLOADS, container, facts, workload

KINDS = ["initContainers", "containers", "ephemeralContainers"]


@pytest.mark.parametrize("kind", WORKLOADS)
def test_a_container_is_found_in_every_workload(kind: str) -> None:
    """A bare container is found in each kind of workload, at the path it has there."""
    bare = workload(kind, {"name": "bare"})
    prefix = {"Pod": "spec", "CronJob": "spec.jobTemplate.spec.template.spec"}.get(
        kind.rpartition(":")[2], "spec.template.spec"
    )

    assert [f"{prefix}.containers[0].securityContext.runAsNonRoot"] == [row.where for row in pod_non_root.check(bare)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_container_is_found_in_every_list_of_a_pod(kind: str) -> None:
    """Init and debugging containers are containers."""
    found = list(containers(facts("kubernetes:core/v1:Pod", {"spec": {kind: [container()]}})))

    assert [f"spec.{kind}[0]"] == [item.path for item in found if isinstance(item, Container)]


def test_pods_in_a_list_are_found() -> None:
    """A list of objects is no way around the rules."""
    pods = facts("kubernetes:core/v1:PodList", {"items": [{"spec": {"containers": [{"name": "bare"}]}}]})

    assert ["items[0].spec.containers[0].securityContext.runAsNonRoot"] == [
        row.where for row in pod_non_root.check(pods)
    ]


@pytest.mark.parametrize("version", ["apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"])
def test_old_versions_of_an_api_hold_pods_too(version: str) -> None:
    """An old API version is no way around the rules."""
    assert holds_pods(f"kubernetes:{version}:Deployment")


@pytest.mark.parametrize(
    "token", ["kubernetes:core/v1:Service", "kubernetes:policy/v1:PodDisruptionBudget", "kubernetes:core/v1:PodPatch"]
)
def test_what_holds_no_whole_pod_is_let_be(token: str) -> None:
    """The rules over pods do not apply to other kinds, or to patches."""
    assert not holds_pods(token)
