"""Excuses: what is read, what is malformed, what each covers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policies.gate.suppressions import FILE, Excuses, Fault, covering, load, of_component, speaks_of
from policies.sources import Position
from policies.suppression import Suppression

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 7, 1)
TEAM = "urn:pulumi:prod::groundwork::groundwork:x:Team::a"
BUCKET = "urn:pulumi:prod::groundwork::groundwork:x:Team$aws:s3/bucket:Bucket::logs"
WHOLE = {"id": "CKV_AWS_18", "reason": "logs of the log bucket", "owner": "platform", "expires": "2026-12-31"}


def written(checkout: Path, text: str) -> Path:
    """A checkout with this suppressions file."""
    (checkout / FILE).parent.mkdir()
    (checkout / FILE).write_text(text, "utf-8")
    return checkout


def entry(**changes: str) -> str:
    """One entry of the file, as YAML; a change of "" takes the key out."""
    keys = {**WHOLE, "where": BUCKET, **changes}
    rows = [f"{key}: {value}" for key, value in keys.items() if value]
    return "- " + "\n  ".join(rows) + "\n"


def excuse(where: str = BUCKET, stacks: tuple[str, ...] = ()) -> Suppression:
    """A suppression that holds today."""
    return Suppression(
        id="CKV_AWS_18", where=where, reason="r r r", owner="o", expires=TODAY, stacks=stacks, source=f"{FILE}:1"
    )


def test_an_entry_of_the_file_is_read_with_its_line(tmp_path: Path) -> None:
    """All keys arrive, and the line is where the entry starts."""
    checkout = written(tmp_path, "# why\n" + entry(stacks="[prod]"))
    expected = Suppression(
        id="CKV_AWS_18",
        where=BUCKET,
        reason="logs of the log bucket",
        owner="platform",
        expires=dt.date(2026, 12, 31),
        stacks=("prod",),
        source=f"{FILE}:2",
    )

    assert Excuses((expected,)) == load(checkout, TODAY)


def test_a_malformed_entry_takes_no_other_with_it(tmp_path: Path) -> None:
    """A day that no month has is the fault of its entry: those beside it hold."""
    read = load(written(tmp_path, entry() + entry(id="x", expires="2026-02-30") + entry(id="y")), TODAY)

    assert (["CKV_AWS_18", "y"], [6]) == ([row.id for row in read.suppressions], [row.line for row in read.faults])


@pytest.mark.parametrize("text", ["", "[]\n", "# nothing\n"])
def test_an_empty_file_excuses_nothing(text: str, tmp_path: Path) -> None:
    """Neither does a file without entries, and it is no fault."""
    assert Excuses() == load(written(tmp_path, text), TODAY)


def test_no_file_excuses_nothing(tmp_path: Path) -> None:
    """A checkout without the file has no suppressions."""
    assert Excuses() == load(tmp_path, TODAY)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (entry() + entry(reason="because"), 6, "at least 3 words"),
        (entry(why="x"), 1, "why"),
        (entry(owner=""), 1, "owner"),
        (entry(expires="2026-06"), 1, "2027-01-31"),
        (entry(expires="20261231"), 1, "2027-01-31"),
        (entry(expires="2027-07-03"), 1, "366 days"),
        (entry() + "  id: CKV_AWS_19\n", 1, "twice"),
        (entry() + entry(), 6, f"excused already at {FILE}:1"),
        (entry() + entry(stacks="[prod]"), 6, f"excused already at {FILE}:1"),
        ("- just a text\n", 1, "no mapping"),
        (entry(expires="2026-02-30"), 1, "day is out of range"),
        (entry() + "- {? {a: b} : c}\n", 6, "unhashable"),
        ("id: x\n", 1, "no list"),
        ("- {\n", 2, "cannot be read"),
        ('- "\ufffe"\n', 0, "cannot be read"),
    ],
)
def test_a_malformed_entry_is_a_fault_at_its_line(text: str, line: int, word: str, tmp_path: Path) -> None:
    """What is wrong is said at the file and the line."""
    (fault,) = load(written(tmp_path, text), TODAY).faults

    assert (FILE, line) == (fault.file, fault.line)
    assert word in fault.what


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 excuse nothing."""
    checkout = written(tmp_path, "")
    (checkout / FILE).write_bytes(b"\xff\xfe\x00")

    assert [FILE] == [fault.file for fault in load(checkout, TODAY).faults]


def test_366_days_are_allowed(tmp_path: Path) -> None:
    """The longest excuse is one that is made anew each year."""
    assert () == load(written(tmp_path, entry(expires="2027-07-02")), TODAY).faults


