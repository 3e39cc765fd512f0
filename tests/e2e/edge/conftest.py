"""The edge of the one sandbox that all tests of the whole platform share, and what is done to it, step by step."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from delivery import stacks
from delivery.importing.vendors import theirs
from sandbox.connections import Connections
from tests.e2e.delivery.runner import CHECKOUT, Ran, ended
from tests.e2e.edge.drifts import DRIFTS, MOVED, the
from tests.e2e.edge.fakes import Fakes
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP, Tool

if TYPE_CHECKING:
    from delivery.engine import Engine, Outcome
    from tests.e2e.conftest import Brought
    from tests.e2e.edge.fakes import Document, Documents

#: Ids that someone's own hand gave to what it deleted and made anew.
PAGE_ID = 899_999_999
DOMAIN_ID = "00000000-aaaa-4bbb-8ccc-000000000001"


@dataclass(frozen=True)
class Drifted:
    """What someone changed, and what a refresh says of it.

    Attributes:
        before: the fakes' documents as they were.
        shown: properties that the refresh names, by the resource's name; empty for one that is gone.
        changed: whether it changed the state, which it was told not to.
    """

    before: Documents
    shown: dict[str, list[str]]
    changed: bool


@dataclass(frozen=True)
class Restored:
    """The update that put all of it back, while every API refused its first requests.

    Attributes:
        outcome: how it ended.
        after: the fakes' documents then.
        spent: whether each API has refused as often as it was to.
    """

    outcome: Outcome
    after: Documents
    spent: bool


@dataclass(frozen=True)
class Again:
    """Two runs at once after things were deleted, and made anew under other ids.

    Attributes:
        runs: the one that changed something first.
        after: the fakes' documents then.
        ids: the state's ids by resource name.
    """

    runs: list[Ran]
    after: Documents
    ids: dict[str, str]


@dataclass(frozen=True)
class Imported:
    """The import after the state of the edge was lost: killed -9 in the middle, then again.

    Attributes:
        lost: names of the resources that the state did not hold any more.
        killed: exit code of the one that was killed.
        ran: the one after it.
        requests: how often each operation was asked for by both, by the fake's name.
        before: the fakes' documents before them.
        after: and after them.
        content: the import file of the first.
        mode: its permissions.
    """

    lost: set[str]
    killed: int
    ran: Ran
    requests: dict[str, dict[str, int]]
    before: Documents
    after: Documents
    content: str
    mode: int


@pytest.fixture(scope="session")
def fakes(brought: Brought) -> Fakes:
    """The three fakes."""
    return Fakes(Connections.load(brought.gw.root / "connections.json"))


@pytest.fixture(scope="session")
def engine(brought: Brought, fakes: Fakes) -> Engine:
    """The engine on the local stack."""
    place = stacks.Place(CHECKOUT, brought.gw.root)
    running = stacks.Running(provide(NEEDED_BY_UP, ignore)[Tool.PULUMI], fakes.connections)
    return stacks.engine(place, running, ignore)


@pytest.fixture(scope="session")
def drifted(engine: Engine, fakes: Fakes) -> Drifted:
    """Everything changed behind our back at once, and one refresh that only looks."""
    before, changed = fakes.documents(), fakes.documents()
    places = [(drift.place(changed[drift.fake]), drift.value) for drift in (*DRIFTS, MOVED)]
    for (holder, key), value in places:
        holder[key] = value
    fakes.change(changed)
    state = engine.workspace.checkpoint.read_bytes()
    outcome = engine.run("refresh", ["--preview-only"])
    assert outcome.exit_code == 0, outcome.why()
    moved = fakes.documents()
    holder, key = MOVED.place(moved[MOVED.fake])
    holder[key] = MOVED.place(before[MOVED.fake])[0][key]
    fakes.change(moved)
    return Drifted(before, _shown(outcome), state != engine.workspace.checkpoint.read_bytes())


@pytest.fixture(scope="session")
def restored(engine: Engine, fakes: Fakes, drifted: Drifted) -> Restored:
    """An update after the changes, in a storm of 429s."""
    assert drifted.shown
    with fakes.storm(times=5, seconds=1.0):
        outcome = engine.update(CHECKOUT / "policies")
        spent = fakes.calm()
    return Restored(outcome, fakes.documents(), spent)


@pytest.fixture(scope="session")
def again(brought: Brought, engine: Engine, fakes: Fakes, restored: Restored) -> Again:
    """Two runs at once, after deletions."""
    assert restored.outcome.exit_code == 0
    fakes.change(_without(fakes.documents()))
    runs = [ended(process) for process in [brought.gw.start("up"), brought.gw.start("up")]]
    runs.sort(key=lambda run: bool(run.named("lock.waiting")))
    assert [0, 0] == [run.code for run in runs], [run.named("failed") for run in runs]
    resources = json.loads(engine.workspace.checkpoint.read_bytes())["checkpoint"]["latest"]["resources"]
    ids = {row["urn"].rpartition("::")[2]: row["id"] for row in resources if row["custom"]}
    return Again(runs, fakes.documents(), ids)


@pytest.fixture(scope="session")
def imported(brought: Brought, engine: Engine, fakes: Fakes, again: Again) -> Imported:
    """The edge's state lost, and `gw import`."""
    assert again.runs
    lost = _lose(engine)
    before = fakes.documents()
    asked = ("import", "amoisekai", "--project-id", the(before["railway"]["projects"])["id"])
    fakes.forget()
    killed = brought.gw.cut_off("engine.import.resource", 8, signal.SIGKILL, *asked)
    listed = engine.workspace.folder / "import.json"
    content, mode = listed.read_text(), listed.stat().st_mode & 0o777
    ran = brought.gw.run(*asked)
    return Imported(lost, killed, ran, fakes.requests(), before, fakes.documents(), content, mode)


