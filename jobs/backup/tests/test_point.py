"""Ids of points: unique, in order, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup.failure import Code, Failure
from backup.point import Point, Tier, is_point_id, mint, time_of

TIMES = st.datetimes(datetime(2000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them bare


@given(st.lists(TIMES, min_size=2, max_size=20))
def test_order_holds_for_any_clock(times: list[datetime]) -> None:
    """Ids minted one after the other sort in that order, though the clock jumps back and forth."""
    ids: list[str] = []
    for now in times:
        ids.append(mint(now, max(ids, default=None)))
    assert sorted(ids) == ids
    assert len(set(ids)) == len(ids)


@given(TIMES)
def test_an_id_carries_its_time(now: datetime) -> None:
    """The first point's id gives back the time it was made at, to the millisecond."""
    assert timedelta(0) <= now - time_of(mint(now, None)) < timedelta(milliseconds=1)


@given(TIMES, TIMES)
def test_ids_sort_as_their_times(one: datetime, other: datetime) -> None:
    """Ids of different milliseconds sort as the times do."""
    first, second = mint(one, None), mint(other, None)
    if time_of(first) != time_of(second):
        assert (first < second) == (one < other)


@pytest.mark.parametrize(
    "text",
    ["", "20260102T030405678Z", "20260102T030405678Z-7H3K9QW2M", "20261302T030405678Z-7H3K9QW2MX", "../etc"],
)
def test_other_names_are_no_points(text: str) -> None:
    """A key that is not exactly an id of a real time is not a point."""
    assert not is_point_id(text)


def test_the_end_of_the_calendar_is_refused() -> None:
    """A bucket whose newest point carries the last time there is gets no new point, and says so."""
    with pytest.raises(Failure) as caught:
        mint(datetime.now(UTC), "99991231T235959999Z-7H3K9QW2MX")
    assert caught.value.code is Code.CLOCK


def test_two_at_once_differ() -> None:
    """Two captures within one millisecond get two ids."""
    now = datetime.now(UTC)
    assert len({mint(now, None) for _ in range(1000)}) == 1000


def test_points_sort_by_age_across_tiers() -> None:
    """The newest of several points is the one with the latest id, whatever its tier."""
    old = Point("20260102T030405678Z-7H3K9QW2MX", Tier.HOURLY, "s")
    new = Point("20260102T030405679Z-0000000000", Tier.DAILY, "s")
    assert new == max(old, new)
