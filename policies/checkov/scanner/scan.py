"""The scanner: a request in JSON on standard input, the answer in JSON on standard output; run by checkov's Python.

The request is one object: ``framework``, and what is judged: ``plan`` (JSON in a string), ``manifests`` and
``rendered`` (a folder), or ``folder`` and ``files``. So nothing of what is judged is in an argument or in a file of
ours. The answer is what `answer.Answer` holds, or ``error``: what ended the scan, without any value.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from policies.checkov.scanner import network
from policies.checkov.scanner.answer import Answer

#: Framework -> the module here that asks it. Imported when it is asked: checkov takes a second to import.
_JUDGES = {
    "terraform_plan": "plan",
    "kubernetes": "manifests",
    "dockerfile": "files",
    "github_actions": "files",
    "secrets": "files",
}
_POLL_SECONDS = 0.5


def main() -> int:
    """Answer one request; returns 0 when every check of it was asked, 1 when the scan itself ended early."""
    # What checkov prints on standard output would be in the middle of the answer.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    network.cut()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        answer = _scan(json.load(sys.stdin.buffer))
        told = answer.told()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told by type and place: its text may hold values
        last = traceback.extract_tb(error.__traceback__)[-1]
        told = {"error": f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"}
    with output:
        json.dump(told, output, separators=(",", ":"))
    return 1 if "error" in told else 0


def _end_with(parent: int) -> None:
    """End when whoever asked has ended, also by a signal that left it no time to say so."""
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os._exit(1)


def _scan(request: dict[str, Any]) -> Answer:
    answer = Answer()
    import_module("policies.checkov.scanner.swallowed").tell(answer)
    judge = import_module(f"policies.checkov.scanner.{_JUDGES[request['framework']]}").judge
    judge(request, answer)
    return answer


if __name__ == "__main__":
    sys.exit(main())
