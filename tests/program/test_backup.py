"""The backup as declared: schedules, confinement, the job's contract, both stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.program.conftest import Declared, Program

STACKS = ["local", "staging", "prod"]
JOBS = ["hourly", "daily", "proof"]
CONTRACT = {
    "BACKUP_SERIES",
    "BACKUP_DATABASE",
    "BACKUP_SCRATCH",
    "BACKUP_BUCKET",
    "BACKUP_ENDPOINT",
    "BACKUP_REGION",
    "BACKUP_ACCESS_KEY_ID",
    "BACKUP_SECRET_ACCESS_KEY",
    "BACKUP_COPY_BUCKET",
    "BACKUP_COPY_ENDPOINT",
    "BACKUP_COPY_REGION",
    "BACKUP_COPY_ACCESS_KEY_ID",
    "BACKUP_COPY_SECRET_ACCESS_KEY",
}


def job(program: Program, part: str) -> Declared:
    """One of the three CronJobs."""
    return program.one(f"amoisekai-backup-{part}-cronjob")


def run_spec(program: Program, part: str) -> dict[str, Any]:
    """The Job's spec in it."""
    found: dict[str, Any] = job(program, part).inputs["spec"]["jobTemplate"]["spec"]
    return found


def pod(program: Program, part: str) -> dict[str, Any]:
    """The Pod's spec in it."""
    found: dict[str, Any] = run_spec(program, part)["template"]["spec"]
    return found


def container(program: Program, part: str) -> dict[str, Any]:
    """Its only container."""
    (found,) = pod(program, part)["containers"]
    held: dict[str, Any] = found
    return held


@pytest.mark.parametrize("stack", STACKS)
def test_schedules_are_those_of_the_requirement_in_each_stack(programs: dict[str, Program], stack: str) -> None:
    """Hourly on the hour and daily at midnight (BK-1, BK-2), a proof each hour; in UTC."""
    schedules = {part: job(programs[stack], part).inputs["spec"]["schedule"] for part in JOBS}

    assert {"hourly": "0 * * * *", "daily": "0 0 * * *", "proof": "15 * * * *"} == schedules


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("part", JOBS)
def test_runs_are_single_bounded_and_end(programs: dict[str, Program], stack: str, part: str) -> None:
    """One run at a time, a bounded history, a deadline, a time to live, at most one retry."""
    spec = job(programs[stack], part).inputs["spec"]
    inner = run_spec(programs[stack], part)
    deadlines = {"hourly": (1800, 1800), "daily": (21600, 3600), "proof": (1800, 600)}[part]

    assert ("Forbid", "Etc/UTC", 3, 3, False, deadlines, 86400, 1) == (
        spec["concurrencyPolicy"],
        spec["timeZone"],
        spec["successfulJobsHistoryLimit"],
        spec["failedJobsHistoryLimit"],
        spec["suspend"],
        (spec["startingDeadlineSeconds"], inner["activeDeadlineSeconds"]),
        inner["ttlSecondsAfterFinished"],
        inner["backoffLimit"],
    )


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("part", JOBS)
def test_pods_are_confined(programs: dict[str, Program], stack: str, part: str) -> None:
    """Each container is non-root, unprivileged, read-only, without capabilities, under the runtime's seccomp."""
    assert {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "privileged": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    } == container(programs[stack], part)["securityContext"]


@pytest.mark.parametrize("part", JOBS)
def test_pods_run_as_a_user_of_their_own_without_a_token(prod: Program, part: str) -> None:
    """The pod names its user, group and account, gets no token and no service variables, and is not restarted."""
    spec = pod(prod, part)

    assert ("backup", False, False, "Never", True, 10001, 10001, 10001) == (
        spec["serviceAccountName"],
        spec["automountServiceAccountToken"],
        spec["enableServiceLinks"],
        spec["restartPolicy"],
        spec["securityContext"]["runAsNonRoot"],
        spec["securityContext"]["runAsUser"],
        spec["securityContext"]["runAsGroup"],
        spec["securityContext"]["fsGroup"],
    )


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("part", JOBS)
def test_containers_are_bounded(programs: dict[str, Program], stack: str, part: str) -> None:
    """CPU and memory have limits, and requests equal to them."""
    resources = container(programs[stack], part)["resources"]

    assert {"cpu", "memory"} == set(resources["limits"])
    assert resources["limits"] == resources["requests"]


