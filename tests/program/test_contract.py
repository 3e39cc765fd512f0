"""What the program and the backup job must agree on, asked of the job itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from backup.point import Point, Tier
from backup.scratch import ROOM
from infra import quantity
from infra.components.cron_job import USER_ID
from infra.components.retention import TIERS
from tests.program.conftest import CHECKOUT

if TYPE_CHECKING:
    from tests.program.conftest import Program

_POINT = "20260102T030405678Z-7H3K9QW2MX"


def lifecycle_prefixes(program: Program, name: str) -> set[str]:
    """Prefixes that a bucket's rules expire."""
    rules = program.one(name).inputs["rules"]
    return {rule.get("filter", rule.get("conditions"))["prefix"] for rule in rules} - {""}


@pytest.mark.parametrize(
    "name", ["backups-lifecycle", "backups-second-copy-lifecycle", "backups-second-replica-lifecycle"]
)
def test_everything_that_the_job_writes_expires(prod: Program, name: str) -> None:
    """Each key of a point, in any tier, falls under exactly one expiring prefix; no prefix matches nothing."""
    points = [Point(_POINT, tier, "amoisekai") for tier in Tier]
    keys = {key for point in points for key in (point.data, point.manifest, point.proof)}
    prefixes = lifecycle_prefixes(prod, name)

    assert {key: [key.partition("/")[0] + "/"] for key in keys} == {
        key: [prefix for prefix in prefixes if key.startswith(prefix)] for key in keys
    }
    assert {tier.prefix for tier in TIERS} == prefixes == {key.partition("/")[0] + "/" for key in keys}


@pytest.mark.parametrize("part", ["hourly", "daily"])
def test_a_capture_goes_to_a_tier_that_the_job_knows(prod: Program, part: str) -> None:
    """The argument of each capture is one of the job's own tiers."""
    template = prod.one(f"amoisekai-backup-{part}-cronjob").inputs["spec"]["jobTemplate"]["spec"]["template"]

    assert ["capture", "--tier", Tier(part).value] == template["spec"]["containers"][0]["args"]


def test_pods_run_as_the_user_of_the_image() -> None:
    """The user that the pod names is the Dockerfile's own."""
    dockerfile = (CHECKOUT / "jobs/backup/Dockerfile").read_text(encoding="utf-8")

    assert [f"{USER_ID}:{USER_ID}"] == re.findall(r"^USER (\S+)$", dockerfile, flags=re.MULTILINE)


def test_scratch_holds_a_whole_volume_and_the_room_that_the_job_asks_for(programs: dict[str, Program]) -> None:
    """In each stack a database that fills its volume can still be captured: the job wants a fifth more."""
    short = []
    for stack, program in programs.items():
        volume = program.one("amoisekai-backup-claim").inputs["spec"]["resources"]["requests"]["storage"]
        template = program.one("amoisekai-backup-hourly-cronjob").inputs["spec"]["jobTemplate"]["spec"]["template"]
        (scratch,) = [one["emptyDir"]["sizeLimit"] for one in template["spec"]["volumes"] if one["name"] == "scratch"]
        if quantity.size(scratch) < quantity.size(volume) * ROOM:
            short.append(stack)

    assert [] == short
