"""Never two: what a create does about what is there, and about answers that are lost."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import UNKNOWN, Incomplete, ProviderError
from providers.kit.api import Ambiguous
from sandbox.fake.faults import Kind
from tests.providers.conformance.sample.provider import Box, Shelf
from tests.unit.providers.kit.trial import BOX, SHELF, Trial

if TYPE_CHECKING:
    from providers.kit import Properties

WIDE: Properties = {"name": "wide", "size": 5, "labels": [{"key": "b"}, {"key": "a"}]}


@pytest.fixture
def trial() -> Trial:
    """A fresh one."""
    return Trial()


def test_what_is_made(trial: Trial) -> None:
    """Its outputs are what was asked for, what the server decided, and what is computed."""
    made = trial.create(SHELF, "wide", {"name": "wide"})
    expected = {"name": "wide", "size": 3, "labels": [], "room": "attic", "mark": f"S-{made.id}"}
    assert expected == made.outputs


def test_a_preview_asks_nobody(trial: Trial) -> None:
    """What is computed and what the server decides is unknown; no request is sent."""
    planned = trial.create(SHELF, "wide", {"name": "wide"}, preview=True)
    expected = {"name": "wide", "size": 3, "labels": [], "room": UNKNOWN, "mark": UNKNOWN}
    assert (expected, 0) == (planned.outputs, trial.fake.total)


def test_what_is_there_and_equal_is_adopted(trial: Trial) -> None:
    """A create that was cut off before its state was written is taken up again, and told."""
    first = trial.create(SHELF, "wide", WIDE)
    trial.restart()
    assert (first, 1) == (trial.create(SHELF, "wide", WIDE), len(trial.things("shelves")))
    assert [f"{first.id} is there already, as it should be: adopted"] == trial.said


def test_what_is_there_and_differs_is_refused(trial: Trial) -> None:
    """The error names what differs, no value, and the command that imports it."""
    first = trial.create(SHELF, "wide", WIDE)
    trial.restart()
    with pytest.raises(ProviderError) as caught:
        trial.create(SHELF, "wide", {"name": "wide", "size": 4, "note": "mine"})
    assert str(caught.value).splitlines() == [
        f"{first.id} is there already, has the same natural key, and differs in: size, labels[0], labels[1], note",
        f"  fix: import it, then decide what it is to be: pulumi import {SHELF} wide {first.id}",
    ]


def test_an_adopted_thing_gets_what_cannot_be_read(trial: Trial) -> None:
    """A lock that nobody can read may be any: it is written again."""
    inputs: Properties = {"shelfId": "s", "name": "tools", "lock": "a new lock"}
    made = trial.create(BOX, "tools", inputs)
    trial.things("boxes")[made.id]["lock"] = "another"
    trial.restart()
    trial.create(BOX, "tools", inputs)
    assert "a new lock" == trial.things("boxes")[made.id]["lock"]


def test_two_of_one_natural_key(trial: Trial) -> None:
    """The second resource of the program is refused, though all it asks for is there."""
    trial.create(SHELF, "wide", WIDE)
    with pytest.raises(ProviderError, match="is urn:wide already: two resources of one program have the same natural"):
        trial.create(SHELF, "broad", WIDE)


def test_two_of_one_natural_key_that_differ(trial: Trial) -> None:
    """The error is the same: to import what the program has already would be no way out."""
    trial.create(SHELF, "wide", WIDE)
    with pytest.raises(ProviderError, match="two resources of one program"):
        trial.create(SHELF, "broad", {"name": "wide"})


def test_two_of_one_natural_key_at_once(trial: Trial) -> None:
    """Of many creates at one time one is made, and the others are refused."""
    together = threading.Barrier(8)
    trial.wire.after = lambda method: time.sleep(0.05) if method == "GET" else None

    def create(name: str) -> str:
        together.wait(30)
        try:
            return trial.create(SHELF, name, {"name": "wide", "note": name}).id
        except ProviderError:
            return ""

    with ThreadPoolExecutor(8) as pool:
        made = [id_ for id_ in pool.map(create, "abcdefgh") if id_]
    assert (1, made) == (len(trial.things("shelves")), [*trial.things("shelves")])


def test_a_lost_answer_is_looked_for(trial: Trial) -> None:
    """What a create made whose answer never came is found: there is one, and it is the resource."""
    trial.fault("POST shelves", Kind.LOST)
    assert trial.create(SHELF, "wide", WIDE).id in trial.things("shelves")
    assert 1 == len(trial.things("shelves"))


def test_a_lost_answer_shows_late(trial: Trial) -> None:
    """A server whose reads lag is asked until it shows."""
    trial.fault("POST shelves", Kind.LOST)
    trial.fault("GET shelves", Kind.LAG, seconds=20, times=3)
    trial.create(SHELF, "wide", WIDE)
    assert 1 == len(trial.things("shelves"))


def test_a_lost_request_is_sent_again(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows nowhere was not made: it is made."""
    monkeypatch.setattr(Shelf, "settle_seconds", 0.0)
    trial.fault("POST shelves", Kind.ERROR, status=502)
    trial.create(SHELF, "wide", WIDE)
    assert (1, 2) == (len(trial.things("shelves")), trial.fake.counts["POST shelves"])


