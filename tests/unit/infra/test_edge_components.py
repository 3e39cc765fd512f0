"""Components of the edge: what they refuse, and the plain functions beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from infra.components.base import ArgumentError
from infra.components.railway_project import RailwayProjectArgs
from infra.components.railway_service import Disk, Front, Place, RailwayServiceArgs, start_command
from infra.components.railway_variables import SharedVariablesArgs
from infra.components.uptime import UptimeArgs, Watch
from infra.naming import AlertTier, watched
from infra.products.amoisekai.facts import web_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.components.alert_contacts import AlertContacts

FRONT = Front(host="api.example.com", port=8001, health="/api/health")
PLACE = Place(project="a-project", environment="an-environment", region="europe-west4-drams3a")
SERVICE = RailwayServiceArgs(
    place=PLACE,
    service="engine",
    owned=True,
    image="sandbox/engine:dev",
    cpu=1,
    memory=1,
    variables={},
    tier=AlertTier.CRITICAL,
    front=FRONT,
)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"schedule": "0 * * * *"}, "schedule"),
        ({"front": None}, "schedule"),
        ({"front": None, "schedule": "@hourly"}, "schedule"),
    ],
)
def test_a_service_is_reached_or_on_a_schedule(changes: Mapping[str, Any], names: str) -> None:
    """Railway runs one thing or the other: both, neither, or a schedule that is none is refused."""
    with pytest.raises(ArgumentError, match=f"^{names} = "):
        replace(SERVICE, **changes)


@pytest.mark.parametrize("path", ["data", "/", ""])
def test_a_volume_is_mounted_below_the_root(path: str) -> None:
    """A mount over the whole image, or relative to nobody knows what, is refused."""
    with pytest.raises(ArgumentError, match=r"^path = "):
        Disk(path=path)


def test_a_health_check_is_a_path() -> None:
    """A whole address is refused: Railway asks the container itself."""
    with pytest.raises(ArgumentError, match=r"^health = "):
        replace(FRONT, health="https://api.example.com/api/health")


@pytest.mark.parametrize("environments", [[], ["production", "production"]])
def test_a_project_has_environments_of_different_names(environments: list[str]) -> None:
    """The first is what the project is made with."""
    with pytest.raises(ArgumentError, match=r"^environments = "):
        RailwayProjectArgs(project="game", description="", workspace="w", environments=environments)


def test_shared_variables_are_some() -> None:
    """An empty collection would take away whatever is shared."""
    with pytest.raises(ArgumentError, match=r"^values = "):
        SharedVariablesArgs(place=PLACE, values={})


@pytest.mark.parametrize("pages", [{}, {"health": "http://api.example.com/"}])
def test_what_is_watched_answers_by_tls(pages: dict[str, str]) -> None:
    """Nothing to watch, or a page in the clear, is refused."""
    watch = Watch("game-prod", cast("AlertContacts", None), ("game",))
    with pytest.raises(ArgumentError, match=r"^pages = "):
        UptimeArgs(watch=watch, pages=pages, title="Game", homepage="https://example.com/")


@pytest.mark.parametrize(
    ("command", "wrapper", "expected"),
    [
        ((), (), None),
        (("backup", "verify"), (), "backup verify"),
        (("serve", "--port", "8001"), ("keep", "--"), "keep -- serve --port 8001"),
        (("say", "two words", "$HOME"), (), "say 'two words' '$HOME'"),
    ],
)
def test_a_start_command_is_one_line_that_means_its_words(
    command: tuple[str, ...], wrapper: tuple[str, ...], expected: str | None
) -> None:
    """A wrapper comes first; words keep their bounds; without a command the image's own entry point runs."""
    assert expected == start_command(command, wrapper)


def test_a_wrapper_needs_something_to_wrap() -> None:
    """The image's own entry point is not known here."""
    with pytest.raises(ArgumentError, match=r"^command = "):
        start_command((), ("keep", "--"))


@pytest.mark.parametrize(
    ("host", "part"),
    [("example.com", "web"), ("www.example.com", "web-www"), ("a.b.example.com", "web-a-b")],
)
def test_a_host_is_a_part_of_names(host: str, part: str) -> None:
    """The zone itself is the web; what is in it is told apart by its labels."""
    assert part == web_part(host, "example.com")


def test_names_at_uptimerobot_hold_the_stack() -> None:
    """One account serves all stacks."""
    assert ("game-prod", "game-staging-health") == (watched("game", "prod"), watched("game", "staging", "health"))
