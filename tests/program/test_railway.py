"""Railway as declared: what runs, how it is asked for its health, in what order it is made, what it may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backup.settings import read
from policies.domain.required import ALERT_TIER_VARIABLE

if TYPE_CHECKING:
    from tests.program.conftest import Program

STACKS = ["local", "staging", "prod"]


def settings(program: Program, service: str) -> dict[str, Any]:
    """Settings of a service."""
    return program.one(f"amoisekai-{service}-settings").inputs


def variables(program: Program, service: str) -> dict[str, str]:
    """Variables of a service."""
    found: dict[str, str] = program.one(f"amoisekai-{service}-variables").inputs["variables"]
    return found


@pytest.mark.parametrize("stack", STACKS)
def test_the_engine_answers_before_it_is_asked_by_others(programs: dict[str, Program], stack: str) -> None:
    """Railway asks `/api/health` on port 8001 before a deployment gets requests, and starts again what fails."""
    held = settings(programs[stack], "engine")

    assert ("/api/health", 300, "ON_FAILURE", 10, False, "8001", 8001) == (
        held["healthcheckPath"],
        held["healthcheckTimeout"],
        held["restartPolicyType"],
        held["restartPolicyMaxRetries"],
        held["sleepApplication"],
        variables(programs[stack], "engine")["PORT"],
        programs[stack].one("amoisekai-engine-domain").inputs["targetPort"],
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_engine_is_one_container_with_two_workers(programs: dict[str, Program], stack: str) -> None:
    """A service with a volume can have no second container: its two workers are in the one."""
    assert (1, "2") == (
        settings(programs[stack], "engine")["numReplicas"],
        variables(programs[stack], "engine")["WEB_CONCURRENCY"],
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_database_is_on_the_volume(programs: dict[str, Program], stack: str) -> None:
    """The engine's SQLite file lies where its volume is mounted, in the volume's own region."""
    volume = programs[stack].one("amoisekai-engine-volume").inputs
    held = settings(programs[stack], "engine")

    assert variables(programs[stack], "engine")["DATABASE_PATH"] == f"{volume['mountPath']}/amoisekai.db"
    assert volume["region"] == held["region"]


@pytest.mark.parametrize("stack", STACKS)
def test_what_has_a_volume_can_write_to_it(programs: dict[str, Program], stack: str) -> None:
    """Railway mounts a volume that is root's: the engine's container starts as root, the keeper's as its own user."""
    assert ("0", None) == tuple(
        variables(programs[stack], service).get("RAILWAY_RUN_UID") for service in ("engine", "keeper")
    )


@pytest.mark.parametrize("stack", STACKS)
def test_railway_copies_the_volume_daily_and_weekly(programs: dict[str, Program], stack: str) -> None:
    """What is covered on Railway today: its own copies of the volume."""
    schedule = programs[stack].one("amoisekai-engine-volume-backups").inputs

    assert ["DAILY", "WEEKLY"] == schedule["kinds"]
    assert "instance-of-amoisekai-engine-volume" == schedule["volumeInstanceId"]


