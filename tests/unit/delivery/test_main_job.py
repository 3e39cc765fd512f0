"""The main job: what it makes of how a Job ended, and how the user's folder is offered and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from delivery import main_job
from delivery.cluster_job import Ended
from tests.unit.delivery.cluster import ApiServer
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

_GRANTED = {"app.kubernetes.io/managed-by": "gw-up"}


def test_the_closing_line_is_the_result() -> None:
    """A run that ended with 0 gives its closing line."""
    ended = Ended("job", 0, "Completed", [{"event": "captured", "rows": 3}])

    assert main_job._finished(ended, "captured") == {"event": "captured", "rows": 3}  # noqa: SLF001 - the rule itself


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, ExitCode.DATABASE) for code in (18, 20, 21, 22, 23, 24, 25)),
        (16, ExitCode.NO_SPACE),
        *((code, ExitCode.BACKUP) for code in (0, 1, 10, 13, 137, None)),
    ],
)
def test_how_a_job_ends_decides_the_exit_code(code: int | None, expected: ExitCode) -> None:
    """What speaks of the database ends with 10, a full disk with 7, all else with 11, a missing closing line too."""
    ended = Ended("job", code, "Error", [{"event": "failed", "error": "its words"}])

    with pytest.raises(Problem, match="its words") as problem:
        main_job._finished(ended, "captured")  # noqa: SLF001 - the rule itself

    assert problem.value.exit_code is expected


def test_a_job_without_a_word_is_told_by_its_reason() -> None:
    """A container that was killed before it printed anything is told by Kubernetes' word."""
    with pytest.raises(Problem, match="OOMKilled"):
        main_job._finished(Ended("job", 137, "OOMKilled", []), "captured")  # noqa: SLF001 - the rule itself


def _named(name: str, labels: dict[str, str]) -> dict[str, Any]:
    return {"metadata": {"name": name, "namespace": "shop", "labels": labels}}


def test_what_a_killed_run_offered_is_taken_back_and_nothing_else() -> None:
    """Its claim, its volume and the Jobs made by `gw` go; those of anyone else stay."""
    server = ApiServer(
        objects={
            "persistentvolumeclaims": {"own": _named("own", _GRANTED), "theirs": _named("theirs", {})},
            "persistentvolumes": {"own": _named("own", _GRANTED), "theirs": _named("theirs", {})},
            "jobs": {
                "now": _named("now", {"groundwork.dev/started-by": "gw"}),
                "scheduled": _named("scheduled", {}),
            },
        }
    )

    main_job._take_back(server.client(), "shop")  # noqa: SLF001 - the rule itself

    assert {"persistentvolumeclaims": ["theirs"], "persistentvolumes": ["theirs"], "jobs": ["scheduled"]} == {
        kind: [*rows] for kind, rows in server.objects.items()
    }


def test_runs_on_the_sample_keep_their_jobs() -> None:
    """Where no folder was offered the Jobs of earlier runs stay, to be looked at."""
    server = ApiServer(objects={"jobs": {"now": _named("now", {"groundwork.dev/started-by": "gw"})}})

    main_job._take_back(server.client(), "shop")  # noqa: SLF001 - the rule itself

    assert [*server.of("jobs")] == ["now"]


def test_a_folder_is_offered_inside_the_block_only(tmp_path: Path) -> None:
    """Inside there is one volume on the folder, bound to one claim; afterwards neither."""
    server = ApiServer()

    with main_job._granted(server.client(), "shop", tmp_path) as name:  # noqa: SLF001 - the rule itself
        (volume,) = server.of("persistentvolumes").values()
        inside = (
            volume["spec"]["hostPath"]["path"],
            volume["spec"]["claimRef"]["name"],
            [*server.of("persistentvolumeclaims")],
        )

    assert (str(tmp_path), name, [name]) == inside
    assert [{}, {}] == [server.of("persistentvolumes"), server.of("persistentvolumeclaims")]


def test_a_refused_claim_leaves_no_volume(tmp_path: Path) -> None:
    """Where the API server refuses the claim, the volume that was made for it is taken back."""
    server = ApiServer(faults=[200, 403])

    with pytest.raises(httpx2.HTTPStatusError, match="403"), main_job._granted(server.client(), "shop", tmp_path):  # noqa: SLF001 - the rule itself
        pass

    assert server.of("persistentvolumes") == {}
