"""What the engine tells the pack of secrets, and what the pack tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.policies.program.infra.vault import KEY

if TYPE_CHECKING:
    from tests.e2e.policies.conftest import Engine

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("policies")]

RULE = "no-literal-secret"


@pytest.mark.parametrize("command", ["preview", "up"])
def test_a_secret_in_plain_text_stops_the_run(engine: Engine, command: str) -> None:
    """A key in a tag is found where it stands, and the finding does not repeat it."""
    engine.stack("literal", "literal")
    run = engine.run(command, "literal")
    rows = [row for row in run.findings if row.id == RULE]

    assert run.exit_code != 0
    assert ["tags.note"] == [row.where for row in rows]
    assert not any(KEY in f"{row.message} {row.where} {row.fix}" for row in rows)


@pytest.mark.parametrize("command", ["preview", "up"])
def test_what_the_program_marks_secret_is_no_literal(engine: Engine, command: str) -> None:
    """The same key, marked secret, is let be: the engine tells the pack which values are."""
    engine.stack("marked", "marked")
    run = engine.run(command, "marked")

    assert [row.where for row in run.findings if row.id == RULE] == []
    assert KEY not in run.output