@pytest.mark.parametrize("stack", STACKS)
def test_the_keeper_proves_the_newest_point_each_hour(programs: dict[str, Program], stack: str) -> None:
    """It runs the backup job's own `verify` on a schedule, and is not started again before the next hour."""
    held = settings(programs[stack], "keeper")

    assert ("backup verify", "45 * * * *", "NEVER", None) == (
        held["startCommand"],
        held["cronSchedule"],
        held["restartPolicyType"],
        held.get("healthcheckPath"),
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_job_takes_what_the_keeper_is_given(programs: dict[str, Program], stack: str) -> None:
    """The backup job itself reads the keeper's variables and finds both stores in them."""
    held = read(variables(programs[stack], "keeper"), database=False)
    copy = programs[stack].exports.buckets["copy"]

    assert ("amoisekai", "/tmp") == (held.series, str(held.scratch))  # noqa: S108 - a path in the container
    assert (f"groundwork-{stack}-backups", copy) == (held.store.bucket, held.copy_store and held.copy_store.bucket)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("service", ["engine", "keeper"])
def test_each_service_says_whom_alerts_reach(programs: dict[str, Program], stack: str, service: str) -> None:
    """The variable that alert rules route by is there."""
    assert "critical" == variables(programs[stack], service)[ALERT_TIER_VARIABLE]


@pytest.mark.parametrize("stack", STACKS)
def test_one_deployment_comes_after_all_that_it_runs(programs: dict[str, Program], stack: str) -> None:
    """Settings, variables, shared variables and volume are there before; a change of any makes a new deployment."""
    deployment = programs[stack].one("amoisekai-engine-deployment")
    waited = {urn.rpartition("::")[2] for urn in deployment.depends_on}

    assert {
        "settings": "revision-of-amoisekai-engine-settings",
        "variables": "revision-of-amoisekai-engine-variables",
        "shared": "revision-of-amoisekai-shared-variables",
        "volume": "instance-of-amoisekai-engine-volume",
    } == deployment.inputs["triggers"]
    assert waited >= {
        "amoisekai-engine-settings",
        "amoisekai-engine-variables",
        "amoisekai-shared-variables",
        "amoisekai-engine-volume",
        "amoisekai-engine-domain",
    }


@pytest.mark.parametrize("stack", STACKS)
def test_one_service_has_one_deployment(programs: dict[str, Program], stack: str) -> None:
    """Two would deploy the same change twice."""
    assert ["amoisekai-engine-deployment", "amoisekai-keeper-deployment"] == sorted(
        one.name for one in programs[stack].of("railway:index:Deployment")
    )


@pytest.mark.parametrize("stack", ["local", "prod"])
def test_the_owner_makes_both_environments(programs: dict[str, Program], stack: str) -> None:
    """The project is made with production, and gets staging; it deploys nothing at a pull request."""
    project = programs[stack].one("amoisekai-project").inputs

    assert ("amoisekai", "production", False) == (
        project["name"],
        project["defaultEnvironmentName"],
        project["prDeploys"],
    )
    assert ["staging"] == [one.inputs["name"] for one in programs[stack].of("railway:index:Environment")]


@pytest.mark.parametrize("stack", ["local", "prod"])
@pytest.mark.parametrize("service", ["engine", "keeper"])
def test_a_service_is_made_into_every_environment(programs: dict[str, Program], stack: str, service: str) -> None:
    """Railway makes a service in the environments that are there: one that came later would be without it."""
    waited = {urn.rpartition("::")[2] for urn in programs[stack].one(f"amoisekai-{service}-service").depends_on}

    assert {"amoisekai-project", "amoisekai-staging"} == waited


def test_the_owner_fills_production(prod: Program) -> None:
    """All that is of an environment is of production, the one that the project was made with."""
    places = {one.inputs["environmentId"] for one in prod.resources if "environmentId" in one.inputs}

    assert {"environment-of-amoisekai-project"} == places


def test_staging_names_what_prod_made(staging: Program) -> None:
    """The other stack makes no project and no service, and fills the environment that its stack file names."""
    owned = [one.name for one in staging.resources if one.token.endswith((":Project", ":Environment", ":Service"))]
    places = {one.inputs["environmentId"] for one in staging.resources if "environmentId" in one.inputs}

    assert ([], {"01234567-89ab-4cde-8f01-23456789abc1"}) == (owned, places)


@pytest.mark.parametrize("stack", STACKS)
def test_sentry_is_told_where_it_is(programs: dict[str, Program], stack: str) -> None:
    """The environment's name and the part of traces come from the stack file, the DSN from its secrets."""
    held = variables(programs[stack], "engine")

    assert {
        "local": ("local", "1", "${{shared.SENTRY_DSN}}"),
        "staging": ("staging", "1", "${{shared.SENTRY_DSN}}"),
        "prod": ("production", "0.1", "${{shared.SENTRY_DSN}}"),
    }[stack] == (held["SENTRY_ENVIRONMENT"], held["SENTRY_TRACES_SAMPLE_RATE"], held["SENTRY_DSN"])
