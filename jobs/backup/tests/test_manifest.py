"""Manifests and proofs: no damaged byte goes unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup.failure import Code, Failure
from backup.manifest import Database, Manifest, Stored
from backup.point import Point, Tier

POINT = Point("20260102T030405678Z-7H3K9QW2MX", Tier.HOURLY, "series")
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
MANIFEST = Manifest(
    series="series",
    tier=Tier.HOURLY,
    point=POINT.id,
    started=NOON,
    captured=NOON,
    finished=NOON,
    clock_skew=0.1,
    job_version="1",
    sqlite_version="3.54.1",
    stored=Stored(key=POINT.data, bytes=10, sha256="a" * 64),
    database=Database(
        bytes=4096,
        sha256="b" * 64,
        page_size=4096,
        encoding="UTF-8",
        user_version=0,
        application_id=0,
        schema_sha256="c" * 64,
        tables={"z": 1, "ä": 2},
        rows=3,
        foreign_keys=None,
    ),
).sealed()
CONTENT = MANIFEST.to_bytes()


def test_a_manifest_reads_back() -> None:
    """What was written is what is read."""
    assert MANIFEST == Manifest.from_bytes(CONTENT, "here").at(POINT)


@given(st.integers(0, len(CONTENT) * 8 - 1))
def test_any_flipped_bit_is_found(bit: int) -> None:
    """A manifest with one flipped bit, anywhere, is refused."""
    damaged = bytearray(CONTENT)
    damaged[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(Failure) as caught:
        Manifest.from_bytes(bytes(damaged), "here")
    assert caught.value.code is Code.VERIFY_FAILED


@given(st.integers(0, len(CONTENT) - 2))
def test_any_truncation_is_found(length: int) -> None:
    """A manifest that was cut short is refused."""
    with pytest.raises(Failure) as caught:
        Manifest.from_bytes(CONTENT[:length], "here")
    assert caught.value.code is Code.VERIFY_FAILED


def test_anyone_can_work_the_digest_out() -> None:
    """The digest is the hash of the other fields as JSON with sorted keys and no spaces."""
    fields = json.loads(CONTENT)
    digest = fields.pop("digest")
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    assert digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_newer_manifest_with_more_fields_reads() -> None:
    """A field that this version does not know, at any depth, does not make a manifest unreadable."""
    fields = json.loads(CONTENT)
    fields["new"] = fields["stored"]["new"] = 1
    fields.pop("digest")
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    fields["digest"] = hashlib.sha256(text.encode()).hexdigest()
    assert POINT.id == Manifest.from_bytes(json.dumps(fields).encode(), "here").point


def test_another_points_manifest_is_refused() -> None:
    """A whole manifest that lies at another point's key is damage."""
    other = Point("20260102T030405679Z-7H3K9QW2MX", Tier.HOURLY, "series")
    with pytest.raises(Failure) as caught:
        MANIFEST.at(other)
    assert caught.value.code is Code.VERIFY_FAILED