def test_a_component_excuses_for_itself() -> None:
    """Its entries are about its own URN, written where the program makes it."""
    (read,) = of_component({"suppressions": [WHOLE]}, TEAM, Position("infra/a.py", 7), TODAY).suppressions

    assert (TEAM, "infra/a.py:7") == (read.where, read.source)


def test_a_component_without_suppressions_excuses_nothing() -> None:
    """Most components have none."""
    assert Excuses() == of_component({}, TEAM, None, TODAY)


def test_a_malformed_entry_of_a_component_is_a_fault_there() -> None:
    """The fault names the component and its line."""
    read = of_component({"suppressions": [{**WHOLE, "where": "*"}]}, TEAM, Position("infra/a.py", 7), TODAY)

    assert (("infra/a.py", 7, TEAM),) == tuple((row.file, row.line, row.urn) for row in read.faults)
    assert () == read.suppressions


def test_a_component_that_says_it_twice_is_at_fault() -> None:
    """Two entries for one id: the second is a fault, at the component."""
    read = of_component({"suppressions": [WHOLE, WHOLE]}, TEAM, None, TODAY)

    assert 1 == len(read.suppressions)
    assert (Fault("", 0, TEAM, f"CKV_AWS_18 at {TEAM} is excused already at {TEAM}"),) == read.faults


@pytest.mark.parametrize("value", [{}, "x", 3])
def test_suppressions_that_are_no_list_are_a_fault(value: object) -> None:
    """An input of another form excuses nothing and says so."""
    assert 1 == len(of_component({"suppressions": value}, TEAM, None, TODAY).faults)


@pytest.mark.parametrize(
    "where",
    [
        BUCKET,
        TEAM,
        "urn:pulumi:*::groundwork::*aws:s3/bucket:Bucket::logs",
        "urn:pulumi:*::groundwork::groundwork:x:Team::*",
    ],
)
def test_a_resource_is_excused_by_its_urn_a_parent_or_a_glob(where: str) -> None:
    """Exactly, by a component above it, or by a pattern of either."""
    assert excuse(where) == covering(
        [excuse(where)], finding_id="CKV_AWS_18", urn=BUCKET, parents=[TEAM], stack="prod", today=TODAY
    )


@pytest.mark.parametrize("where", [f"{BUCKET}s", "urn:pulumi:dev::*", "*", "infra/*.py"])
def test_a_resource_is_not_excused_by_what_names_another(where: str) -> None:
    """Another URN, another stack's, or a pattern of files do not cover it."""
    row = excuse(where)

    assert covering([row], finding_id="CKV_AWS_18", urn=BUCKET, file="infra/a.py", today=TODAY) is None


def test_a_file_is_excused_by_a_pattern_of_files() -> None:
    """A finding about a file knows no resource."""
    row = excuse(".github/workflows/*.yml")

    assert row == covering([row], finding_id="CKV_AWS_18", file=".github/workflows/ci.yml", today=TODAY)


def test_a_finding_without_a_place_is_not_excused() -> None:
    """What is nowhere cannot be meant by an excuse."""
    assert covering([excuse("*"), excuse("urn:*")], finding_id="CKV_AWS_18", today=TODAY) is None


def test_another_id_is_not_excused() -> None:
    """An excuse is for one rule."""
    assert covering([excuse()], finding_id="CKV_AWS_19", urn=BUCKET, today=TODAY) is None


def test_the_last_day_still_holds_and_the_next_does_not() -> None:
    """`expires` is the last day."""
    tomorrow = TODAY + dt.timedelta(days=1)

    assert excuse() == covering([excuse()], finding_id="CKV_AWS_18", urn=BUCKET, today=TODAY)
    assert covering([excuse()], finding_id="CKV_AWS_18", urn=BUCKET, today=tomorrow) is None


def test_an_excuse_for_other_stacks_does_not_hold() -> None:
    """`stacks` narrows it."""
    row = excuse(stacks=("local", "staging"))

    assert covering([row], finding_id="CKV_AWS_18", urn=BUCKET, stack="prod", today=TODAY) is None
    assert row == covering([row], finding_id="CKV_AWS_18", urn=BUCKET, stack="local", today=TODAY)


@pytest.mark.parametrize(
    ("where", "stacks", "expected"),
    [
        (BUCKET, (), True),
        ("urn:pulumi:*::groundwork::*", (), True),
        ("urn:pulumi:*::groundwork::*", ("prod",), True),
        ("urn:pulumi:*::groundwork::*", ("local",), False),
        ("urn:pulumi:local::groundwork::*", (), False),
        ("*.yml", (), False),
    ],
)
def test_which_stack_an_excuse_speaks_of(where: str, stacks: tuple[str, ...], expected: bool) -> None:  # noqa: FBT001 - an expected value
    """By the stack in its URN and by its `stacks`."""
    assert expected == speaks_of(excuse(where, stacks), "prod")