@pytest.mark.parametrize("stack", ["staging", "prod"])
@pytest.mark.parametrize("part", JOBS)
def test_images_are_named_by_digest(programs: dict[str, Program], stack: str, part: str) -> None:
    """What was approved is what runs."""
    _, _, digest = container(programs[stack], part)["image"].partition("@sha256:")

    assert len(digest) == 64


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("part", JOBS)
def test_jobs_get_every_variable_of_their_contract(programs: dict[str, Program], stack: str, part: str) -> None:
    """The container's variables are those that `jobs/backup` reads, no more and no fewer."""
    assert CONTRACT == {variable["name"] for variable in container(programs[stack], part)["env"]}


@pytest.mark.parametrize("part", JOBS)
def test_credentials_come_from_the_secret_that_was_declared(prod: Program, part: str) -> None:
    """Each key of a store is a reference to a key that the Secret holds."""
    secret = prod.one("amoisekai-backup-credentials-secret").inputs
    references = {
        (variable["valueFrom"]["secretKeyRef"]["name"], variable["valueFrom"]["secretKeyRef"]["key"])
        for variable in container(prod, part)["env"]
        if "valueFrom" in variable
    }

    assert {(secret["metadata"]["name"], key) for key in secret["stringData"]} == references


@pytest.mark.parametrize("part", ["hourly", "daily"])
def test_captures_may_write_beside_the_database(prod: Program, part: str) -> None:
    """The data volume is mounted to be written to: SQLite makes its side files there."""
    mounts = {mount["mountPath"]: mount.get("readOnly", False) for mount in container(prod, part)["volumeMounts"]}

    assert {"/data": False, "/scratch": False, "/tmp": False} == mounts  # noqa: S108 - a path in the pod


def test_the_proof_does_not_see_the_live_database(prod: Program) -> None:
    """A proof works from the bucket alone."""
    mounts = [mount["mountPath"] for mount in container(prod, "proof")["volumeMounts"]]

    assert ["/scratch", "/tmp"] == mounts  # noqa: S108 - a path in the pod


@pytest.mark.parametrize("stack", STACKS)
def test_mounted_claims_exist(programs: dict[str, Program], stack: str) -> None:
    """The claim that a job mounts is the one that was declared, in the stack's own storage class."""
    claim = programs[stack].one("amoisekai-backup-claim").inputs
    mounted = {
        volume["persistentVolumeClaim"]["claimName"]
        for part in JOBS
        for volume in pod(programs[stack], part)["volumes"]
        if "persistentVolumeClaim" in volume
    }

    assert {claim["metadata"]["name"]} == mounted
    assert {"local": "sandbox", "staging": "gp3", "prod": "gp3"}[stack] == claim["spec"]["storageClassName"]


@pytest.mark.parametrize("part", JOBS)
def test_jobs_wait_for_everything_they_need(prod: Program, part: str) -> None:
    """A CronJob is made after the claim, the credentials, the way out and both buckets: its first run can succeed."""
    waited = {urn.rpartition("::")[2] for urn in job(prod, part).depends_on}
    component = next(one for one in prod.declared if one.name == f"amoisekai-backup-{part}" and not one.custom)
    waited |= {urn.rpartition("::")[2] for urn in component.depends_on}

    assert waited >= {
        "amoisekai-backup-claim",
        "amoisekai-backup-credentials-secret",
        "amoisekai-allow-object-stores",
        "backups-bucket",
        "backups-second-copy-bucket",
    }
