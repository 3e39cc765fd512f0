"""The table that `gw up` ends with."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

from rich.console import Console

from delivery.summary import Proof, Summary, show
from policies.finding import Engine, Finding
from policies.gate.judgement import Report
from policies.gate.outcome import Ran, Subject
from policies.rule import Enforcement
from policies.suppression import Suppression
from sandbox.plugins.catalogue import Standing

ADVICE = Finding(engine=Engine.CROSSGUARD, id="a-rule", level=Enforcement.ADVISORY, message="it could be better")
EXCUSE = Suppression(id="a-rule", where="urn:*", reason="not yet done", owner="me", expires=dt.date(2027, 1, 31))


def test_it_says_what_is_real_what_was_judged_and_what_was_proven() -> None:
    """Counts by kind with their standing, the policies, and the proof's rows, bytes, SHA-256 and seconds are shown."""
    out = io.StringIO()
    proof = Proof("shop", "/data/shop.db", "p1", "vault", 1234, 3, 5678, 910, "ab" * 32, 1.25, 0.5)
    summary = Summary(
        types={"kubernetes:core/v1:Secret": 2, "grafana:oss/folder:Folder": 1},
        changes={"same": 3},
        gate=Report(
            stack="local",
            findings=(ADVICE, replace(ADVICE, level=Enforcement.MANDATORY, suppressed=EXCUSE)),
            ran=(
                Ran(engine=Engine.CROSSGUARD, subject=Subject.PREVIEW, judged=43, passed=1944, failed=1),
                Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, judged=32, passed=290, failed=15),
            ),
        ),
        standing={"kubernetes:core/v1:Secret": Standing.REAL, "grafana:oss/folder:Folder": Standing.RECORDED},
        proof=proof,
        seconds=12.34,
        database=None,
    )

    show(summary, Console(file=out, width=160))

    text = " ".join(out.getvalue().split())
    for part in (
        "grafana:oss/folder:Folder 1 recorded",
        "kubernetes:core/v1:Secret 2 real",
        "crossguard 1,945 checks on 43 resources, checkov 305 checks on 32 resources;",
        "0 mandatory findings, 1 advisory, 1 suppressed, 0 not judged",
        "1,234 in 3 tables, equal before and after",
        "5,678 (910 stored)",
        "ab" * 32,
        "1.2 to capture, 0.5 to restore and prove",
        "make up DB=",
    ):
        assert part in text
