"""Names, tags and labels, on everything that takes them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pulumi_aws
import pytest

from infra.naming import ALERT_TIER, COMPONENT, REQUIRED_TAGS

if TYPE_CHECKING:
    from tests.program.conftest import Declared, Program

STACKS = ["local", "staging", "prod"]


def takes_tags(token: str) -> bool:
    """Whether the AWS SDK's class for a token has an argument named tags."""
    package, module, name = token.split(":")
    if package != "aws":
        return False
    resource = getattr(getattr(pulumi_aws, module.split("/")[0]), name)
    return "tags" in inspect.signature(resource._internal_init).parameters  # noqa: SLF001 - the SDK shows it nowhere else


def taggable(program: Program) -> list[Declared]:
    """The resources that take tags; there are some, or nothing would be tested."""
    found = [one for one in program.resources if takes_tags(one.token)]
    assert found
    return found


def objects(program: Program) -> list[Declared]:
    """The Kubernetes objects; there are some, or nothing would be tested."""
    found = [one for one in program.resources if one.token.startswith("kubernetes:")]
    assert found
    return found


@pytest.mark.parametrize("stack", STACKS)
def test_everything_taggable_carries_exactly_the_required_tags(programs: dict[str, Program], stack: str) -> None:
    """What the AWS SDK can tag is tagged, with each required key and no other."""
    wrong = {
        one.name: sorted(one.inputs.get("tags", {}))
        for one in taggable(programs[stack])
        if tuple(sorted(one.inputs.get("tags", {}))) != REQUIRED_TAGS
    }

    assert {} == wrong


@pytest.mark.parametrize("stack", STACKS)
def test_tags_name_their_stack(programs: dict[str, Program], stack: str) -> None:
    """No resource carries another stack's tags."""
    assert {stack} == {one.inputs["tags"]["stack"] for one in taggable(programs[stack])}


@pytest.mark.parametrize("stack", STACKS)
def test_every_object_says_who_pages_and_what_it_belongs_to(programs: dict[str, Program], stack: str) -> None:
    """Every Kubernetes object carries the alert tier, its component and the recommended labels."""
    needed = {
        "app.kubernetes.io/name",
        "app.kubernetes.io/instance",
        "app.kubernetes.io/component",
        "app.kubernetes.io/part-of",
        "app.kubernetes.io/managed-by",
        ALERT_TIER,
        COMPONENT,
    }

    assert {} == {
        one.name: needed - set(one.labels) for one in objects(programs[stack]) if not needed <= set(one.labels)
    }


@pytest.mark.parametrize("stack", STACKS)
def test_labels_name_their_stack(programs: dict[str, Program], stack: str) -> None:
    """No object carries another stack's label."""
    assert {stack} == {one.labels["groundwork.dev/stack"] for one in objects(programs[stack])}


def test_backup_jobs_page(prod: Program) -> None:
    """Each backup CronJob, its Jobs and its Pods carry the critical tier: rules route on it."""
    tiers = set()
    for job in prod.of("kubernetes:batch/v1:CronJob"):
        template = job.inputs["spec"]["jobTemplate"]
        tiers |= {
            job.labels[ALERT_TIER],
            template["metadata"]["labels"][ALERT_TIER],
            template["spec"]["template"]["metadata"]["labels"][ALERT_TIER],
        }

    assert {"critical"} == tiers


def test_stacks_share_no_name_of_a_cloud(programs: dict[str, Program]) -> None:
    """Two stacks in one account and one cluster would not take over each other's things."""

    def names(program: Program) -> set[str]:
        keys = {"aws:s3/bucket:Bucket": "bucket", "cloudflare:index/r2Bucket:R2Bucket": "name"}
        named = {one.inputs[keys[one.token]] for one in program.resources if one.token in keys}
        named |= {one.inputs["name"] for one in program.resources if "aws:iam" in one.token or ":Alias" in one.token}
        watched = [one.inputs for one in program.resources if one.token.startswith("uptimerobot:")]
        named |= {inputs.get("friendlyName") or inputs["name"] for inputs in watched}
        return named | {one.inputs["metadata"]["name"] for one in program.of("kubernetes:core/v1:Namespace")}

    assert set() == names(programs["staging"]) & names(programs["prod"])


def test_buckets_are_named_by_stack_and_suffix(prod: Program) -> None:
    """S3 names carry the fork's suffix, the R2 name needs none."""
    names = {one.inputs["bucket"] for one in prod.of("aws:s3/bucket:Bucket")}

    assert names == {
        "groundwork-prod-backups-copy-example-founder",
        "groundwork-prod-backups-logs-example-founder",
        "groundwork-prod-backups-replica-example-founder",
        "groundwork-prod-backups-replica-logs-example-founder",
    }
