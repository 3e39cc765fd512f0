"""Workflows are pinned, least privileged and bounded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repo.tree import CHECKOUT, ids, text, tracked

WORKFLOWS = tracked(".github/workflows/*.yml", ".github/workflows/*.yaml")
FORBIDDEN = {"pull_request_target", "workflow_run", "issue_comment"}
_USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<what>\S+)(?P<rest>.*)$", re.MULTILINE)
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def load(path: Path) -> dict[str, Any]:
    """A workflow. YAML 1.1 reads the key `on` as true, so it comes back under its name."""
    loaded: dict[Any, Any] = yaml.safe_load(text(path))
    return {("on" if key is True else key): value for key, value in loaded.items()}


JOBS = [pytest.param(job, id=f"{path.name}:{name}") for path in WORKFLOWS for name, job in load(path)["jobs"].items()]
STEPS = [
    pytest.param(step, id=f"{path.name}:{name}:{place}")
    for path in WORKFLOWS
    for name, job in load(path)["jobs"].items()
    for place, step in enumerate(job.get("steps", ()))
]


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_every_action_is_pinned_and_says_its_version(path: Path) -> None:
    """A tag can be moved: `uses` names 40 hex digits, and a comment the version they stand for."""
    used = list(_USES.finditer(text(path)))
    loose = [row["what"] for row in used if not _PINNED.fullmatch(row["what"]) and not row["what"].startswith("./")]
    unnamed = [
        row["what"] for row in used if "@" in row["what"] and not re.fullmatch(r" # v\d+\.\d+\.\d+", row["rest"])
    ]

    assert used
    assert (loose, unnamed) == ([], [])


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_a_workflow_starts_with_no_permission(path: Path) -> None:
    """What a job needs it asks for itself."""
    assert {} == load(path)["permissions"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_no_trigger_runs_strangers_code_with_our_rights(path: Path) -> None:
    """Triggers that run in the base repository's context on a pull request's word are not used."""
    assert set() == FORBIDDEN & set(load(path)["on"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=ids)
def test_runs_of_one_branch_do_not_pile_up(path: Path) -> None:
    """Every workflow names its concurrency group."""
    assert load(path)["concurrency"]["group"]


@pytest.mark.parametrize("job", JOBS)
def test_a_job_says_its_permissions_and_its_limit(job: dict[str, Any]) -> None:
    """A job has permissions of its own, none of them to write, and ends by itself within the hour."""
    assert 0 < job["timeout-minutes"] <= 60
    assert set(job["permissions"].values()) <= {"read"}


@pytest.mark.parametrize("step", STEPS)
def test_no_expression_is_pasted_into_a_script(step: dict[str, Any]) -> None:
    """Text of a pull request comes into a script by environment, where it is no code."""
    assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("step", STEPS)
def test_a_checkout_leaves_no_token_behind(step: dict[str, Any]) -> None:
    """The checkout's token is not kept where later steps could read it."""
    checkout = step.get("uses", "").startswith("actions/checkout@")

    assert not checkout or step["with"]["persist-credentials"] is False


def test_ci_runs_the_readmes_commands() -> None:
    """What CI checks is what a reader is told to run."""
    (ci,) = [path for path in WORKFLOWS if path.name == "ci.yml"]
    runs = {step.get("run") for job in load(ci)["jobs"].values() for step in job["steps"]}

    assert {"make lint", "make test"} <= runs


def test_one_job_stands_for_all_others() -> None:
    """Branch protection asks for one check, which needs every other job of the workflow."""
    (ci,) = [path for path in WORKFLOWS if path.name == "ci.yml"]
    jobs = load(ci)["jobs"]

    assert set(jobs) - {"passed"} == set(jobs["passed"]["needs"])
    assert len(jobs) - 1 == jobs["passed"]["steps"][0]["run"].count("success")


def test_zizmor_finds_nothing() -> None:
    """The auditor's strictest reading of the workflows and hooks has no finding."""
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [str(zizmor), "--offline", "--persona=auditor", "--no-progress", "--color=never", "."],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stdout
