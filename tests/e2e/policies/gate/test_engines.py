"""The real engines on files: zizmor, actionlint, Helm and checkov."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov.run import run
from policies.checkov.verdicts import Results
from policies.finding import Engine
from policies.gate.formats import json_report, junit, sarif
from policies.gate.gate import judge
from policies.gate.outcome import Subject
from policies.gate.request import GateRequest
from toolchain.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.verdicts import Request
    from policies.gate.checkov import Scan
    from policies.gate.judgement import Report
    from toolchain.events import Emit

# Helm and actionlint are built when they are not there: the first of these tests may wait for that.
pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("gate"), pytest.mark.timeout(1800)]

TODAY = dt.date(2026, 7, 1)
WORKFLOW = """\
name: Build
on: [push]
permissions: {}
concurrency: {group: build}
jobs:
  build:
    name: Build
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: echo "$HOME"
"""
INJECTED = WORKFLOW.replace('echo "$HOME"', "echo ${{ github.event.issue.title }}")
MISSPELT = WORKFLOW.replace("timeout-minutes", "timeout-minuts")
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: two}
spec:
  containers:
    - name: app
      image: {{ .Values.image | quote }}
      securityContext: {privileged: {{ .Values.privileged }}}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """An empty repository."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, timeout=60)  # noqa: S607 - git of the machine
    return tmp_path


def put(checkout: Path, path: str, text: str) -> None:
    """A file that git tracks."""
    (checkout / path).parent.mkdir(parents=True, exist_ok=True)
    (checkout / path).write_text(text, "utf-8")
    subprocess.run(["git", "-C", str(checkout), "add", path], check=True, timeout=60)  # noqa: S607 - git of the machine


def not_asked(_request: Request, _emit: Emit) -> Results:
    """A checkov that finds nothing, for what is not about it: each start of the real one takes seconds."""
    return Results()


def of_charts(request: Request, emit: Emit) -> Results:
    """The real checkov for manifests; for files, which a test of charts is not about, one that finds nothing."""
    return run(request, emit) if request.rendered else Results()


def judged(checkout: Path, scan: Scan = not_asked) -> Report:
    """The report on the repository's files; every engine could judge."""
    report = judge(GateRequest(checkout=checkout, today=TODAY), scan=scan)
    assert () == report.problems
    return report


def ids(report: Report, engine: Engine) -> set[tuple[str, str]]:
    """Id and place of what an engine found."""
    return {(row.id, row.place) for row in report.findings if row.engine is engine}


def test_a_sound_workflow_passes(checkout: Path) -> None:
    """Every engine has read it, and none has anything against it."""
    put(checkout, ".github/workflows/build.yml", WORKFLOW)
    report = judged(checkout, run)

    assert () == report.findings
    assert ExitCode.OK == report.exit_code
    assert [1, 1] == [row.judged for row in report.ran if row.engine in {Engine.ZIZMOR, Engine.ACTIONLINT}]


def test_zizmor_finds_what_an_attacker_could_use(checkout: Path) -> None:
    """Text of an issue pasted into a script, at its line."""
    put(checkout, ".github/workflows/build.yml", INJECTED)

    assert ("template-injection", ".github/workflows/build.yml:11") in ids(judged(checkout), Engine.ZIZMOR)


def test_actionlint_finds_what_github_would_not_run(checkout: Path) -> None:
    """A key that no workflow has, at its line."""
    put(checkout, ".github/workflows/build.yml", MISSPELT)

    assert {("syntax-check", ".github/workflows/build.yml:9")} == ids(judged(checkout), Engine.ACTIONLINT)


def test_an_ignore_comment_is_no_excuse(checkout: Path) -> None:
    """It has no owner and no end: zizmor's own comment does not hide the finding."""
    line = '      - run: echo "$HOME"'
    ignored = INJECTED.replace("title }}", "title }} # zizmor: ignore[template-injection]")
    put(checkout, ".github/workflows/build.yml", ignored)

    assert line not in ignored
    assert "template-injection" in {finding_id for finding_id, _ in ids(judged(checkout), Engine.ZIZMOR)}


def test_a_workflow_that_is_no_yaml_is_found(checkout: Path) -> None:
    """Zizmor cannot read it and says so; actionlint names the line: it does not pass."""
    put(checkout, ".github/workflows/build.yml", "a: [\n")
    report = judge(GateRequest(checkout=checkout, today=TODAY), scan=not_asked)

    assert ExitCode.POLICY == report.exit_code
    assert {"syntax-check"} == {finding_id for finding_id, _ in ids(report, Engine.ACTIONLINT)}


def test_an_excuse_holds_for_every_engine_of_files(checkout: Path) -> None:
    """By a pattern of files; it is counted, and used."""
    put(checkout, ".github/workflows/build.yml", MISSPELT)
    entry = {"id": "syntax-check", "where": ".github/workflows/*", "reason": "a test of it", "owner": "me"}
    put(checkout, "policies/suppressions.yaml", json.dumps([{**entry, "expires": "2026-07-01"}]))
    report = judged(checkout)

    assert (1, ExitCode.OK) == (len(report.suppressed), report.exit_code)


