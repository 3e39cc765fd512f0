"""What docs/gate.md shows holds."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import yaml

from policies.finding import Engine
from policies.gate.formats import json_report, sarif
from policies.gate.outcome import Subject
from policies.gate.plain import MOST
from policies.gate.suppressions import FILE, MOST_DAYS, load
from policies.rule import Severity
from tests.policies.gate.samples import WHOLE

CHECKOUT = Path(__file__).parents[3]
TEXT = (CHECKOUT / "docs" / "gate.md").read_text("utf-8")


def block(language: str) -> str:
    """The one block of code in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def keys(value: Any, path: str = "") -> set[str]:  # noqa: ANN401 - JSON
    """Paths of all keys of a document."""
    if isinstance(value, list):
        return {key for entry in value for key in keys(entry, path)}
    if not isinstance(value, dict):
        return set()
    return {f"{path}.{key}" for key in value} | {
        inner for key, entry in value.items() for inner in keys(entry, f"{path}.{key}")
    }


def test_the_json_has_the_keys_that_are_shown() -> None:
    """The example has every key of a report, and no other."""
    assert keys(json.loads(json_report.render(WHOLE))) == keys(json.loads(block("json")))


def test_the_entries_that_are_shown_are_sound(tmp_path: Path) -> None:
    """The example of the suppressions file can be taken over as it is."""
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(block("yaml"), "utf-8")
    read = load(tmp_path, dt.date(2026, 7, 1))

    assert ((), len(yaml.safe_load(block("yaml")))) == (read.faults, len(read.suppressions))


def test_the_words_of_the_tables_are_the_programs() -> None:
    """Every engine, subject and severity is named, and the bounds are those that bind."""
    assert [word for kind in (Engine, Subject, Severity) for word in kind if f"`{word}`" not in TEXT] == []
    assert f"{MOST_DAYS} days" in TEXT
    assert f"{sarif.MOST_RESULTS:,} results" in TEXT
    assert f"{MOST:,} characters" in " ".join(TEXT.split())
    assert f"line 1 of `{sarif.NOWHERE}`" in TEXT
