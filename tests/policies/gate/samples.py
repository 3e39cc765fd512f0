"""Reports and previews that the tests of the gate share."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from policies.checkov.verdicts import Results
from policies.finding import NOT_JUDGED, Engine, Finding
from policies.gate.gate import judge
from policies.gate.judgement import Report, Unjudged
from policies.gate.outcome import Ran, Subject
from policies.gate.request import GateRequest
from policies.rule import Enforcement, Severity
from policies.suppression import Suppression

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.verdicts import Request
    from toolchain.events import Emit

TODAY = dt.date(2026, 7, 1)
BUCKET = "urn:pulumi:prod::groundwork::groundwork:x:Team$aws:s3/bucket:Bucket::logs"
EXCUSE = Suppression(
    id="CKV_AWS_18",
    where=BUCKET,
    reason="logs of the log bucket",
    owner="platform",
    expires=dt.date(2026, 12, 31),
    source="policies/suppressions.yaml:3",
)


def finding(**changes: Any) -> Finding:  # noqa: ANN401 - any field of a finding
    """A finding that stops; each keyword changes a field."""
    fields: dict[str, Any] = {
        "engine": Engine.CHECKOV,
        "id": "CKV_AWS_18",
        "level": Enforcement.MANDATORY,
        "severity": Severity.HIGH,
        "urn": BUCKET,
        "file": "infra/a.py",
        "line": 2,
        "where": "logging",
        "message": "Ensure the bucket logs access",
        "fix": "add a log bucket",
        "link": "https://example.org/CKV_AWS_18",
    }
    return Finding(**{**fields, **changes})


STOPS = finding()
ADVICE = finding(engine=Engine.CROSSGUARD, id="tags", level=Enforcement.ADVISORY, message="advice", link="")
EXCUSED = finding(id="CKV_AWS_19", suppressed=EXCUSE)
NOBODY = finding(engine=Engine.GATE, id=NOT_JUDGED, message="x:y/z:Z: no engine judges this type", link="", fix="")
IN_A_FILE = finding(engine=Engine.ZIZMOR, id="artipacked", urn="", file=".github/workflows/ci.yml", where="jobs.a")
RAN = (
    Ran(engine=Engine.CROSSGUARD, subject=Subject.PREVIEW, judged=4, passed=7, failed=1, seconds=0.1),
    Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, judged=3, passed=9, failed=2, seconds=2.5),
    Ran(engine=Engine.ACTIONLINT, subject=Subject.FILES, problem="it cannot be built", fix="install Go", seconds=0.2),
)
#: One of everything.
WHOLE = Report(
    stack="prod",
    findings=(IN_A_FILE, NOBODY, STOPS, ADVICE, EXCUSED),
    ran=RAN,
    crossguard_only=(Unjudged("random:index/id:Id", 2),),
    nobody=(Unjudged("x:y/z:Z", 1),),
    seconds=3.25,
)


def silent(_request: Request, _emit: Emit) -> Results:
    """A checkov that finds nothing: it is not started."""
    return Results()


def step(token: str, name: str = "a", **state: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A step of a digest that makes a resource."""
    urn = f"urn:pulumi:prod::groundwork::{token}::{name}"
    made = {"urn": urn, "type": token, "custom": True, "inputs": {}, "sourcePosition": "project:///infra/a.py#2"}
    return {"op": "create", "urn": urn, "newState": {**made, **state}}


def written(folder: Path, *steps: dict[str, Any]) -> Path:
    """A preview with these steps, in a file."""
    path = folder / "preview.json"
    path.write_text(json.dumps({"steps": steps}), "utf-8")
    return path


def judged(folder: Path, *steps: dict[str, Any]) -> Report:
    """The report on a preview with these steps; the folder is the checkout."""
    return judge(GateRequest(checkout=folder, preview=written(folder, *steps), files=False, today=TODAY), scan=silent)
