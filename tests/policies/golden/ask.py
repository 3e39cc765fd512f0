"""What checkov says of plans: one start of its Python for all of them."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policies.checkov import environment
from toolchain.events import ignore

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKOUT = Path(__file__).parents[3]
_LIMIT_SECONDS = 240


@dataclass(frozen=True)
class Answer:
    """What checkov says of one plan.

    Attributes:
        titles: id of a check -> what it demands.
        said: check and address -> ``passed``, ``failed``, or ``unjudged`` where the check itself broke down.
    """

    titles: Mapping[str, str]
    said: Mapping[tuple[str, str], str]


def ask(plans: Mapping[str, Any]) -> dict[str, Answer]:
    """Have checkov judge every plan, each alone; by the same names."""
    done = subprocess.run(
        [str(environment.python(ignore)), "-X", "utf8", "-m", "tests.policies.golden.judge"],
        input=json.dumps(plans).encode(),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=_CHECKOUT,
        capture_output=True,
        check=False,
        timeout=_LIMIT_SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {name: _answer(told) for name, told in json.loads(done.stdout).items()}


def _answer(told: Mapping[str, Any]) -> Answer:
    titles = {check: title for check, (title, _link) in told["checks"].items()}
    said = {(check, subject): verdict for check, verdict, subject, *_rest in told["rows"]}
    return Answer(titles, said | {(check, subject): "unjudged" for check, subject, _why in told["unjudged"]})