def test_an_unused_excuse_of_a_file_is_found(checkout: Path) -> None:
    """Every engine that could need it has judged."""
    put(checkout, ".github/workflows/build.yml", WORKFLOW)
    entry = {"id": "syntax-check", "where": ".github/workflows/*", "reason": "a test of it", "owner": "me"}
    put(checkout, "policies/suppressions.yaml", json.dumps([{**entry, "expires": "2026-07-01"}]))

    assert [("suppression-unused", "policies/suppressions.yaml:1")] == [
        (row.id, row.place) for row in judged(checkout).stopping
    ]


def test_a_chart_is_judged_with_each_of_its_values(checkout: Path) -> None:
    """What only production's values make wrong is found, at the template that it comes from."""
    put(checkout, "k8s/app/Chart.yaml", "apiVersion: v2\nname: renamed\nversion: 0.1.0\n")
    put(checkout, "k8s/app/values.yaml", "image: one:1\nprivileged: false\n")
    put(checkout, "k8s/app/templates/pod.yaml", POD)
    before = {row.id for row in judged(checkout, of_charts).findings}
    put(checkout, "k8s/app/values-prod.yaml", "privileged: true\n")
    report = judged(checkout, of_charts)
    places = {row.file for row in report.findings}

    assert "CKV_K8S_16" not in before
    assert "CKV_K8S_16" in {row.id for row in report.findings}
    assert {"k8s/app/templates/pod.yaml"} == places
    assert [2] == [row.judged for row in report.ran if row.subject is Subject.CHARTS]


def test_a_chart_that_does_not_render_is_no_pass(checkout: Path) -> None:
    """What it would have made is not known."""
    put(checkout, "k8s/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n")
    put(checkout, "k8s/app/templates/pod.yaml", '{{ fail "no values" }}')
    report = judge(GateRequest(checkout=checkout, today=TODAY), scan=not_asked)

    assert [Subject.CHARTS] == [row.subject for row in report.problems]
    assert ExitCode.NOT_JUDGED == report.exit_code


def test_a_plain_manifest_is_judged_at_its_line(checkout: Path) -> None:
    """Its own lines are known."""
    put(
        checkout,
        "k8s/pod.yaml",
        POD.replace("{{ .Values.image | quote }}", "one").replace("{{ .Values.privileged }}", "true"),
    )

    assert ("CKV_K8S_16", "k8s/pod.yaml:1") in ids(judged(checkout, of_charts), Engine.CHECKOV)


def step(kind: str, name: str, inputs: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A step of a digest that makes a resource."""
    urn = f"urn:pulumi:prod::groundwork::{kind}::{name}"
    state = {"urn": urn, "type": kind, "custom": True, "inputs": inputs, "sourcePosition": "project:///a.py#1"}
    return {"op": "create", "urn": urn, "newState": state}


def nest(depth: int) -> Any:  # noqa: ANN401 - JSON
    """A list in a list, so deep."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_checkov_itself_takes_any_preview(tmp_path: Path) -> None:
    """In inputs that its checks read: findings, or what could not be judged; every form takes them; never a pass."""
    values: dict[str, Any] = {
        "odd": "a\x00\x1b\u202e\U0001f512 ${x} {{ y }} <b>&",
        "deep": nest(60),
        "huge": 10**400,
        "mixed": [{"": [None, True, -1.5, {}]}],
        "unknown": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    }
    long = "x" * 2**20  # few of it: what is sought is a fault, not the time that reading takes
    names = ("acl", "policy", "tags", "ingress", "metadata", "spec", "bucket", "data", "type", "assumeRolePolicy")
    types = (
        "aws:s3/bucket:Bucket",
        "aws:iam/policy:Policy",
        "aws:iam/role:Role",
        "aws:ec2/securityGroup:SecurityGroup",
        "kubernetes:batch/v1:CronJob",
        "kubernetes:core/v1:Pod",
        "cloudflare:index/r2Bucket:R2Bucket",
    )
    steps = [step(kind, name, dict.fromkeys(names, value)) for kind in types for name, value in values.items()]
    steps += [step(kind, "long", {"policy": long, "spec": {"containers": long}}) for kind in types]
    preview = tmp_path / "preview.json"
    preview.write_text(json.dumps({"steps": steps}), "utf-8")
    report = judge(GateRequest(checkout=tmp_path, preview=preview, files=False, today=TODAY))

    assert report.exit_code in {ExitCode.POLICY, ExitCode.NOT_JUDGED}
    for form in (sarif.render(report), junit.render(report), json_report.render(report)):
        assert 0 < len(form.encode()) < 2**22
