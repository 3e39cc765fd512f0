"""What the scanner writes of checkov's reports."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from policies.checkov.scanner.answer import Answer


@pytest.fixture(autouse=True)
def _checkov(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkov's version, which links name; checkov itself is in an environment of its own."""
    version = ModuleType("checkov.version")
    version.__dict__["version"] = "1.2.3"
    monkeypatch.setitem(sys.modules, "checkov", ModuleType("checkov"))
    monkeypatch.setitem(sys.modules, "checkov.version", version)


def record(check: str, module: str = "checkov.terraform.checks.A", **result: str) -> SimpleNamespace:
    """A record of a report."""
    return SimpleNamespace(
        check_id=check, check_name="the demand", check_class=module, guideline=None, check_result=result
    )


def told(*, failed: Any = (), skipped: Any = (), unread: Any = (), graph_checks: Any = ()) -> dict[str, Any]:  # noqa: ANN401 - as checkov has them
    """What is written of a report."""
    answer = Answer()
    report = SimpleNamespace(passed_checks=[], failed_checks=failed, skipped_checks=skipped, parsing_errors=unread)
    answer.add(report, lambda _record: ("subject", "file", 3), graph_checks)
    return answer.told()


def test_a_verdict_is_a_row() -> None:
    """A row has the check, the verdict, the subject, the file and its line."""
    assert [("CKV_1", "failed", "subject", "file", 3, "")] == told(failed=[record("CKV_1")])["rows"]


def test_a_skip_has_its_reason() -> None:
    """What was skipped says why, where the file does."""
    rows = told(skipped=[record("CKV_1", suppress_comment="on purpose"), record("CKV_2")])["rows"]

    assert ["on purpose", ""] == [row[-1] for row in rows]


def test_the_link_is_the_source_at_the_version_that_judged() -> None:
    """A check without a page is linked to its source; a graph check to its own file, ours to nothing."""
    graph = SimpleNamespace(id="CKV2_1", check_path="/x/site-packages/checkov/terraform/checks/graph_checks/B.yaml")
    rows = [record("CKV_1"), record("CKV2_1", "checkov.common.graph"), record("GW_1", "groundwork_terraform")]
    base = "https://github.com/bridgecrewio/checkov/blob/1.2.3/checkov/terraform/checks"

    checks = told(failed=rows, graph_checks=[graph])["checks"]

    assert {"CKV_1": f"{base}/A.py", "CKV2_1": f"{base}/graph_checks/B.yaml", "GW_1": ""} == {
        check: link for check, (_title, link) in checks.items()
    }


def test_what_is_not_read_is_not_judged() -> None:
    """A file that checkov could not parse is told."""
    assert [("", "a.json", "checkov could not read it")] == told(unread=["a.json"])["unjudged"]


def test_rows_come_in_one_order() -> None:
    """The same verdicts are written the same, in whatever order checkov gave them."""
    rows = [record("CKV_2"), record("CKV_1")]

    assert told(failed=rows)["rows"] == told(failed=rows[::-1])["rows"]
