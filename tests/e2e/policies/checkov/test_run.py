"""What the scanner does beside judging: nothing leaks, nothing is swallowed, nothing is judged twice."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policies.checkov import scanning
from policies.checkov.run import run
from policies.checkov.scanning import scan
from policies.checkov.verdicts import Framework, Request, Results, Unjudged
from tests.e2e.policies.checkov import plans
from tests.e2e.policies.checkov.cluster import MANIFESTS
from tests.e2e.policies.checkov.test_equality import DOCKERFILE, KEY, WORKFLOW, repository
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from tests.e2e.policies.checkov.conftest import CommandLine, Warm

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("checkov")]

CHECKOUT = Path(__file__).resolve().parents[4]


def judged(request: Request) -> tuple[Results, list[str]]:
    """What checkov says, and which frameworks were asked for it, and not only looked up."""
    events: list[Event] = []
    results = run(request, events.append)
    return results, sorted(str(event.fields["framework"]) for event in events if event.name == "checkov.judging")


def test_the_same_content_is_judged_once(warm: Warm) -> None:
    """A second gate over the same content takes what was said, without starting checkov."""
    assert ["kubernetes", "terraform_plan"] == warm.asked
    assert (warm.results, []) == judged(Request(plan=plans.plan(), manifests=MANIFESTS))
    assert {0o600} == {path.stat().st_mode & 0o777 for path in warm.folder.iterdir()}


def test_a_change_is_judged(warm: Warm) -> None:
    """One property that changed is judged anew, and what did not change is not."""
    del warm
    plan = plans.plan()
    plan["planned_values"]["root_module"]["resources"][0]["values"]["tags"] = {}

    assert ["terraform_plan"] == judged(Request(plan=plan, manifests=MANIFESTS))[1]


def test_a_damaged_entry_is_judged_again(warm: Warm) -> None:
    """What is kept and cannot be read costs time alone, and is replaced."""
    request = Request(manifests=MANIFESTS)
    whole = warm.of(Framework.KUBERNETES)
    for entry in warm.folder.iterdir():
        entry.write_bytes(entry.read_bytes()[:-40])

    assert (whole, ["kubernetes"]) == judged(request)
    assert (whole, []) == judged(request)


def test_no_value_is_told_or_kept(warm: Warm) -> None:
    """Neither the verdicts nor the cache hold a password of the plan."""
    kept = b"".join(path.read_bytes() for path in warm.folder.iterdir())

    assert any(row.id == "CKV_AWS_16" for row in warm.results.checks)
    assert plans.PASSWORD not in repr(warm.results)
    assert plans.PASSWORD.encode() not in kept


def test_a_secret_is_told_by_its_line_alone(cold: Path, tmp_path: Path) -> None:
    """A secret in a file is found; neither it nor anything made of it is told or kept."""
    folder = repository(tmp_path / "repository", {"settings.py": f'\nTOKEN = "{KEY}"\n'})

    results, _asked = judged(Request(folder=folder, frameworks=frozenset({Framework.SECRETS})))
    kept = b"".join(path.read_bytes() for path in cold.iterdir())

    assert {("settings.py", 2, "")} == {(row.file, row.line, row.subject) for row in results.checks if not row.passed}
    assert KEY.encode() not in kept + repr(results).encode()


def test_of_files_those_that_changed_are_judged(cold: Path, tmp_path: Path) -> None:
    """After a change the verdicts are those of a first judgement, and of what is gone there are none."""
    secret = f'TOKEN = "{KEY}"\n'
    folder = repository(tmp_path / "repository", {"a.py": secret, "b.py": secret, "c.py": secret, "d.py": "\n"})
    request = Request(folder=folder, frameworks=frozenset({Framework.SECRETS}))
    judged(request)
    (folder / "a.py").write_text("\n\n" + secret, "utf-8")
    (folder / "b.py").unlink()

    after, _asked = judged(request)
    for path in cold.iterdir():
        path.unlink()

    assert {("a.py", 3), ("c.py", 1)} == {(row.file, row.line) for row in after.checks}
    assert sorted(judged(request)[0].checks) == sorted(after.checks)


def test_a_file_that_goes_takes_its_verdicts(cold: Path, tmp_path: Path) -> None:
    """When the only change is that a file is gone, its verdicts are gone too."""
    del cold
    folder = repository(tmp_path / "repository", {"a.py": f'TOKEN = "{KEY}"\n', "d.py": "\n"})
    request = Request(folder=folder, frameworks=frozenset({Framework.SECRETS}))
    judged(request)
    (folder / "a.py").unlink()

    assert (Results(), []) == judged(request)


def test_a_check_that_raises_is_told(cold: Path) -> None:
    """A check of checkov's that raises, which its command line drops, is neither passed nor failed, and not kept."""
    plan = plans.plan()
    (acl,) = [row for row in plan["planned_values"]["root_module"]["resources"] if row["type"] == "aws_s3_bucket_acl"]
    acl["values"]["acl"] = "public-read"  # then CKV_AWS_379 reads the bucket's policy, and fails at a single statement
    why = "the check raised AttributeError"

    results, _asked = judged(Request(plan=plan))

    assert (Unjudged(Framework.TERRAFORM_PLAN, "CKV_AWS_379", acl["address"], why),) == results.unjudged
    assert not cold.exists()


