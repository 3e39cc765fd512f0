"""`gw secrets`: how old each secret is, and when it is too old."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from delivery import cli
from delivery.secrets import FILES_KEY, MOST_DAYS, Kept, State, kept, left, show, state
from infra.settings import SettingsProblem
from infra.stackfile import SECRETS
from toolchain.errors import ExitCode, Problem

CHECKOUT = Path(__file__).parents[3]
_DAY = dt.date(2026, 11, 1)
_KEY = "railway:token"


def checkout(folder: Path, rotated: dict[str, str | None], ends: object = "2027-01-20", **config: object) -> Path:
    """A checkout of prod's stack file alone, with other days (None: taken out), another end of the key, other keys."""
    document = yaml.safe_load((CHECKOUT / "Pulumi.prod.yaml").read_bytes())
    days: dict[str, str | None] = {**dict.fromkeys(SECRETS, str(_DAY)), **rotated}
    document["config"]["groundwork:secretsRotated"] = {key: day for key, day in days.items() if day is not None}
    document["config"]["groundwork:amoisekai"]["files"]["keyExpires"] = ends
    document["config"] |= config
    (folder / "Pulumi.prod.yaml").write_text(
        yaml.safe_dump({**document, "secretsprovider": "awskms://alias/x"}), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-2, State.AHEAD),
        (-1, State.FRESH),
        (0, State.FRESH),
        (MOST_DAYS - 14, State.FRESH),
        (MOST_DAYS - 13, State.DUE),
        (MOST_DAYS, State.DUE),
        (MOST_DAYS + 1, State.OVERDUE),
    ],
)
def test_a_secret_is_replaced_within_90_days(days: int, expected: State) -> None:
    """The ninetieth day is the last on which one is young enough (PF-7); where it is tomorrow already, it is fresh."""
    assert (90, expected) == (MOST_DAYS, state(days))


def test_every_secret_of_a_stack_is_listed(tmp_path: Path) -> None:
    """Each secret that a stack file may hold has its line: its day, its age, and whether the file holds it."""
    place = checkout(tmp_path, {_KEY: "2026-10-01"}, **{_KEY: {"secure": "v1:abc"}})

    rows = kept(place, "prod", _DAY + dt.timedelta(days=2))

    assert [*SECRETS, FILES_KEY] == [row.key for row in rows]
    assert Kept("prod", _KEY, SECRETS[_KEY], held=True, replaced=dt.date(2026, 10, 1), days=33, state=State.FRESH) == (
        next(row for row in rows if row.key == _KEY)
    )
    assert {(2, False)} == {(row.days, row.held) for row in rows if row.key not in {_KEY, FILES_KEY}}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, State.ENDED),
        (0, State.ENDED),
        (1, State.DUE),
        (14, State.DUE),
        (15, State.FRESH),
        (MOST_DAYS, State.FRESH),
        (MOST_DAYS + 1, State.FAR),
    ],
)
def test_a_key_that_ends_is_replaced_before(days: int, expected: State) -> None:
    """On its last day it opens nothing more, and it must not outlive 90 days (PF-7)."""
    assert expected == left(days)


@pytest.mark.parametrize(("day", "word"), [("2026-11-01", "ended, 2026-11-01"), ("2027-01-31", "ends too late")])
def test_a_key_that_ended_stops(tmp_path: Path, day: str, word: str) -> None:
    """The engine would be without its files: the key is named, with the key of the stack file that makes another."""
    rows = kept(checkout(tmp_path, {}, ends=day), "prod", _DAY)

    with pytest.raises(Problem, match=f"1 secret is.*\n  - prod: {FILES_KEY} .*{word}") as error:
        show(rows, as_json=False)

    assert (ExitCode.POLICY, True) == (error.value.exit_code, f"to {FILES_KEY}, and update" in error.value.fix)


def test_the_sandboxs_secrets_have_no_age() -> None:
    """Each sandbox makes its own, and they go with it: nobody replaces them."""
    rows = kept(CHECKOUT, "local", _DAY + dt.timedelta(days=1000))

    assert {(None, None, State.MADE)} == {(row.replaced, row.days, row.state) for row in rows}
    show(rows, as_json=False)


def test_a_secret_without_a_day_is_a_mistake_in_the_stack_file(tmp_path: Path) -> None:
    """Whose age nobody knows is not passed as young: the file is refused, and the secret named."""
    with pytest.raises(SettingsProblem, match=_KEY) as error:
        kept(checkout(tmp_path, {_KEY: None}), "prod", _DAY)

    assert error.value.exit_code is ExitCode.CONFIG


def test_an_unknown_stack_is_a_wrong_command_line() -> None:
    """The three stacks are named."""
    with pytest.raises(Problem) as error:
        kept(CHECKOUT, "production", _DAY)

    assert (ExitCode.USAGE, "local, staging, prod") == (error.value.exit_code, error.value.allowed)


@pytest.mark.parametrize(("day", "word"), [("2026-08-02", "overdue, 91 days"), ("2026-11-03", "future, -2 days")])
def test_an_old_secret_stops(tmp_path: Path, day: str, word: str) -> None:
    """One that is older than 90 days, or dated ahead, is named with what to do; the run ends with 5."""
    rows = kept(checkout(tmp_path, {_KEY: day}), "prod", _DAY)

    with pytest.raises(Problem, match=f"1 secret is.*\n  - prod: {_KEY} .*{word}") as error:
        show(rows, as_json=False)

    assert ExitCode.POLICY is error.value.exit_code
    assert f"pulumi config set --stack prod --secret {_KEY}" in error.value.fix


def test_the_last_day_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A secret of 90 days is said to be due, and stops nothing."""
    show(kept(checkout(tmp_path, {_KEY: "2026-08-03"}), "prod", _DAY), as_json=False)

    line = next(line for line in capsys.readouterr().out.splitlines() if _KEY in line)
    assert ["prod", _KEY, "no", "2026-08-03", "90", "due", "soon"] == line.split()


def test_a_program_reads_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON each secret is an object, with its day as text; no value of any secret is among it."""
    show(kept(checkout(tmp_path, {}, **{_KEY: {"secure": "v1:abc"}}), "prod", _DAY), as_json=True)

    out = capsys.readouterr().out
    assert {
        "stack": "prod",
        "key": _KEY,
        "what": SECRETS[_KEY],
        "held": True,
        "replaced": "2026-11-01",
        "days": 0,
        "state": "fresh",
        "ends": None,
    } in json.load(io.StringIO(out))
    assert "v1:abc" not in out


def test_the_command_lists_staging_and_prod(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a stack named, the two that are not of this machine are, however old the days in the tree's files."""
    with suppress(Problem):
        cli.secrets()

    assert {"staging", "prod", "stack"} == {line.split()[0] for line in capsys.readouterr().out.splitlines()}


def test_the_document_has_every_secret() -> None:
    """The table of docs/secrets.md has a row for each secret of a stack file, in the same order, and no other."""
    text = (CHECKOUT / "docs" / "secrets.md").read_text(encoding="utf-8")
    table = text.partition("## In the stack files")[2].partition("\n## ")[0]

    assert [*SECRETS] == re.findall(r"^\| `([\w:]+)` \|", table, re.MULTILINE)
