"""What one bucket holds of one series: its points, manifests and proofs."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from backup.failure import Code, Failure, NoObject, Taken
from backup.manifest import Manifest, Proof
from backup.point import Point, Tier, is_point_id, proofs_prefix, tier_prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backup.events import Tell
    from backup.store import Entry, Store

ORPHAN_AGE = timedelta(days=1)
"""Data without a manifest that is younger may belong to a run that is still alive."""


@dataclass(frozen=True)
class Survey:
    """One listing of a tier.

    Attributes:
        points: those with a manifest, oldest first.
        unfinished: by point, the objects of those without.
        newest_id: the greatest id in sight, finished or not; None when there is none.
    """

    points: list[Point]
    unfinished: dict[Point, list[Entry]] = field(default_factory=dict)
    newest_id: str | None = None


class Vault:
    """The points of `series` in `store`."""

    def __init__(self, store: Store, series: str) -> None:
        self.store = store
        self.series = series

    def survey(self, tier: Tier) -> Survey:
        """List one tier."""
        prefix = tier_prefix(tier, self.series)
        found: dict[Point, list[Entry]] = defaultdict(list)
        for entry in self.store.entries(prefix):
            point_id, _, _name = entry.key.removeprefix(prefix).partition("/")
            if is_point_id(point_id):
                found[Point(point_id, tier, self.series)].append(entry)
        finished = {point for point, entries in found.items() if any(entry.key == point.manifest for entry in entries)}
        return Survey(
            points=sorted(finished),
            unfinished={point: entries for point, entries in found.items() if point not in finished},
            newest_id=max((point.id for point in found), default=None),
        )

    def points(self, tiers: Iterable[Tier] = Tier) -> list[Point]:
        """List the points that count, oldest first."""
        return sorted(point for tier in tiers for point in self.survey(tier).points)

    def find(self, point_id: str | None, tiers: Iterable[Tier] = Tier) -> Point:
        """Give the point with that id, or the newest.

        Raises:
            Failure: ``NO_POINT``.
        """
        points = [point for point in self.points(tiers) if point_id in {None, point.id}]
        if not points:
            what = "There is no backup yet" if point_id is None else f"There is no point {point_id}"
            raise Failure(
                Code.NO_POINT,
                f"{what} of series {self.series}.",
                where=self.store.where,
                fix="`backup list` shows what there is.",
            )
        return points[-1]

    def manifest(self, point: Point) -> Manifest:
        """Read the manifest of `point`.

        Raises:
            Failure: ``VERIFY_FAILED`` when it is damaged or another point's.
        """
        return Manifest.from_bytes(self.store.get(point.manifest), point.manifest).at(point)

    def commit(self, point: Point, manifest: Manifest) -> None:
        """Write the manifest: from here on the point exists. A lost answer is made up for by reading it back.

        Raises:
            Failure: ``VERIFY_FAILED`` when the store gives something else back.
        """
        content = manifest.to_bytes()
        with suppress(Taken):  # our own write whose answer was lost, or it differs and the next lines say so
            self.store.put(point.manifest, content, new=True)
        if self.store.get(point.manifest) != content:
            raise Failure(Code.VERIFY_FAILED, "The store gives another manifest back.", where=point.manifest)

    def note(self, point: Point, proof: Proof) -> None:
        """Write the proof record of `point`, in place of an older one."""
        self.store.put(point.proof, proof.to_bytes(), new=False)

    def proofs(self) -> list[str]:
        """List the ids that have a proof record, oldest first."""
        prefix = proofs_prefix(self.series)
        names = (entry.key.removeprefix(prefix).removesuffix(".json") for entry in self.store.entries(prefix))
        return sorted(name for name in names if is_point_id(name))

    def proof(self, point: Point) -> Proof | None:
        """Read the proof record of `point`; None when there is none or it is damaged."""
        try:
            proof = Proof.from_bytes(self.store.get(point.proof), point.proof)
        except NoObject:
            return None
        except Failure as failure:
            if failure.code is not Code.VERIFY_FAILED:
                raise
            return None
        return proof if (proof.series, proof.point) == (point.series, point.id) else None

    def sweep(self, survey: Survey, tier: Tier, tell: Tell) -> None:
        """Remove what killed runs left in `tier` more than a day ago, as far as the store lets us.

        Only data without a manifest goes, only of this series, and by the store's clock, never this machine's.
        """
        before = self.store.now() - ORPHAN_AGE
        for remove in (partial(self._remove_objects, survey), partial(self._remove_uploads, tier)):
            try:
                remove(before, tell)
            except Failure as failure:  # keys that may write and not delete still end their own uploads
                tell("sweep_failed", store=self.store.name, message=failure.message, where=failure.where)

    def _remove_objects(self, survey: Survey, before: datetime, tell: Tell) -> None:
        """Delete the data of points that never got a manifest."""
        for point, entries in survey.unfinished.items():
            if all(entry.modified < before for entry in entries):
                for entry in entries:
                    self.store.delete(entry.key)
                tell("orphan_removed", store=self.store.name, point=point.id, objects=len(entries))

    def _remove_uploads(self, tier: Tier, before: datetime, tell: Tell) -> None:
        """Abort the uploads that never ended."""
        for key, upload, started in self.store.uploads(tier_prefix(tier, self.series)):
            if started < before:
                self.store.abort(key, upload)
                tell("upload_removed", store=self.store.name, key=key)
