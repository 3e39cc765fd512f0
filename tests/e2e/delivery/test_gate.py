"""The gate on the real program: all stacks pass, and what is wrong stops before anything is changed."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.delivery.runner import CHECKOUT, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Brought
    from tests.e2e.delivery.runner import Ran

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests")

#: Faults by what finds them, a line each: a rule of ours, and checkov alone (no rule of ours asks that an SQS queue is
#: encrypted).
_IMPORT = "    import pulumi_aws as aws\n"
_FAULTS = {
    "s3-acl-private": '    aws.s3.BucketAclV2("open", bucket="open-to-all", acl="public-read")\n',
    "CKV_AWS_27": '    aws.sqs.Queue("plain", name="plain", sqs_managed_sse_enabled=False, tags={})\n',
}


def _planted(tmp_path: Path) -> tuple[Path, dict[str, int]]:
    """A checkout with the faults in its program, and the line of each."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, checkout, ignore=_LEFT_OUT)
    (checkout / ".venv").symlink_to(CHECKOUT / ".venv")
    program = checkout / "infra" / "program.py"
    marker = '    """Declare everything that this stack is."""\n'
    text = program.read_text()
    assert marker in text
    program.write_text(text.replace(marker, marker + _IMPORT + "".join(_FAULTS.values())))
    lines = program.read_text().splitlines()
    return checkout, {name: lines.index(fault.rstrip("\n")) + 1 for name, fault in _FAULTS.items()}


@dataclass(frozen=True)
class Gated:
    """A gate over all three stacks; the repository's files have a test that needs no sandbox.

    Attributes:
        ran: the run.
        report: its report.
        sarif: the same as SARIF.
        before: what a gate must not change, before it.
        after: the same after it.
        digest: its preview of the local stack.
    """

    ran: Ran
    report: dict[str, Any]
    sarif: dict[str, Any]
    before: list[bytes]
    after: list[bytes]
    digest: Path


@pytest.fixture(scope="module")
def gated(brought: Brought, tmp_path_factory: pytest.TempPathFactory) -> Gated:
    """Once for all tests: it is several previews by the real engine."""
    folder, root = tmp_path_factory.mktemp("gate"), brought.gw.root
    kept = [root / "pulumi/state/.pulumi/stacks/groundwork/local.json", root / "pulumi/project/Pulumi.local.yaml"]
    kept += [CHECKOUT / f"Pulumi.{stack}.yaml" for stack in ("local", "staging", "prod")]
    before = [path.read_bytes() for path in kept]
    ran = brought.gw.run(
        "gate", "--no-files", "--output", f"json={folder / 'all.json'}", "--output", f"sarif={folder / 'all.sarif'}"
    )
    after = [path.read_bytes() for path in kept]
    assert ran.code == 0, ran.text
    digest = folder / "preview.json"
    digest.write_bytes((root / "logs" / "pulumi-preview.log").read_bytes())
    report, sarif = (json.loads((folder / name).read_bytes()) for name in ("all.json", "all.sarif"))
    return Gated(ran, report, sarif, before, after, digest)


def test_all_stacks_pass_the_gate(gated: Gated) -> None:
    """Nothing stops, nothing is left unjudged, and each engine has judged."""
    told = gated.report

    assert (0, 0) == (told["counts"]["stopping"], told["counts"]["notJudged"])
    assert {"crossguard", "checkov"} == {row["engine"] for row in told["engines"]}
    assert {"local", "staging", "prod"} == set(told["stack"].split("-"))
    assert "offline: stand-ins, no cloud was asked" in gated.ran.text
    assert gated.sarif["version"] == "2.1.0"


def test_a_gate_changes_nothing(gated: Gated) -> None:
    """Previews alone: the stack's state, its stack file and the checkout's own are as before, byte for byte."""
    assert gated.before == gated.after
    assert gated.ran.named("engine.up.resource") == []


def test_a_preview_of_any_program_is_judged_where_nothing_runs(gated: Gated, tmp_path: Path) -> None:
    """`--preview FILE` starts no sandbox, says what the whole gate said of it, and does not judge again what it did."""
    alone = Runner(tmp_path / "none")

    ran = alone.run("gate", "--preview", str(gated.digest), "--format", "json")

    assert (0, False, []) == (ran.code, alone.root.exists(), ran.named("checkov.judging"))
    found, whole = (
        {_told(row) for row in rows} for rows in (json.loads(ran.text)["findings"], gated.report["findings"])
    )
    assert found == {row for row in whole if row[1].startswith("urn:pulumi:local::")}


def test_planted_faults_stop_at_their_lines(brought: Brought, tmp_path: Path) -> None:
    """A public bucket, and what checkov alone finds, end `gw up` with 5, each at the program's own line."""
    checkout, lines = _planted(tmp_path)
    state = brought.gw.root / "pulumi/state/.pulumi/stacks/groundwork/local.json"
    before = state.read_bytes()

    ran = Runner(brought.gw.root, checkout).run("up")

    assert ran.code == 5, ran.problem
    told = ran.problem["message"]
    assert [] == [name for name, line in lines.items() if f"infra/program.py:{line}: {name}" not in told], told
    assert ([], before) == (ran.named("engine.up.resource"), state.read_bytes())


def test_what_cannot_be_judged_is_not_passed(brought: Brought, gated: Gated, tmp_path: Path) -> None:
    """Half a preview ends with 13, and says what would be taken."""
    whole = gated.digest.read_bytes()
    half = tmp_path / "half.json"
    half.write_bytes(whole[: len(whole) // 2])

    ran = brought.gw.run("gate", "--preview", str(half))

    assert (13, True) == (ran.code, "--show-sames" in ran.problem["allowed"])


def _told(finding: dict[str, Any]) -> tuple[str, str, bool]:
    return finding["id"], finding["urn"], finding["suppressed"] is not None
