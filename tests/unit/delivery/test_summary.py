"""The table that `gw up` ends with."""

from __future__ import annotations

import io

from rich.console import Console

from delivery.summary import Proof, Summary, show
from sandbox.plugins.catalogue import Standing


def test_it_says_what_is_real_what_was_judged_and_what_was_proven() -> None:
    """Counts by kind with their standing, the policies, and the proof's rows, bytes, SHA-256 and seconds are shown."""
    out = io.StringIO()
    proof = Proof("shop", "/data/shop.db", "p1", "vault", 1234, 3, 5678, 910, "ab" * 32, 1.25, 0.5)
    summary = Summary(
        types={"kubernetes:core/v1:Secret": 2, "grafana:oss/folder:Folder": 1},
        changes={"same": 3},
        policies=17,
        advisories=1,
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
        "17 in force, 0 mandatory findings, 1 advisory",
        "1,234 in 3 tables, equal before and after",
        "5,678 (910 stored)",
        "ab" * 32,
        "1.2 to capture, 0.5 to restore and prove",
        "make up DB=",
    ):
        assert part in text
