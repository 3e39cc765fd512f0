"""The pack under the real engine: what it stops, what it says, what it leaves undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policies.pending import PENDING_ID
from policies.rule import Enforcement

if TYPE_CHECKING:
    from tests.e2e.policies.conftest import Engine

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("policies")]

VAULT = Path(__file__).parent / "program" / "infra" / "vault.py"
HATCH = Path(__file__).parents[3] / "policies" / "unprotected.json"


def line_of(mark: str) -> int:
    """The line of the program that carries a comment."""
    return next(number for number, line in enumerate(VAULT.read_text("utf-8").splitlines(), 1) if mark in line)


def test_a_violation_stops_the_preview_at_its_line(engine: Engine) -> None:
    """A public bucket fails the preview, and the finding names file and line of the program."""
    engine.stack("local", "public")
    run = engine.run("preview", "local")
    stopping = [row for row in run.findings if row.level is Enforcement.MANDATORY]

    assert run.exit_code != 0
    assert [("s3-acl-private", "infra/vault.py", line_of("line of the bucket"))] == [
        (row.id, row.file, row.line) for row in stopping
    ]


def test_a_violation_stops_the_update_before_the_resource_is_made(engine: Engine) -> None:
    """An update that skipped its preview makes nothing of what breaks a rule."""
    engine.stack("bare", "public")
    run = engine.run("up", "bare")

    assert run.exit_code != 0
    assert "aws:s3/bucket:Bucket" not in engine.types("bare")


def test_what_the_preview_cannot_judge_the_update_does(engine: Engine) -> None:
    """A policy for everyone that is unknown at preview is advice there, and stops the update before it is made."""
    engine.stack("late", "late")
    preview = engine.run("preview", "late")
    update = engine.run("up", "late")
    line = line_of("line of the policy")

    assert (0, {(PENDING_ID, Enforcement.ADVISORY, line)}) == (
        preview.exit_code,
        {(row.id, row.level, row.line) for row in preview.findings},
    )
    assert [True] == ["'s3-policy-private'" in row.message for row in preview.findings if "private" in row.message]
    assert update.exit_code != 0
    assert [("s3-policy-private", line)] == [(row.id, row.line) for row in update.findings]
    assert "aws:s3/bucketPolicy:BucketPolicy" not in engine.types("late")


def test_what_keeps_to_the_rules_goes_through(engine: Engine) -> None:
    """A program that breaks nothing is made, with no finding."""
    engine.stack("good", "good")
    run = engine.run("up", "good")

    assert (0, []) == (run.exit_code, run.findings), run.output
    assert "aws:s3/bucketPolicy:BucketPolicy" in engine.types("good")


@pytest.mark.parametrize("command", ["preview", "up"])
def test_a_component_excuses_what_hangs_below_it(engine: Engine, command: str) -> None:
    """The same public bucket goes through where its component excuses it, and the finding says who answers for it."""
    engine.stack("excused", "excused")
    run = engine.run(command, "excused")

    assert run.exit_code == 0, run.output
    assert [("s3-acl-private", Enforcement.MANDATORY, "web")] == [
        (row.id, row.level, row.suppressed and row.suppressed.owner) for row in run.findings if row.id != PENDING_ID
    ]


def test_production_needs_protection_or_the_escape_hatch(engine: Engine) -> None:
    """An unprotected bucket stops prod's preview; with the escape hatch it is advice."""
    engine.stack("prod", "good")
    closed = engine.run("preview", "prod")
    opened = engine.run("preview", "prod", "--policy-pack-config", str(HATCH))
    rows = [(row.id, row.level) for row in opened.findings if row.id != PENDING_ID]

    assert closed.exit_code != 0
    assert ("stateful-protected", Enforcement.MANDATORY) in {(row.id, row.level) for row in closed.findings}
    assert (0, [("stateful-protected", Enforcement.ADVISORY)]) == (opened.exit_code, rows)
