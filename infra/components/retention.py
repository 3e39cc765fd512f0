"""How long a point lives, from how many are kept: one rule for the buckets of every vendor."""

from __future__ import annotations

import math
from dataclasses import dataclass

from infra.components.base import ArgumentError

_HOURS_PER_DAY = 24

#: Days that runs may be missed with every promised point still there: a weekend on which nobody looks.
SPARE_DAYS = 3


@dataclass(frozen=True)
class Tier:
    """One tier of points.

    Attributes:
        prefix: where its objects live in a bucket, ending in ``/``.
        keep: points that must still be there.
        every: hours between two points.
        rewritten: whether an object may be written anew under its name; such a tier cannot be locked.

    Raises:
        ArgumentError: a prefix without its slash, or a count below 1.
    """

    prefix: str
    keep: int
    every: int
    rewritten: bool = False

    def __post_init__(self) -> None:
        if not self.prefix.endswith("/") or self.prefix == "/":
            raise ArgumentError("prefix", self.prefix, "a folder's name ending in '/'")
        for key, count in (("keep", self.keep), ("every", self.every)):
            if count < 1:
                raise ArgumentError(key, count, "at least 1")

    @property
    def promised_days(self) -> int:
        """Days that an object must stay: the span that `keep` points cover."""
        return math.ceil(self.keep * self.every / _HOURS_PER_DAY)

    @property
    def expire_days(self) -> int:
        """Days until an object expires: the days that it must stay, and `SPARE_DAYS` more.

        Stores expire by age and in whole days, they do not count. So there are more points than the requirement says
        while runs succeed, and exactly those when runs were missed for `SPARE_DAYS`. Missed for longer, points go
        that nothing has replaced: the alert on an old backup must come before (BK-12 asks for 24 h). The second
        copy keeps what expired for a month yet (`PrivateBucketArgs.keep_deleted_days`).
        """
        return self.promised_days + SPARE_DAYS


#: `docs/requirements.md` BK-1 and BK-2. Proofs are small records, kept as long as an audit log is hot (OB-27).
TIERS = (
    Tier("hourly/", keep=24, every=1),
    Tier("daily/", keep=30, every=24),
    Tier("proofs/", keep=90, every=24, rewritten=True),
)

#: Days after which the parts of an upload that never ended are dropped.
ABORT_UPLOAD_DAYS = 1