def test_a_request_is_sent_twice_at_most(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is an error that says that nobody knows."""
    monkeypatch.setattr(Shelf, "settle_seconds", 0.0)
    trial.fault("POST shelves", Kind.ERROR, times=9)
    with pytest.raises(Ambiguous):
        trial.create(SHELF, "wide", WIDE)
    assert 2 == trial.fake.counts["POST shelves"]


def test_a_cancelled_look_makes_nothing(trial: Trial) -> None:
    """When the user cancels while a lost answer is looked for, it is not sent again."""
    cancelled = threading.Event()
    trial.fault("POST shelves", Kind.ERROR)
    trial.wire.after = lambda method: cancelled.set() if method == "POST" else None
    with pytest.raises(Ambiguous, match=r"look whether it was made; if so: pulumi import .* wide <id>"):
        trial.create(SHELF, "wide", WIDE, cancelled=cancelled)
    assert 1 == trial.fake.counts["POST shelves"]


def test_nothing_to_look_for(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a natural key a lost answer is an error: another try might make a second one."""
    monkeypatch.setattr(trial.handler(SHELF), "findable", False)
    trial.fault("POST shelves", Kind.LOST)
    with pytest.raises(Ambiguous):
        trial.create(SHELF, "wide", WIDE)
    assert 1 == len(trial.things("shelves"))


def test_a_lost_answer_to_half_a_create(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made and is not as asked for is recorded with its id and its live inputs: an update goes on there."""
    monkeypatch.setattr(Shelf, "settle_seconds", 0.0)
    trial.fault("POST shelves", Kind.LOST)

    def cut(method: str) -> None:
        for shelf in trial.things("shelves").values() if method == "POST" else ():
            shelf["size"] = 1

    trial.wire.after = cut
    with pytest.raises(Incomplete, match="differs in: size") as caught:
        trial.create(SHELF, "wide", WIDE)
    inputs = caught.value.inputs
    assert inputs is not None
    assert ([caught.value.id], 1) == ([*trial.things("shelves")], inputs["size"])


def test_what_is_unfinished_keeps_its_inputs(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that says no more than the id leaves a state that an update can go on from."""

    def half(*_arguments: object) -> None:
        raise Incomplete("half-1", {"mark": "M"}, "it does not start")

    monkeypatch.setattr(Shelf, "make", half)
    with pytest.raises(Incomplete) as caught:
        trial.create(SHELF, "wide", {"name": "wide"})
    assert {"name": "wide", "size": 3, "labels": [], "mark": "M"} == caught.value.outputs


def test_a_predecessor_is_not_adopted(trial: Trial) -> None:
    """A replacement that is made before the old one goes does not take the old one for itself."""
    first = trial.create(SHELF, "wide", WIDE)
    stored = trial.stored(SHELF, first, WIDE)
    trial.restart()
    assert trial.handler(SHELF).diff(trial.call("wide"), stored, {**stored.inputs, "room": "cellar"}).replaces
    assert first.id != trial.create(SHELF, "wide", {**WIDE, "room": "cellar"}).id


@pytest.mark.parametrize("edit", [{"room": "cellar"}, {}])
def test_a_lost_answer_behind_a_predecessor(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, edit: dict[str, Any]
) -> None:
    """While the old one is in the way of a look, nobody knows whether the new one was made: it is not made again."""
    monkeypatch.setattr(Shelf, "settle_seconds", 0.0)
    first = trial.create(SHELF, "wide", WIDE)
    trial.fault("POST shelves", Kind.LOST)
    trial.handler(SHELF).diff(trial.call("wide"), trial.stored(SHELF, first, WIDE), WIDE)
    with pytest.raises(Ambiguous):
        trial.create(SHELF, "wide", {**WIDE, **edit})
    assert 2 == len(trial.things("shelves"))


def test_another_name_in_the_program(trial: Trial) -> None:
    """A resource that got another name is adopted under it, and the engine's delete of the old name leaves it."""
    first = trial.create(SHELF, "wide", WIDE)
    trial.restart()
    trial.create(SHELF, "broad", WIDE)
    trial.handler(SHELF).delete(trial.call("wide"), trial.stored(SHELF, first, WIDE))
    assert [first.id] == [*trial.things("shelves")]
    assert f"{first.id} is kept: it is urn:broad now" == trial.said[-1]


def test_a_forced_replacement_loses_nothing(trial: Trial) -> None:
    """`pulumi up --replace` asks for no diff: the create takes the old one, and the delete of the old one leaves it."""
    first = trial.create(SHELF, "wide", WIDE)
    trial.restart()
    trial.create(SHELF, "wide", WIDE)
    trial.handler(SHELF).delete(trial.call("wide"), trial.stored(SHELF, first, WIDE))
    assert [first.id] == [*trial.things("shelves")]
    assert f"{first.id} is kept: it is urn:wide now" == trial.said[-1]


def test_a_look_that_fails_says_what_is_unknown(trial: Trial) -> None:
    """A lost create that cannot be looked for is told as such, not as a failed read."""
    trial.fault("POST shelves", Kind.LOST)
    trial.wire.after = lambda method: (
        trial.fault("GET shelves", Kind.ERROR, status=403, times=9) if method == "POST" else None
    )
    with pytest.raises(Ambiguous, match=r"look whether it was made; if so: pulumi import .* wide <id>"):
        trial.create(SHELF, "wide", WIDE)


def test_the_answers_own_secrets(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an answer says is secret is so in the outputs; within a list, the whole list is."""
    plain = Shelf.make

    def secretive(*arguments: Any) -> Any:  # noqa: ANN401 - as the kind's own
        return replace(plain(*arguments), secrets=frozenset({("note",), ("labels", 0, "value")}))

    monkeypatch.setattr(Shelf, "make", secretive)
    call = trial.call("wide")
    trial.handler(SHELF).create(call, {"name": "wide", "size": 3, "labels": [{"key": "a", "value": "x"}]})
    assert {("note",), ("labels",)} == call.secrets


def test_secrets_of_the_request(trial: Trial) -> None:
    """An entry that is secret makes its list secret, since sorting moves it; a field keeps its own path."""
    call = trial.call("wide", secrets={("labels", 1, "value"), ("note",)})
    trial.handler(SHELF).check(call, WIDE, None)
    assert {("labels", 1, "value"), ("labels",), ("note",)} == call.secrets


def test_secret_by_nature(trial: Trial) -> None:
    """Of a dict each entry is secret, of other fields and outputs the value."""
    assert {("contents", "*"), ("lock",), ("door",)} == set(trial.handler(BOX).secret_patterns)


def test_the_key_is_the_program_s(trial: Trial) -> None:
    """Boxes of one name on two shelves are two."""
    trial.create(BOX, "one", {"shelfId": "a", "name": "tools"})
    trial.create(BOX, "two", {"shelfId": "b", "name": "tools"})
    assert 2 == len(trial.things("boxes"))


def test_an_unknown_type(trial: Trial) -> None:
    """The error says what there is."""
    with pytest.raises(ProviderError, match=re.escape(f"it has: {Box.token}, {Shelf.token}")):
        trial.handler("sample:index:Bag")
