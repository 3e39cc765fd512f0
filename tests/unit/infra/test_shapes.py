"""What a stack file says of the edge: where on Railway it is, sizes, host names, contacts, prices, secrets' ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra import budget
from infra.settings import check_file
from infra.stackfile import SECRETS
from tests.unit.infra.files import CHECKOUT, DELETE, mistakes, written

if TYPE_CHECKING:
    from pathlib import Path

_UUID = "01234567-89ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize(
    ("stack", "key", "value"),
    [
        ("local", "railway.project", "amoisekai"),
        ("local", "railway.services.engine", _UUID.upper()),
        ("local", "railway.workspace", "own"),
        ("local", "railway.region", "mars"),
        ("prod", "amoisekai.engine.image", "sandbox/engine:dev"),
        ("prod", "amoisekai.engine.image", "ghcr.io/a/engine:latest"),
        ("local", "amoisekai.engine.memory", 0),
        ("local", "amoisekai.engine.memory", True),
        ("local", "amoisekai.engine.memory", "a lot"),
        ("local", "amoisekai.engine.cpu", 33),
        ("local", "amoisekai.engine.workers", 0),
        ("local", "amoisekai.engine.workers", 1.5),
        ("local", "amoisekai.engine.volume", -1),
        ("local", "amoisekai.keeper.memory", 0),
        ("local", "amoisekai.domains.zone", "Amoisekai.test"),
        ("local", "amoisekai.domains.zoneId", "abc"),
        ("local", "amoisekai.domains.ownsZone", "yes"),
        ("local", "amoisekai.domains.api", "api.example.com"),
        ("local", "amoisekai.domains.api", "https://api.amoisekai.test"),
        ("local", "amoisekai.domains.web", []),
        ("local", "amoisekai.domains.web", ["amoisekai.test", "www.example.com"]),
        ("local", "amoisekai.domains.web", ["amoisekai.test", "amoisekai.test"]),
        ("local", "amoisekai.domains.web", ["amoisekai.test", "api.amoisekai.test"]),
        ("local", "amoisekai.sentry.environment", "The Sandbox"),
        ("local", "amoisekai.sentry.tracesSampleRate", 1.1),
        ("local", "amoisekai.alerting.email", "me"),
        ("local", "amoisekai.alerting.smsContact", "+491701234567"),
        ("local", "amoisekai.alerting.telegramChat", "@channel"),
        ("local", "prices.railwayCpuMonth", -1),
        ("local", "budget", 0),
        ("local", "budget", "plenty"),
    ],
)
def test_a_wrong_value_names_its_key_and_what_is_allowed(tmp_path: Path, stack: str, key: str, value: object) -> None:
    """Each rule refuses, naming the key and what it takes."""
    (line,) = mistakes(written(tmp_path, stack, {key: value}))

    assert line.startswith(f"groundwork:{key}")
    assert "allowed: " in line


@pytest.mark.parametrize("key", ["railway.project", "railway.environment", "railway.services.keeper"])
def test_a_stack_owns_all_of_the_project_or_nothing(tmp_path: Path, key: str) -> None:
    """An environment of a project that someone else makes cannot be this stack's own."""
    (line,) = mistakes(written(tmp_path, changes={key: _UUID}))

    assert line.startswith("groundwork:railway: project, environment and services are 'own' together")


@pytest.mark.parametrize(("stack", "owned"), [("local", True), ("staging", False), ("prod", True)])
def test_prod_and_local_own_the_project_and_staging_names_it(stack: str, owned: bool) -> None:  # noqa: FBT001 - parametrized
    """One stack of a Railway project makes it; the other fills its own environment."""
    assert owned is check_file(CHECKOUT / f"Pulumi.{stack}.yaml", secrets=False).railway.owned


def test_what_costs_more_than_the_budget_names_each_part(tmp_path: Path) -> None:
    """Limits times prices are held against the budget; the dearest part comes first."""
    (line,) = mistakes(written(tmp_path, "prod", {"amoisekai.engine.memory": 8, "amoisekai.engine.cpu": 2}))

    assert line.startswith(
        "groundwork:budget: $50 a month is less than all limits together: $133.00 "
        "(engine.memory 80.00, engine.cpu 40.00, keeper.memory 5.00, keeper.cpu 5.00, engine.volume 3.00)"
    )


def test_the_budget_may_be_spent_to_the_cent(tmp_path: Path) -> None:
    """A sum that equals the budget is within it, one dollar less is not."""
    path = written(tmp_path, "prod", {"budget": 43})

    assert 43 == check_file(path, secrets=False).budget
    assert ["groundwork:budget"] == [
        line.partition(": ")[0] for line in mistakes(written(path.parent, "prod", {"budget": 42}))
    ]


@pytest.mark.parametrize(("stack", "dollars"), [("local", 23.25), ("staging", 23.25), ("prod", 43.0)])
def test_the_sum_of_each_stack_of_the_tree(stack: str, dollars: float) -> None:
    """What the stacks of the tree may cost at most in a month; the paid product's budget is about $50 (RD-10)."""
    config = check_file(CHECKOUT / f"Pulumi.{stack}.yaml", secrets=False)

    assert dollars == sum(part.dollars for part in budget.parts(config.amoisekai, config.prices))


def test_every_secret_has_a_day(tmp_path: Path) -> None:
    """A secret whose age nobody knows cannot be found too old."""
    (line,) = mistakes(written(tmp_path, changes={"secretsRotated.railway:token": DELETE}))

    assert line.startswith("groundwork:secretsRotated: says nothing of railway:token")


def test_a_day_of_no_secret_is_a_mistake(tmp_path: Path) -> None:
    """A slip of the pen there would leave a secret unwatched."""
    (line,) = mistakes(written(tmp_path, changes={"secretsRotated.groundwork:geminiApiKy": "2026-01-31"}))

    assert line.startswith("groundwork:secretsRotated: groundwork:geminiApiKy is no secret of a stack")


@pytest.mark.parametrize("day", ["31.1.2026", "2026-02-30", 20260131, "yesterday"])
def test_a_day_has_one_form(tmp_path: Path, day: object) -> None:
    """Year, month, day, in quotes; a day that is in no calendar is refused."""
    (line,) = mistakes(written(tmp_path, changes={"secretsRotated.railway:token": day}))

    assert line.startswith("groundwork:secretsRotated.railway:token: ")


def test_secrets_are_known_by_their_full_keys() -> None:
    """Those of a provider stand in its own namespace, where the provider reads them."""
    assert {"groundwork", "railway", "uptimerobot", "cloudflare"} == {key.partition(":")[0] for key in SECRETS}
