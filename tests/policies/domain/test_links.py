"""What sets a resource up is found by its output and by its name."""

from __future__ import annotations

from dataclasses import replace

from policies.domain.links import Links
from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import bucket, called, naming, part

TYPE = "aws:s3/bucketPolicy:BucketPolicy"
OWNER = bucket("vault")


def test_a_part_is_counted_by_name_and_by_output() -> None:
    """One names it, one was computed from it, one is another's."""
    parts = [naming("vault", TYPE, "bucket", {}), part(bucket("x"), TYPE, "bucket", {})]
    made = called(part(OWNER, TYPE, "bucket", {}), "made")

    assert Links([*parts, made], "bucket", ("bucket",)).count(OWNER) == len([parts[0], made])


def test_a_part_that_does_both_is_one() -> None:
    """Two ways to belong are one part."""
    both = replace(naming("vault", TYPE, "bucket", {}), depends={"bucket": frozenset({OWNER.urn})})

    assert Links([both], "bucket", ("bucket", "id")).count(OWNER) == 1


def test_unknown_names_are_not_the_same() -> None:
    """What was not seen to belong does not."""
    owner = facts("aws:s3/bucket:Bucket", {"bucket": UNKNOWN})

    assert Links([facts(TYPE, {"bucket": UNKNOWN})], "bucket", ("bucket",)).count(owner) == 0


def test_counting_changes_nothing() -> None:
    """Asked twice, and for a resource without parts, the answer is the same."""
    links = Links([part(OWNER, TYPE, "bucket", {})], "bucket", ("bucket",))

    assert [0, 1, 0, 1] == [links.count(one) for one in (bucket("x"), OWNER) * 2]