def _shown(refresh: Outcome) -> dict[str, list[str]]:
    """What a refresh tells of each resource that is not as the state has it."""
    events = (json.loads(line) for line in refresh.event_log.read_text().splitlines())
    told = (event["resOutputsEvent"]["metadata"] for event in events if "resOutputsEvent" in event)
    return {
        row["urn"].rpartition("::")[2]: sorted(row.get("detailedDiff") or ()) for row in told if row["op"] != "same"
    }


def _without(documents: Documents) -> Documents:
    """The documents without a monitor, a domain and a record; a page and another domain are there under new ids."""
    railway, uptime = documents["railway"], documents["uptimerobot"]
    railway["customDomains"].clear()
    own = the(railway["serviceDomains"])
    railway["serviceDomains"] = {DOMAIN_ID: {**own, "id": DOMAIN_ID}}
    del uptime["monitors"][str(the(uptime["monitors"], friendlyName="amoisekai-local-web")["id"])]
    uptime["psps"] = {str(PAGE_ID): {**the(uptime["psps"]), "id": PAGE_ID}}
    records: Document = the(documents["cloudflare"]["zones"])["dns_records"]
    del records[the(records, name="www.amoisekai.test")["id"]]
    return documents


def _lose(engine: Engine) -> set[str]:
    """Take the vendors' resources out of the state, and the components that are then empty; gives their names.

    The key to the files' bucket stays: its value is in the state alone, and no import brings it back.
    """
    path = engine.workspace.checkpoint
    document = json.loads(path.read_bytes())
    latest = document["checkpoint"]["latest"]
    gone = {row["urn"] for row in latest["resources"] if theirs(row["type"]) and "accountToken" not in row["type"]}
    lost = {urn.rpartition("::")[2] for urn in gone}
    while empty := _empty(latest["resources"], gone):
        gone |= empty
    left = [row for row in latest["resources"] if row["urn"] not in gone]
    for row in left:
        row["dependencies"] = [urn for urn in row.get("dependencies") or () if urn not in gone]
        depends = row.get("propertyDependencies") or {}
        row["propertyDependencies"] = {
            name: [urn for urn in on or () if urn not in gone] for name, on in depends.items()
        }
    latest["resources"] = left
    path.write_text(json.dumps(document))
    return lost


def _empty(resources: list[Document], gone: set[str]) -> set[str]:
    """Components all of whose children are gone."""
    parents = {row.get("parent") for row in resources if row["urn"] not in gone}
    had = {row.get("parent") for row in resources}
    return {
        row["urn"] for row in resources if row["urn"] not in gone | parents and row["urn"] in had and not row["custom"]
    }
