"""The gate on the real program: all stacks and files pass, and what is wrong stops before anything is changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.delivery.runner import CHECKOUT, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.delivery.conftest import Brought

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests")

#: Faults by what finds them: the program's lines, and where the fault's own line is among them.
_PUBLIC = """
    import pulumi_aws as aws
    aws.s3.BucketAclV2("open", bucket="open-to-all", acl="public-read")
"""
# No rule of ours asks that an SQS queue is encrypted; checkov does.
_QUEUE = """
    import pulumi_aws as aws
    aws.sqs.Queue("plain", name="plain", sqs_managed_sse_enabled=False, tags={})
"""


def _planted(tmp_path: Path, fault: str) -> tuple[Path, int]:
    """A checkout with the fault in its program, and the fault's line."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, checkout, ignore=_LEFT_OUT)
    (checkout / ".venv").symlink_to(CHECKOUT / ".venv")
    program = checkout / "infra" / "program.py"
    marker = '    """Declare everything that this stack is."""\n'
    text = program.read_text()
    assert marker in text
    program.write_text(text.replace(marker, marker + fault))
    return checkout, program.read_text().splitlines().index(fault.strip("\n").splitlines()[1]) + 1


def test_the_repository_passes_its_own_gate(brought: Brought, tmp_path: Path) -> None:
    """All three stacks and every file: nothing stops, nothing is left unjudged, and each engine has judged."""
    report = tmp_path / "gate.json"

    ran = brought.gw.run("gate", "--output", f"json={report}", "--output", f"sarif={tmp_path / 'gate.sarif'}")

    assert ran.code == 0, ran.text
    told: dict[str, Any] = json.loads(report.read_bytes())
    assert (0, 0) == (told["counts"]["stopping"], told["counts"]["notJudged"])
    assert {"crossguard", "checkov", "zizmor", "actionlint"} == {row["engine"] for row in told["engines"]}
    assert {"local", "staging", "prod"} == set(told["stack"].split("-"))
    assert "offline: stand-ins, no cloud was asked" in ran.text
    assert "2.1.0" == json.loads((tmp_path / "gate.sarif").read_bytes())["version"]


def test_a_gate_changes_nothing(brought: Brought) -> None:
    """Previews alone: the stack's state, its stack file and the checkout's own are as before, byte for byte."""
    root = brought.gw.root
    kept = [root / "pulumi/state/.pulumi/stacks/groundwork/local.json", root / "pulumi/project/Pulumi.local.yaml"]
    kept += [CHECKOUT / f"Pulumi.{stack}.yaml" for stack in ("local", "staging", "prod")]
    before = [path.read_bytes() for path in kept]

    ran = brought.gw.run("gate", "--stack", "prod")

    assert (ran.code, before) == (0, [path.read_bytes() for path in kept]), ran.text
    assert ran.named("engine.up.resource") == []


def test_what_did_not_change_is_not_judged_again(brought: Brought) -> None:
    """The same content is judged once: the second gate takes what it said, and says the same."""
    first, again = brought.gw.run("gate", "--stack", "local"), brought.gw.run("gate", "--stack", "local")

    assert (0, 0, []) == (first.code, again.code, again.named("checkov.judging"))
    assert "checkov on preview: 32 judged" in again.text


def test_a_preview_of_any_program_is_judged_where_nothing_runs(brought: Brought, tmp_path: Path) -> None:
    """`--preview FILE` starts no sandbox, and says of the same preview what `--stack` says."""
    logs = brought.gw.root / "logs"
    brought.gw.run("gate", "--stack", "local", "--output", f"json={tmp_path / 'stack.json'}")
    alone = Runner(tmp_path / "none")

    ran = alone.run("gate", "--preview", str(logs / "pulumi-preview.log"), "--format", "json")

    found = {(row["id"], row["urn"], row["suppressed"] is not None) for row in json.loads(ran.text)["findings"]}
    stack = json.loads((tmp_path / "stack.json").read_bytes())["findings"]
    assert (0, False) == (ran.code, alone.root.exists())
    assert found == {(row["id"], row["urn"], row["suppressed"] is not None) for row in stack}


@pytest.mark.parametrize(("fault", "finding"), [(_PUBLIC, "s3-acl-private"), (_QUEUE, "CKV_AWS_27")])
def test_a_planted_fault_stops_at_its_line(brought: Brought, tmp_path: Path, fault: str, finding: str) -> None:
    """A public bucket, and what checkov alone finds, end `gw up` with 5 at the program's line; nothing was changed."""
    checkout, line = _planted(tmp_path, fault)
    state = brought.gw.root / "pulumi/state/.pulumi/stacks/groundwork/local.json"
    before = state.read_bytes()

    ran = Runner(brought.gw.root, checkout).run("up")

    assert ran.code == 5, ran.problem
    assert f"infra/program.py:{line}: {finding}" in ran.problem["message"]
    assert ([], before) == (ran.named("engine.up.resource"), state.read_bytes())


def test_what_cannot_be_judged_is_not_passed(brought: Brought, tmp_path: Path) -> None:
    """Half a preview ends with 13, and says what would be taken."""
    whole = (brought.gw.root / "logs" / "pulumi-preview.log").read_bytes()
    half = tmp_path / "half.json"
    half.write_bytes(whole[: len(whole) // 2])

    ran = brought.gw.run("gate", "--preview", str(half))

    assert (13, True) == (ran.code, "--show-sames" in ran.problem["allowed"])
