"""Production's backups are locked: whoever stole the keys cannot delete them before their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.components.retention import TIERS

if TYPE_CHECKING:
    from tests.program.conftest import Declared, Program

LOCKS = (
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "cloudflare:index/r2BucketLock:R2BucketLock",
)
_SECONDS_PER_DAY = 86_400


def lifecycle(prod: Program, bucket: str) -> Declared:
    """The lifecycle of an S3 bucket."""
    return next(
        one
        for one in prod.of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
        if one.inputs["bucket"] == bucket
    )


@pytest.mark.parametrize("stack", ["local", "staging"])
def test_only_prod_is_locked(programs: dict[str, Program], stack: str) -> None:
    """A lock outlives its stack, so a stack that may go has none."""
    assert [] == [one.name for one in programs[stack].resources if one.token in LOCKS]


def test_both_s3_copies_are_locked_for_a_month(prod: Program) -> None:
    """The copy and its replica have a lock of 30 days, and are made with it."""
    locks = {one.inputs["bucket"]: one.inputs["rule"]["defaultRetention"] for one in prod.of(LOCKS[0])}
    made = {
        one.inputs["bucket"] for one in prod.of("aws:s3/bucket:Bucket") if one.inputs.get("objectLockEnabled") is True
    }

    assert {bucket: {"mode": "GOVERNANCE", "days": 30} for bucket in made} == locks
    assert {"copy", "replica"} == {bucket.split("-")[3] for bucket in locks}


def test_no_lock_on_s3_outlives_its_object(prod: Program) -> None:
    """Of each tier, a version is locked for less time than the lifecycle lets it live."""
    for one in prod.of(LOCKS[0]):
        rules = lifecycle(prod, one.inputs["bucket"]).inputs["rules"]
        lives = [
            rule["expiration"]["days"] + rule["noncurrentVersionExpiration"]["noncurrentDays"]
            for rule in rules
            if "expiration" in rule
        ]
        assert len(TIERS) == len(lives)
        assert one.inputs["rule"]["defaultRetention"]["days"] < min(lives)


def test_the_lock_on_r2_lasts_as_long_as_points_must_stay(prod: Program) -> None:
    """Hourly points for a day, daily ones for 30; proofs are written anew, so they are not locked."""
    rules = prod.one("backups-lock").inputs["rules"]
    found = {rule["prefix"]: (rule["enabled"], rule["condition"]) for rule in rules}

    assert {
        "hourly/": (True, {"type": "Age", "maxAgeSeconds": _SECONDS_PER_DAY}),
        "daily/": (True, {"type": "Age", "maxAgeSeconds": 30 * _SECONDS_PER_DAY}),
    } == found


def test_a_locked_object_can_be_replicated(prod: Program) -> None:
    """The role may read the lock that it takes along."""
    policy = prod.one("backups-second-replication-rights").inputs["policy"]

    assert {"s3:GetObjectRetention", "s3:GetObjectLegalHold"} <= set(policy.replace('"', " ").split())
