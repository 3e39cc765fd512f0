"""What cases are about, as files for checkov's own command line, and what it says of them by the rules' checks."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from policies.checkov import environment, manifests, plan
from policies.preview import Preview, Resource
from tests.policies.checkov.checks.told import has_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policies.facts import Facts

_CHECKS = Path(__file__).parents[4] / "policies" / "checkov" / "checks"
_LIMIT_SECONDS = 240
#: What every value that is not known was computed from: a plan tells that something was.
_SOURCE = Resource(
    urn="urn:pulumi:local::groundwork::aws:kms/key:Key::source",
    token="aws:kms/key:Key",  # noqa: S106 - a type
    operation="create",
    custom=True,
    inputs={},
    parent="",
    protect=False,
    depends={},
    position=None,
)

#: Whether a resource passed a check, by the resource's name and the check's id; what checkov does not say is missing.
Verdicts: TypeAlias = "dict[tuple[str, str], bool]"


def over_plan(folder: Path, cases: Mapping[str, Facts]) -> Verdicts:
    """Ask checkov about one plan of all cases, each a resource."""
    bridged = plan.bridge(_preview(cases))
    file = folder / "plan.json"
    file.write_text(json.dumps(bridged.plan), "utf-8")
    names = {address: urn.rpartition("::")[2] for address, urn in bridged.addresses.items()}
    records = _records(folder, "terraform_plan", "--file", str(file))
    return _verdicts((names[record["resource"]], record) for record in records)


def over_manifests(folder: Path, cases: Mapping[str, Facts]) -> Verdicts:
    """Ask checkov about a folder with a manifest for each case; a list of objects passes when all of them do."""
    for urn, manifest in manifests.manifests(_preview(cases)).items():
        name = urn.rpartition("::")[2]
        for place, item in enumerate(manifest.get("items", ())):
            # checkov does not tell of an object without a name.
            item["metadata"] = {"name": f"item-{place}", **(item.get("metadata") or {})}
        (folder / f"{name}.json").write_text(json.dumps(manifest), "utf-8")
    records = _records(folder, "kubernetes", "--directory", str(folder))
    return _verdicts((Path(record["file_path"]).stem, record) for record in records)


def _preview(cases: Mapping[str, Facts]) -> Preview:
    resources = (_resource(name, facts) for name, facts in cases.items())
    return Preview(stack="local", project="groundwork", resources=(_SOURCE, *resources), gone=())


def _resource(name: str, facts: Facts) -> Resource:
    return Resource(
        urn=f"urn:pulumi:local::groundwork::{facts.token}::{name}",
        token=facts.token,
        operation="create",
        custom=True,
        inputs=facts.props,
        parent="",
        protect=facts.protect,
        depends={key: (_SOURCE.urn,) for key, value in facts.props.items() if has_unknown(value)},
        position=None,
    )


def _records(folder: Path, framework: str, *what: str) -> list[dict[str, Any]]:
    """Every verdict of our checks that checkov's command line tells, in the environment that the gate runs it in."""
    command = [
        *(str(environment.python(lambda _event: None)), "-m", "checkov.main", "--framework", framework, *what),
        *("--external-checks-dir", str(_CHECKS), "--check", "GW_*", "--output", "json"),
        *("--compact", "--skip-download"),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LIMIT_SECONDS,
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode in {0, 1}, done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["parsing_errors"] == [], done.stderr
    return [*results["passed_checks"], *results["failed_checks"]]


def _verdicts(records: Iterable[tuple[str, dict[str, Any]]]) -> Verdicts:
    found: Verdicts = {}
    for name, record in records:
        key = name, record["check_id"]
        found[key] = found.get(key, True) and record["check_result"]["result"] == "PASSED"
    return found
