"""Secrets: each is in its one place, marked as what it is, and everything else refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.program.conftest import SECRET_VALUE

if TYPE_CHECKING:
    from tests.program.conftest import Program

STACKS = ["local", "staging", "prod"]


@pytest.mark.parametrize("stack", STACKS)
def test_secrets_are_marked_and_nowhere_else(programs: dict[str, Program], stack: str) -> None:
    """The engine is told of each property that holds a secret, and no other resource holds one."""
    holders = {one.name for one in programs[stack].declared if SECRET_VALUE in str(one.inputs)}
    marked = {one.name: one.secrets for one in programs[stack].declared if one.secrets}

    assert {"amoisekai-backup-credentials-secret", "amoisekai-shared-variables", "amoisekai-contacts-slack"} == holders
    assert {
        "amoisekai-backup-credentials-secret": frozenset({"stringData"}),
        "amoisekai-shared-variables": frozenset({"variables"}),
        "amoisekai-keeper-variables": frozenset({"variables"}),
        "amoisekai-contacts-slack": frozenset({"value"}),
    } == marked


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("service", ["engine", "keeper"])
def test_services_refer_to_secrets_that_are_shared(programs: dict[str, Program], stack: str, service: str) -> None:
    """Each reference is to a variable that the environment shares, under the same name."""
    shared = programs[stack].one("amoisekai-shared-variables").inputs["variables"]
    variables = programs[stack].one(f"amoisekai-{service}-variables").inputs["variables"]
    references = {name: value for name, value in variables.items() if value.startswith("${{")}

    assert references
    assert {name: f"${{{{shared.{name}}}}}" for name in references} == references
    assert set() == set(references) - set(shared)


@pytest.mark.parametrize("stack", STACKS)
def test_no_secret_is_shared_that_no_service_reads(programs: dict[str, Program], stack: str) -> None:
    """What nobody needs is not there to be stolen."""
    shared = programs[stack].one("amoisekai-shared-variables").inputs["variables"]
    read = {
        name
        for service in ("engine", "keeper")
        for name, value in programs[stack].one(f"amoisekai-{service}-variables").inputs["variables"].items()
        if value.startswith("${{shared.")
    }

    assert set(shared) == read


@pytest.mark.parametrize("stack", STACKS)
def test_the_keepers_report_is_a_secret(programs: dict[str, Program], stack: str) -> None:
    """Whoever knows the heartbeat's address can report in the keeper's place: it comes from the monitor, hidden."""
    variables = programs[stack].one("amoisekai-keeper-variables").inputs["variables"]

    assert "https://heartbeat.test/amoisekai-backups-heartbeat-monitor" == variables["HEARTBEAT_URL"]
