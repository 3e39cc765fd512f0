"""`gw up` includes the edge, and keeps it: on the real engine, our providers, and the vendors' fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from delivery.importing.vendors import theirs
from providers.kit.handler import Call
from tests.e2e.edge.conftest import DOMAIN_ID, PAGE_ID
from tests.e2e.edge.drifts import DRIFTS, GONE, MOVED, Drift, the

if TYPE_CHECKING:
    from delivery.engine import Engine
    from tests.e2e.edge.conftest import Again, Drifted, Restored
    from tests.e2e.edge.fakes import Fakes

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

HOST = "api.amoisekai.test"


def test_every_service_is_deployed(engine: Engine, fakes: Fakes) -> None:
    """After `gw up`, a deployment of each of Railway's services serves."""
    edge = engine.outputs()["edge"]["amoisekai"]
    services = (edge["engineServiceId"], edge["keeperServiceId"])

    serving = [fakes.railway.serving(Call(), service, edge["environmentId"]).good for service in services]

    assert ["SUCCESS", "SUCCESS"] == [one and one.status for one in serving]


def test_the_engine_answers_at_railways_edge(fakes: Fakes) -> None:
    """Its health check, by the name that is its own."""
    answer = fakes.front(HOST, "/api/health")

    assert (200, "ok") == (answer.status_code, answer.json()["status"])


def test_the_name_leads_to_where_railway_expects_it(fakes: Fakes) -> None:
    """Cloudflare's record holds what Railway says of the domain."""
    documents = fakes.documents()

    domain = the(documents["railway"]["customDomains"])
    record = the(the(documents["cloudflare"]["zones"])["dns_records"], name=HOST)

    assert domain["target"] == record["content"]


@pytest.mark.parametrize("drift", [*DRIFTS, MOVED], ids=lambda drift: drift.resource)
def test_a_refresh_finds_a_change_behind_our_back(drifted: Drifted, drift: Drift) -> None:
    """`pulumi refresh --preview-only` names the resource and what of it is otherwise, for every type of the edge."""
    shown = drifted.shown[drift.resource]

    assert (shown == []) == (drift.shows == GONE)
    assert all(path.startswith(drift.shows) for path in shown)


def test_a_refresh_finds_nothing_else(drifted: Drifted) -> None:
    """What nobody touched is as it was, and the state is not written to."""
    assert ({drift.resource for drift in (*DRIFTS, MOVED)}, False) == (set(drifted.shown), drifted.changed)


def test_every_type_of_the_edge_is_among_them(drifted: Drifted, restored: Restored) -> None:
    """A type that comes to the edge needs a change here."""
    held = restored.outcome.resources

    assert {kind for kind in held.values() if theirs(kind)} == {
        kind for urn, kind in held.items() if urn.rpartition("::")[2] in drifted.shown
    }


def test_a_storm_of_refusals_ends_well(restored: Restored) -> None:
    """Each API answered 429 to its first requests, and the update waited for as long as it was told."""
    assert (0, True) == (restored.outcome.exit_code, restored.spent), restored.outcome.why()


@pytest.mark.parametrize("drift", [one for one in DRIFTS if one.shows != GONE], ids=lambda drift: drift.resource)
def test_the_next_update_puts_it_back(drifted: Drifted, restored: Restored, drift: Drift) -> None:
    """Whatever was changed is again as declared."""
    before, key = drift.place(drifted.before[drift.fake])
    after, _key = drift.place(restored.after[drift.fake])

    # An icon is taken off by an empty one: none and empty are the same.
    assert ("" if before[key] is None else before[key]) == ("" if after[key] is None else after[key])


def test_what_was_removed_runs_again(restored: Restored) -> None:
    """A deployment that someone removed is made anew."""
    railway = restored.after["railway"]
    engine = the(railway["services"], name="engine")["id"]

    assert the(railway["deployments"], serviceId=engine, status="SUCCESS")


def test_of_two_runs_at_once_one_waits(again: Again) -> None:
    """Both end well and with a proof; the one that waited finds nothing to do."""
    assert [(0, False), (0, True)] == [(run.code, bool(run.named("lock.waiting"))) for run in again.runs]
    assert [] == again.runs[1].named("engine.up.resource")
    assert [1, 1] == [len(run.named("backup.proof.finished")) for run in again.runs]


def test_what_was_deleted_is_made_again_once(again: Again) -> None:
    """A monitor, a domain and a record: there they are, and none of them twice."""
    after = again.after

    assert the(after["uptimerobot"]["monitors"], friendlyName="amoisekai-local-web")
    assert the(after["railway"]["customDomains"], domain=HOST)
    assert the(the(after["cloudflare"]["zones"])["dns_records"], name="www.amoisekai.test")


def test_a_record_follows_the_domain_that_was_made_again(again: Again) -> None:
    """Railway expects the new domain at another address."""
    records = the(again.after["cloudflare"]["zones"])["dns_records"]

    assert the(again.after["railway"]["customDomains"])["target"] == the(records, name=HOST)["content"]


def test_what_has_another_id_now_is_adopted(again: Again) -> None:
    """A page and a domain that someone deleted and made anew by hand: they are ours, under the new ids, once."""
    after, ids = again.after, again.ids

    assert [PAGE_ID] == [page["id"] for page in after["uptimerobot"]["psps"].values()]
    assert [DOMAIN_ID] == list(after["railway"]["serviceDomains"])
    assert str(PAGE_ID) == ids["amoisekai-uptime-status-page"]
    assert ids["amoisekai-engine-railway-domain"].endswith(f":{DOMAIN_ID}")
