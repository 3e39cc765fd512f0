"""Run by checkov's Python: a JSON object of plans on standard input, what checkov says of each on standard output.

One process for all plans, as checkov takes seconds to start; each plan is a graph of its own.
"""

from __future__ import annotations

import json
import os
import sys

from policies.checkov.checks import groundwork_terraform  # noqa: F401 - our own checks register themselves
from policies.checkov.scanner import plan, swallowed
from policies.checkov.scanner.answer import Answer


def main() -> None:
    """Judge each plan as `policies.checkov.scanner.scan` judges one."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what checkov prints would be in the middle of the answer
    answer = Answer()
    swallowed.tell(answer)
    told = {}
    for name, document in json.load(sys.stdin).items():
        plan.judge({"plan": json.dumps(document)}, answer)
        told[name] = {"checks": dict(answer.checks), "rows": list(answer.rows), "unjudged": list(answer.unjudged)}
        answer.rows.clear()
        answer.unjudged.clear()
    with output:
        json.dump(told, output)


if __name__ == "__main__":
    main()
