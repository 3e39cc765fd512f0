"""Reading, comparing, changing and removing what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import UNKNOWN, Incomplete, ProviderError, Stored
from tests.providers.conformance.sample.provider import Shelf
from tests.unit.providers.kit.trial import BOX, SHELF, Trial

if TYPE_CHECKING:
    from providers.kit import Properties

WIDE: Properties = {"name": "wide", "size": 5, "labels": [{"key": "b"}, {"key": "a"}]}
TOOLS: Properties = {"shelfId": "s", "name": "tools", "contents": {"left": "x"}, "lock": "a lock"}


@pytest.fixture
def trial() -> Trial:
    """A fresh one."""
    return Trial()


@pytest.fixture
def shelf(trial: Trial) -> Stored:
    """A shelf as the state holds it."""
    return trial.stored(SHELF, trial.create(SHELF, "wide", WIDE), WIDE)


@pytest.fixture
def box(trial: Trial) -> Stored:
    """A box as the state holds it."""
    return trial.stored(BOX, trial.create(BOX, "tools", TOOLS), TOOLS)


def _changed(trial: Trial, token: str, stored: Stored, inputs: Properties, name: str = "wide") -> list[str]:
    """What an update of the program to these inputs would change."""
    handler, call = trial.handler(token), trial.call(name)
    found = handler.diff(call, stored, handler.check(call, inputs, stored.inputs).inputs)
    return [str(change.path[0]) for change in found.changes]


def test_a_refresh_finds_nothing(trial: Trial, shelf: Stored) -> None:
    """Inputs are as they were, in the order of the state; what the server decided is in the outputs alone."""
    found = trial.read(SHELF, shelf)
    assert (shelf.inputs, "attic", False) == (found.inputs, found.outputs["room"], "room" in found.inputs)


def test_a_refresh_finds_a_change(trial: Trial, shelf: Stored) -> None:
    """What somebody changed is in the inputs, also what was not there before."""
    trial.things("shelves")[shelf.id] |= {"size": 9, "note": "dusty"}
    found = trial.read(SHELF, shelf)
    assert {**shelf.inputs, "size": 9, "note": "dusty"} == found.inputs
    assert ["note", "size"] == sorted(_changed(trial, SHELF, found, WIDE))


def test_a_refresh_tells_what_the_server_decided_anew(trial: Trial, shelf: Stored) -> None:
    """The outputs have it; no update follows from it."""
    trial.things("shelves")[shelf.id]["room"] = "cellar"
    found = trial.read(SHELF, shelf)
    assert ("cellar", []) == (found.outputs["room"], _changed(trial, SHELF, found, WIDE))


def test_a_refresh_finds_a_change_of_what_the_program_gives(trial: Trial) -> None:
    """A field that the server may decide is compared when the program decides it."""
    inputs: Properties = {"name": "wide", "room": "attic"}
    stored = trial.stored(SHELF, trial.create(SHELF, "wide", inputs), inputs)
    trial.things("shelves")[stored.id]["room"] = "cellar"
    assert ["room"] == _changed(trial, SHELF, trial.read(SHELF, stored), inputs)


def test_what_cannot_be_read_is_kept(trial: Trial, box: Stored) -> None:
    """A write-only input stays as the state holds it."""
    found = trial.read(BOX, box)
    assert (box.inputs, "a lock") == (found.inputs, found.outputs["lock"])


def test_what_is_gone(trial: Trial, shelf: Stored) -> None:
    """A refresh says so."""
    del trial.things("shelves")[shelf.id]
    assert None is trial.handler(SHELF).read(trial.call("wide"), shelf)


def test_another_id(trial: Trial, shelf: Stored) -> None:
    """What was deleted and is there again, just as it was, is the resource: the state gets its id."""
    again = trial.things("shelves").pop(shelf.id)
    trial.things("shelves")["another"] = {**again, "id": "another"}
    assert "another" == trial.read(SHELF, shelf).id
    assert [f"{shelf.id} is gone, and its equal is there: it is another now"] == trial.said


def test_another_thing(trial: Trial, shelf: Stored) -> None:
    """What has the natural key and differs is not the resource: nobody's thing is taken over by a refresh."""
    again = trial.things("shelves").pop(shelf.id)
    trial.things("shelves")["another"] = {**again, "id": "another", "size": 1}
    assert None is trial.handler(SHELF).read(trial.call("wide"), shelf)


def test_an_import(trial: Trial, shelf: Stored) -> None:
    """All inputs come from what is there, those too that the server decided."""
    found = trial.read(SHELF, Stored(shelf.id))
    labels = [{"key": "a", "value": "yes", "color": "grey"}, {"key": "b", "value": "yes", "color": "grey"}]
    assert {"name": "wide", "size": 5, "room": "attic", "labels": labels} == found.inputs


def test_a_preview_after_an_import_is_empty(trial: Trial, shelf: Stored) -> None:
    """The program that made it finds nothing to change."""
    assert [] == _changed(trial, SHELF, trial.read(SHELF, Stored(shelf.id)), WIDE)


