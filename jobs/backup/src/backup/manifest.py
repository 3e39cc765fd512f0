"""The two records in the bucket: the manifest, which makes a point exist, and the proof, which says it restored."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime  # noqa: TC003 - pydantic reads it at run time
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError

from backup.failure import Code, Failure
from backup.point import Point, Tier  # noqa: TC001 - pydantic reads Tier at run time

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def digest(content: bytes) -> str:
    """Hash a JSON object without its `digest`, with sorted keys and no spaces, so that anyone can do it again."""
    fields = json.loads(content)
    fields.pop("digest", None)
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Record(BaseModel):
    """A JSON object that carries the SHA-256 of itself, so that no damaged byte goes unseen."""

    model_config = ConfigDict(frozen=True, extra="allow")

    format: Literal[1] = 1  # grows only when an older reader would misread; new fields alone do not need it
    digest: str = ""

    def sealed(self) -> Self:
        """Give the record with its digest set."""
        return self.model_copy(update={"digest": digest(self.to_bytes())})

    def to_bytes(self) -> bytes:
        """Write it as JSON for people and programs: two spaces, a line feed at the end."""
        return self.model_dump_json(indent=2).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes, where: str) -> Self:
        """Read and check a record.

        Raises:
            Failure: ``VERIFY_FAILED`` when it is damaged or not one of ours.
        """
        try:
            record = cls.model_validate_json(content)
        except ValidationError as error:
            places = sorted({".".join(str(part) for part in item["loc"]) or "the whole" for item in error.errors()})
            raise Failure(Code.VERIFY_FAILED, f"The record is damaged: {', '.join(places)}.", where=where) from None
        if record.digest != digest(content):
            raise Failure(Code.VERIFY_FAILED, "The record is damaged: its digest does not fit.", where=where)
        return record


class Stored(BaseModel):
    """The compressed object: key, bytes, SHA-256, coding."""

    model_config = ConfigDict(frozen=True)

    key: str
    bytes: PositiveInt
    sha256: Sha256
    encoding: Literal["zstd"] = "zstd"


class Database(BaseModel):
    """The database inside it: bytes and SHA-256 of the file, and what `facts.Facts` found."""

    model_config = ConfigDict(frozen=True)

    bytes: PositiveInt
    sha256: Sha256
    page_size: PositiveInt
    encoding: str
    user_version: int
    application_id: int
    schema_sha256: Sha256
    tables: dict[str, NonNegativeInt]
    rows: NonNegativeInt
    foreign_keys: NonNegativeInt | None


class Manifest(Record):
    """What a point is. Written last: its object proves that the data was read back and restored.

    Attributes:
        series, tier, point: which point; they must agree with the manifest's own key.
        started, captured, finished: UTC times by the store's clock: of the run's start, of the snapshot, of this
            record. `captured` is what the age of the data is counted from.
        clock_skew: the machine's clock less the store's, in seconds.
        job_version, sqlite_version: what made it.
        stored, database: the object and its content.
    """

    series: str
    tier: Tier
    point: str
    started: AwareDatetime
    captured: AwareDatetime
    finished: AwareDatetime
    clock_skew: float
    job_version: str
    sqlite_version: str
    stored: Stored
    database: Database

    def at(self, point: Point) -> Self:
        """Make sure that this manifest belongs to `point`: an object that was swapped for another is damage too.

        Raises:
            Failure: ``VERIFY_FAILED`` when it does not.
        """
        if (self.series, self.tier, self.point, self.stored.key) != (point.series, point.tier, point.id, point.data):
            raise Failure(Code.VERIFY_FAILED, "The manifest belongs to another point.", where=point.manifest)
        return self


class Proof(Record):
    """That a point was downloaded, restored and checked, or that this failed.

    Attributes:
        ok: whether it held.
        reason: why not; empty when it did.
        by: the command that proved it.
        level: ``L3``: size and SHA-256, decoding, and the database's own checks.
        started, finished: UTC times by the store's clock.
        captured: when the data was taken; `data_age_seconds` counts from it to `finished`.
        manifest_digest: of the manifest that was held against the data.
    """

    series: str
    tier: Tier
    point: str
    ok: bool
    reason: str = ""
    by: Literal["capture", "verify"]
    level: Literal["L3"] = "L3"
    started: AwareDatetime
    finished: AwareDatetime
    captured: AwareDatetime | None
    data_age_seconds: float | None
    manifest_digest: str
    rows: NonNegativeInt
    tables: NonNegativeInt
    bytes: NonNegativeInt
    sha256: str
    job_version: str
    sqlite_version: str


def age(now: datetime, then: datetime) -> float:
    """Give the seconds from `then` to `now`, never below zero, to the millisecond."""
    return max(0.0, round((now - then).total_seconds(), 3))
