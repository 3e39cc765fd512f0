"""The scanner: a request in JSON on standard input, the answer in JSON on standard output; run by checkov's Python.

Standard input takes one object: ``framework``, ``own_checks`` (a folder, or empty), and what is judged: ``plan`` (JSON in
a string), ``manifests``, ``rendered`` (a folder), or ``folder`` and ``files``. What is judged is in no argument and no
file of ours. The answer is what `answer.Answer` holds, or ``error``: what ended the scan, without any value.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from policies.checkov.scanner import files, manifests, plan, quiet
from policies.checkov.scanner.answer import Answer


def main() -> int:
    """Answer one request; returns 0 when every check of it was asked, 1 when the scan itself ended early."""
    # What checkov prints on standard output would be in the middle of the answer.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.load(sys.stdin.buffer)
    quiet.cut_network()
    try:
        answer = _scan(request)
        told: dict[str, Any] = {"checks": answer.checks, "rows": answer.rows, "unjudged": answer.unjudged}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told by its type and place: its text may hold values
        last = traceback.extract_tb(error.__traceback__)[-1]
        told = {"error": f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"}
    with output:
        json.dump(told, output, separators=(",", ":"))
    return 1 if "error" in told else 0


def _scan(request: dict[str, Any]) -> Answer:
    answer = Answer()
    quiet.listen(answer)
    framework, own_checks = request["framework"], request["own_checks"]
    if framework == "terraform_plan":
        plan.judge(request["plan"], own_checks, answer)
    elif framework == "kubernetes":
        if request["manifests"]:
            manifests.judge(request["manifests"], own_checks, answer)
        if request["rendered"]:
            manifests.judge_folder(Path(request["rendered"]), own_checks, answer)
    else:
        files.judge(framework, Path(request["folder"]), request["files"], answer)
    return answer


if __name__ == "__main__":
    sys.exit(main())
