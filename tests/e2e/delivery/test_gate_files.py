"""The gate on the repository's own files: no stack is previewed and nothing runs, so no sandbox is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from delivery.gate import Request, judged
from delivery.stacks import Place
from tests.e2e.delivery.runner import CHECKOUT
from toolchain.errors import ExitCode
from toolchain.events import ignore

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_the_repositorys_files_pass_its_own_gate(tmp_path: Path) -> None:
    """Every file that git tracks: nothing stops, nothing is left unjudged, and each engine has judged."""
    (found,) = judged(Request(place=Place(CHECKOUT, tmp_path / "none")), ignore)

    assert ExitCode.OK is found.report.exit_code, [f"{row.place}: {row.id}" for row in found.report.stopping]
    assert {"checkov", "zizmor", "actionlint"} == {row.engine for row in found.report.ran}
    assert not (tmp_path / "none").exists()