def test_what_cannot_be_read_is_told(cold: Path, tmp_path: Path) -> None:
    """A manifest, a workflow and a rendered file that checkov would leave out without a word are told."""
    del cold
    rendered = tmp_path / "rendered"
    rendered.mkdir()
    (rendered / "bad.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n", "utf-8")
    folder = repository(tmp_path / "repository", {".github/workflows/bad.yml": "on: [\n"})

    results, _asked = judged(Request(manifests={"urn": {"kind": "Pod"}}, rendered=rendered, folder=folder))

    assert {(Framework.KUBERNETES, "urn"), (Framework.KUBERNETES, "bad.yaml")} <= {
        (row.framework, row.subject) for row in results.unjudged
    }
    assert (Framework.GITHUB_ACTIONS, ".github/workflows/bad.yml") in {
        (row.framework, row.subject) for row in results.unjudged
    }


def test_a_workflow_with_an_expression_is_judged(cold: Path, tmp_path: Path) -> None:
    """A workflow that checkov's copy of the schema refuses is judged all the same."""
    del cold
    concurrency = "concurrency:\n  group: a\n  cancel-in-progress: ${{ github.event_name == 'pull_request' }}\njobs:"
    name = ".github/workflows/trial.yml"
    folder = repository(tmp_path / "repository", {name: WORKFLOW.replace("jobs:", concurrency)})

    results, _asked = judged(Request(folder=folder, frameworks=frozenset({Framework.GITHUB_ACTIONS})))

    assert () == results.unjudged
    assert "CKV_GHA_1" in {row.id for row in results.checks if not row.passed}


def test_a_skip_in_a_file_is_told(cold: Path, tmp_path: Path) -> None:
    """A comment that tells checkov not to judge is told with its reason."""
    del cold
    folder = repository(tmp_path / "repository", {"Dockerfile": DOCKERFILE})

    results, _asked = judged(Request(folder=folder, frameworks=frozenset({Framework.DOCKERFILE})))

    assert ("CKV_DOCKER_2", "it is a job") in {(row.check.id, row.reason) for row in results.skips}


@pytest.mark.parametrize(
    "ending", ["exit 3", "printf '{'", "kill -9 $$", 'printf \'{"error": "ValueError at plan.py:1"}\'']
)
def test_a_scanner_that_fails_is_a_problem(ending: str, tmp_path: Path) -> None:
    """A scanner that ends without a whole answer judged nothing: that is a problem, not a pass."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat > /dev/null\n{ending}\n", "utf-8")
    python.chmod(0o755)

    with pytest.raises(Problem) as caught:
        scan(Framework.SECRETS, b"{}", python)

    assert ExitCode.NOT_JUDGED is caught.value.exit_code


def test_a_scanner_that_hangs_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner is waited for no longer than its limit."""
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexec sleep 600\n", "utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(scanning, "LIMIT_SECONDS", 0.5)

    with pytest.raises(Problem, match="it took over"):
        scan(Framework.SECRETS, b"{}", python)


def test_a_request_that_ends_the_scan_is_a_problem_without_values(command_line: CommandLine) -> None:
    """What ends a scan is told by type and place, never by a message that could hold a value."""
    plan = json.dumps({"planned_values": {"root_module": {"resources": [{"type": plans.PASSWORD}]}}})
    stdin = scanning.request(Framework.TERRAFORM_PLAN, {"plan": plan})

    with pytest.raises(Problem, match=r"KeyError at plan\.py") as caught:
        scan(Framework.TERRAFORM_PLAN, stdin, command_line.python)

    assert plans.PASSWORD not in str(caught.value)


def test_the_scanner_has_no_network(command_line: CommandLine) -> None:
    """A call to a network fails before it leaves, even to this machine, and in a process that was forked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = f"""
import os, socket
from policies.checkov.scanner import network
network.cut()
for _ in range(2):
    for call in (lambda: socket.create_connection(("127.0.0.1", {server.getsockname()[1]})),
                 lambda: socket.getaddrinfo("localhost", 80)):
        try:
            call()
        except PermissionError:
            print("refused")
    if os.fork():
        os.wait()
        break
"""
        done = subprocess.run(
            [command_line.python, "-u", "-c", script],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )

    assert ["refused"] * 4 == done.stdout.split()


def test_nothing_to_judge_starts_nothing() -> None:
    """An empty request is answered without checkov."""
    assert Results() == run(Request(), ignore)