def test_an_import_of_what_cannot_be_read(trial: Trial, box: Stored) -> None:
    """Nothing differs either, refreshed or not: what the program says of it counts until it says something else."""
    imported = trial.read(BOX, trial.read(BOX, Stored(box.id)))
    assert (["lock"], []) == (imported.outputs["unread"], _changed(trial, BOX, imported, TOOLS, "tools"))
    later = Stored(box.id, {**imported.inputs, "lock": "a lock"}, imported.outputs)
    assert ["lock"] == _changed(trial, BOX, later, {**TOOLS, "lock": "a new lock"}, "tools")


def test_a_new_write_only_input_is_a_change(trial: Trial) -> None:
    """Where nothing was imported, one more is a change as any other."""
    plain: Properties = {"shelfId": "s", "name": "tools"}
    stored = trial.stored(BOX, trial.create(BOX, "tools", plain), plain)
    assert ["lock"] == _changed(trial, BOX, stored, {**plain, "lock": "a lock"}, "tools")


def test_an_import_of_nothing(trial: Trial) -> None:
    """An id that there is not is nothing."""
    assert None is trial.handler(SHELF).read(trial.call("wide"), Stored("no such id"))


def test_an_update(trial: Trial, shelf: Stored) -> None:
    """The outputs are the new inputs, what the server decided, and what is computed."""
    wanted = trial.handler(SHELF).check(trial.call("wide"), {"name": "wide", "note": "new"}, None).inputs
    outputs = trial.handler(SHELF).update(trial.call("wide"), shelf, wanted)
    assert wanted | {"room": "attic", "mark": f"S-{shelf.id}"} == outputs


def test_an_update_counts_as_read(trial: Trial, box: Stored) -> None:
    """After an update of an import, nothing is unread any more."""
    imported = trial.read(BOX, Stored(box.id))
    assert "unread" not in trial.handler(BOX).update(trial.call("tools"), imported, box.inputs)


def test_a_preview_of_an_update(trial: Trial, box: Stored) -> None:
    """What the update leaves as it is stays known, what it changes is unknown, and nobody is asked."""
    before = trial.fake.total
    planned = trial.handler(BOX).update(trial.call("tools", preview=True), box, {**box.inputs, "name": UNKNOWN})
    expected = {**box.outputs, "name": UNKNOWN, "version": UNKNOWN}
    assert (expected, before) == (planned, trial.fake.total)


def test_an_update_of_what_is_gone(trial: Trial, shelf: Stored) -> None:
    """The error says what to do."""
    del trial.things("shelves")[shelf.id]
    with pytest.raises(ProviderError, match=r"is gone .*\n  fix: pulumi refresh"):
        trial.handler(SHELF).update(trial.call("wide"), shelf, shelf.inputs)


def test_half_an_update(trial: Trial, shelf: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is recorded with all that is known."""

    def half(*_arguments: object) -> None:
        raise Incomplete(shelf.id, {"mark": "M"}, "it does not start")

    monkeypatch.setattr(Shelf, "change", half)
    with pytest.raises(Incomplete) as caught:
        trial.handler(SHELF).update(trial.call("wide"), shelf, {**shelf.inputs, "size": 1})
    assert {**shelf.outputs, "size": 1, "mark": "M"} == caught.value.outputs


def test_an_update_of_what_the_model_refuses(trial: Trial, shelf: Stored) -> None:
    """What somebody set that no program could is put right: old inputs need not be valid."""
    trial.things("shelves")[shelf.id] |= {"size": 99, "color": "red"}
    found = trial.read(SHELF, shelf)
    trial.handler(SHELF).update(trial.call("wide"), found, shelf.inputs)
    assert 5 == trial.things("shelves")[shelf.id]["size"]


def test_a_delete(trial: Trial, shelf: Stored) -> None:
    """It is gone; and one that was gone already is none the worse."""
    for _ in range(2):
        trial.handler(SHELF).delete(trial.call("wide"), shelf)
    assert {} == trial.things("shelves")


def test_a_delete_without_inputs(trial: Trial, shelf: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state without inputs has an id, and that is enough."""
    seen: list[Any] = []
    monkeypatch.setattr(Shelf, "remove", lambda *arguments: seen.append(arguments[-1]))
    trial.handler(SHELF).delete(trial.call("wide"), Stored(shelf.id))
    assert [None] == seen


def test_a_replacement_deletes_first(trial: Trial, shelf: Stored) -> None:
    """Both have one natural key: the old one goes before the new one comes, unless the kind says otherwise."""
    diff = trial.handler(SHELF).diff(trial.call("wide"), shelf, {**shelf.inputs, "room": "cellar"})
    assert (True, True) == (diff.replaces, diff.delete_before_replace)


def test_one_thing_is_one_resource_s(trial: Trial, shelf: Stored) -> None:
    """Two resources of a state with one id are told before anything is changed."""
    handler = trial.handler(SHELF)
    handler.diff(trial.call("wide"), shelf, shelf.inputs)
    with pytest.raises(ProviderError, match="two resources of one program"):
        handler.diff(trial.call("broad"), shelf, shelf.inputs)
