"""The gate on the real program: all stacks and files pass, and what is wrong stops before anything is changed."""

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


@dataclass(frozen=True)
class Gated:
    """A gate over all three stacks and every file, and one over the local stack after it.

    Attributes:
        ran: the first run.
        report: its report.
        sarif: the same as SARIF.
        before: what a gate must not change, before it.
        after: the same after it.
        again: the second run.
        local: its report.
        digest: the second run's preview.
    """

    ran: Ran
    report: dict[str, Any]
    sarif: dict[str, Any]
    before: list[bytes]
    after: list[bytes]
    again: Ran
    local: dict[str, Any]
    digest: Path


@pytest.fixture(scope="module")
def gated(brought: Brought, tmp_path_factory: pytest.TempPathFactory) -> Gated:
    """Both runs, once for all tests: each is several previews by the real engine."""
    folder, root = tmp_path_factory.mktemp("gate"), brought.gw.root
    kept = [root / "pulumi/state/.pulumi/stacks/groundwork/local.json", root / "pulumi/project/Pulumi.local.yaml"]
    kept += [CHECKOUT / f"Pulumi.{stack}.yaml" for stack in ("local", "staging", "prod")]
    before = [path.read_bytes() for path in kept]
    ran = brought.gw.run("gate", "--output", f"json={folder / 'all.json'}", "--output", f"sarif={folder / 'all.sarif'}")
    after = [path.read_bytes() for path in kept]
    again = brought.gw.run("gate", "--stack", "local", "--output", f"json={folder / 'local.json'}")
    digest = folder / "preview.json"
    digest.write_bytes((root / "logs" / "pulumi-preview.log").read_bytes())
    assert (0, 0) == (ran.code, again.code), ran.text + again.text
    report, sarif, local = (
        json.loads((folder / name).read_bytes()) for name in ("all.json", "all.sarif", "local.json")
    )
    return Gated(ran, report, sarif, before, after, again, local, digest)


def test_the_repository_passes_its_own_gate(gated: Gated) -> None:
    """All three stacks and every file: nothing stops, nothing is left unjudged, and each engine has judged."""
    told = gated.report

    assert (0, 0) == (told["counts"]["stopping"], told["counts"]["notJudged"])
    assert {"crossguard", "checkov", "zizmor", "actionlint"} == {row["engine"] for row in told["engines"]}
    assert {"local", "staging", "prod"} == set(told["stack"].split("-"))
    assert "offline: stand-ins, no cloud was asked" in gated.ran.text
    assert gated.sarif["version"] == "2.1.0"


def test_a_gate_changes_nothing(gated: Gated) -> None:
    """Previews alone: the stack's state, its stack file and the checkout's own are as before, byte for byte."""
    assert gated.before == gated.after
    assert gated.ran.named("engine.up.resource") == []


def test_what_did_not_change_is_not_judged_again(gated: Gated) -> None:
    """The same content is judged once: the second gate takes what was said, and says the same."""
    assert gated.again.named("checkov.judging") == []
    assert "checkov on preview: 32 judged" in gated.again.text


def test_a_preview_of_any_program_is_judged_where_nothing_runs(gated: Gated, tmp_path: Path) -> None:
    """`--preview FILE` starts no sandbox, and says of the same preview what `--stack` says."""
    alone = Runner(tmp_path / "none")

    ran = alone.run("gate", "--preview", str(gated.digest), "--format", "json")

    found = {(row["id"], row["urn"], row["suppressed"] is not None) for row in json.loads(ran.text)["findings"]}
    assert (0, False) == (ran.code, alone.root.exists())
    assert found == {(row["id"], row["urn"], row["suppressed"] is not None) for row in gated.local["findings"]}


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


def test_what_cannot_be_judged_is_not_passed(brought: Brought, gated: Gated, tmp_path: Path) -> None:
    """Half a preview ends with 13, and says what would be taken."""
    whole = gated.digest.read_bytes()
    half = tmp_path / "half.json"
    half.write_bytes(whole[: len(whole) // 2])

    ran = brought.gw.run("gate", "--preview", str(half))

    assert (13, True) == (ran.code, "--show-sames" in ran.problem["allowed"])
