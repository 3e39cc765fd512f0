"""A point: one capture of one series in one tier, and the keys of its objects in the bucket."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from backup.failure import Code, Failure

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: sorts as ASCII, no letters that look alike
RANDOM_LENGTH = 10  # 50 bits: two captures within one millisecond do not meet
SHAPE = re.compile(rf"\d{{8}}T\d{{9}}Z-[{ALPHABET}]{{{RANDOM_LENGTH}}}")
TICK = timedelta(milliseconds=1)


class Tier(StrEnum):
    """The prefixes that lifecycle rules of the bucket go by; a tier is chosen at the write, never changed later."""

    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, order=True)
class Point:
    """Where one capture lies. Points of one series order by `id`, across tiers.

    Attributes:
        id: UTC time to the millisecond and ten random characters: ``20260102T030405678Z-7H3K9QW2MX``.
        tier: its tier.
        series: its series.
    """

    id: str
    tier: Tier
    series: str

    @property
    def prefix(self) -> str:
        """The folder of its objects."""
        return f"{self.tier}/{self.series}/{self.id}/"

    @property
    def data(self) -> str:
        """The key of the compressed database."""
        return f"{self.prefix}data.zst"

    @property
    def manifest(self) -> str:
        """The key of the manifest: the point exists only when this object does."""
        return f"{self.prefix}manifest.json"

    @property
    def proof(self) -> str:
        """The key of the record of its newest restore proof."""
        return f"{proofs_prefix(self.series)}{self.id}.json"


def tier_prefix(tier: Tier, series: str) -> str:
    """Name the folder of all points of `series` in `tier`."""
    return f"{tier}/{series}/"


def proofs_prefix(series: str) -> str:
    """Name the folder of the proof records of `series`."""
    return f"proofs/{series}/"


def is_point_id(text: str) -> bool:
    """Say whether `text` has the shape of a point's id and names a real time."""
    if SHAPE.fullmatch(text) is None:
        return False
    try:
        time_of(text)
    except ValueError:
        return False
    return True


def time_of(point_id: str) -> datetime:
    """Give the UTC time that `point_id` carries."""
    return datetime.strptime(f"{point_id[:18]}000", "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)


def mint(now: datetime, newest: str | None) -> str:
    """Make a new point's id, later than every point there is.

    A clock that was set back would make new points sort before old ones, and "newest" would lie. So a new id
    carries the later of `now` and one millisecond after the newest point; the true time is in the manifest.

    Args:
        now: the present time, by the store's clock where it is known.
        newest: the greatest id of the series, in any tier and store; None for the first.

    Raises:
        Failure: ``CLOCK`` when the newest point lies at the end of the calendar.
    """
    moment = now.astimezone(UTC)
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    try:
        stamp = moment if newest is None else max(moment, time_of(newest) + TICK)
    except OverflowError:
        raise Failure(Code.CLOCK, "The newest point carries the last time there is.", where=newest or "") from None
    tail = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return f"{stamp:%Y%m%dT%H%M%S}{stamp.microsecond // 1000:03d}Z-{tail}"
