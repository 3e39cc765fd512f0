"""`gw import` after the state of the edge was lost: all that runs is taken over, and nothing is touched."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest
from graphql import build_schema

from tests.e2e.delivery.runner import CHECKOUT
from tests.e2e.edge.drifts import the

if TYPE_CHECKING:
    from tests.e2e.edge.conftest import Imported
    from tests.e2e.edge.fakes import Documents

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]


def test_it_ends_with_a_preview_of_no_changes(imported: Imported) -> None:
    """Everything declared was live and as declared: exit code 0."""
    assert 0 == imported.ran.code, imported.ran.text
    assert "A preview changes nothing of the edge." in imported.ran.text


def test_one_that_was_killed_goes_on_where_it_ended(imported: Imported) -> None:
    """Killed -9 with some of it imported: the next one finishes what was under way, and takes the rest."""
    (told,) = imported.ran.named("import.importing")

    assert -signal.SIGKILL == imported.killed
    assert 0 < told["resources"] < len(imported.lost)


def test_all_that_was_lost_is_listed(imported: Imported) -> None:
    """The import file holds each resource by its name, with an id."""
    rows = json.loads(imported.content)["resources"]

    assert imported.lost == {row.get("logicalName") or row["name"] for row in rows if row.get("id")}


def test_nothing_is_made_or_changed(imported: Imported) -> None:
    """What the vendors hold is the very same."""
    assert _held(imported.before) == _held(imported.after)


def test_nothing_is_asked_for_but_to_read(imported: Imported) -> None:
    """Each vendor counted every request of both runs: queries of Railway's schema, and GET."""
    schema = build_schema((CHECKOUT / "sandbox" / "railway" / "schema.graphql").read_text())
    assert schema.query_type

    assert set() < imported.requests["railway"].keys() <= schema.query_type.fields.keys()
    assert {"GET"} == {name.split()[0] for fake in ("uptimerobot", "cloudflare") for name in imported.requests[fake]}


def test_the_file_is_for_this_user_alone(imported: Imported) -> None:
    """Ids open nothing; still, they are nobody else's business."""
    assert 0o600 == imported.mode


def test_no_secret_is_told(imported: Imported) -> None:
    """Neither in the file nor on the screen: the values of the shared variables are all secrets."""
    railway = imported.before["railway"]
    first = the(railway["environments"], name="production")["id"]
    secrets = railway["variables"][f"{first}:shared"].values()

    said = f"{imported.content}{imported.ran.text}{imported.ran.events}"
    assert [] == [value for value in secrets if value in said]


def _held(documents: Documents) -> Documents:
    """What the fakes hold; Railway's keeps a place, with nothing in it, for what was asked for alone."""
    railway = {name: table for name, table in documents["railway"].items() if name != "staged"}
    railway["variables"] = {key: held for key, held in railway["variables"].items() if held}
    return {**documents, "railway": railway}
