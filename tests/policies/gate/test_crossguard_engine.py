"""CrossGuard's findings from an event log that is whole, or not; and from the rules themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policies.gate.crossguard import from_events, from_rules, judges
from policies.preview import read
from policies.rules.storage import s3_acl, s3_block_present
from tests.policies.gate.samples import step, written
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from policies.finding import Finding

DATA = Path(__file__).parents[1] / "data"
DIGEST = DATA / "digest.json"
EVENTS = DATA / "events.jsonl"
#: A rule whose demand is as it was when the run was recorded; others came, or demand more.
RECORDED = "s3-acl-private"


def recorded(found: tuple[Finding, ...]) -> list[tuple[str, ...]]:
    """What that rule found: at which resource, line and property, and to what effect."""
    return sorted((row.id, row.urn, row.place, row.where, row.level) for row in found if row.id == RECORDED)


def log(folder: Path, *lines: str) -> Path:
    """An event log."""
    path = folder / "events.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_events_and_rules_agree_on_a_recorded_run() -> None:
    """The same findings at the same lines; tests/e2e compares all rules, word for word, on a run made then."""
    preview = read(DIGEST)
    found = recorded(from_events(preview, DIGEST, EVENTS).findings)

    assert 1 == len(found)
    assert found == recorded(from_rules(preview).findings)


def test_checks_are_counted_for_each_resource() -> None:
    """Four resources, two rules, one of which is about the whole stack: five pairs, one of which fails."""
    verdict = from_rules(read(DIGEST), [s3_acl.RULE, s3_block_present.RULE])

    assert (4, 5) == (verdict.judged, verdict.passed + verdict.failed)
    assert verdict.failed == len({(row.id, row.urn) for row in verdict.findings})


def test_pairs_of_the_log_are_resources_by_policies() -> None:
    """The engine asks each policy about each resource of the preview, and counts so."""
    verdict = from_events(read(DIGEST), DIGEST, EVENTS)

    assert 4 == verdict.judged
    assert verdict.failed < verdict.passed


@pytest.mark.parametrize(
    "lines",
    [
        ["not json"],
        ["[]"],
        ['"text"'],
        ['{"policyAnalyzeSummaryEvent": 3}'],
        ['{"policyEvent": {}}', '{"policyAnalyzeStackSummaryEvent": {"passed": []}}'],
        [],
    ],
)
def test_a_log_that_is_none_is_not_judged(lines: list[str], tmp_path: Path) -> None:
    """What the policies said is not known: that is no pass."""
    with pytest.raises(Problem) as error:
        from_events(read(DIGEST), DIGEST, log(tmp_path, *lines))

    assert ExitCode.NOT_JUDGED == error.value.exit_code


def test_no_log_is_not_judged(tmp_path: Path) -> None:
    """A path that leads nowhere is no empty log."""
    with pytest.raises(Problem, match="cannot be read"):
        from_events(read(DIGEST), DIGEST, tmp_path / "events.jsonl")


def test_a_log_of_a_preview_that_ended_early_is_not_judged(tmp_path: Path) -> None:
    """Rules over the whole stack were not asked."""
    lines = [line for line in EVENTS.read_text("utf-8").splitlines() if "StackSummary" not in line]

    with pytest.raises(Problem, match="never judged the whole stack"):
        from_events(read(DIGEST), DIGEST, log(tmp_path, *lines))


def test_a_log_of_another_preview_is_not_judged(tmp_path: Path) -> None:
    """A resource of the preview that no policy saw."""
    digest = written(tmp_path, step("aws:s3/bucket:Bucket"))

    with pytest.raises(Problem, match="1 resources of the preview are not in it"):
        from_events(read(digest), digest, EVENTS)


def test_a_log_cut_off_is_not_judged(tmp_path: Path) -> None:
    """Half a line at its end: the engine was killed, and may have had more to say."""
    path = tmp_path / "events.jsonl"
    path.write_text(EVENTS.read_text("utf-8") + '{"sequence":99,"policyEv', "utf-8")

    with pytest.raises(Problem, match="cannot be read"):
        from_events(read(DIGEST), DIGEST, path)


def test_a_finding_of_a_rule_over_the_stack_has_its_resources_line() -> None:
    """The rule names the bucket, the preview its line."""
    found = [row for row in from_rules(read(DIGEST)).findings if row.id == s3_block_present.RULE.id]

    assert ["infra/probe.py"] == sorted({row.file for row in found})


@pytest.mark.parametrize(("token", "expected"), [("aws:s3/bucket:Bucket", True), ("acme:index/thing:Thing", False)])
def test_which_types_a_rule_is_meant_for(token: str, expected: bool) -> None:  # noqa: FBT001 - an expected value
    """By the rules' own word."""
    assert expected == judges(token)


def test_a_rule_that_is_asked_of_everything_knows_no_type() -> None:
    """That a text looks like no secret says nothing of what a resource is."""
    everywhere = replace(s3_acl.RULE, applies=lambda _token: True)

    assert not judges("acme:index/thing:Thing", [everywhere])
    assert judges("aws:s3/bucket:Bucket", [everywhere, s3_acl.RULE])
