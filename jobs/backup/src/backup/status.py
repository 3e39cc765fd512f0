"""List and status: what there is and how old it is, from the bucket alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backup.failure import Code, Failure
from backup.point import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backup.events import Tell
    from backup.manifest import Manifest, Proof
    from backup.point import Point
    from backup.vault import Vault


@dataclass(frozen=True)
class Status:
    """The newest of everything; each is None when there is none.

    Attributes:
        newest: by tier, the newest point whose manifest is whole.
        proven: the newest point with a proof that holds.
        proof: that proof.
    """

    newest: dict[Tier, Manifest | None]
    proven: Manifest | None
    proof: Proof | None


def status(vault: Vault, tell: Tell) -> Status:
    """Find the newest points, reading no more manifests than needed; `tell` hears of damaged ones."""
    points = {tier: vault.points([tier]) for tier in Tier}
    newest = {tier: next(_whole(vault, reversed(found), tell), None) for tier, found in points.items()}
    recorded = set(vault.proofs())
    every = sorted((point for found in points.values() for point in found), reverse=True)
    for point in every:
        if point.id not in recorded:
            continue
        proof = vault.proof(point)
        if proof is None or not proof.ok:
            continue
        manifest = next(_whole(vault, [point], tell), None)
        if manifest is not None and manifest.digest == proof.manifest_digest:
            return Status(newest, manifest, proof)
    return Status(newest, None, None)


def listing(vault: Vault, tiers: Iterable[Tier], tell: Tell) -> Iterator[tuple[Manifest, Proof | None]]:
    """Give every point whose manifest is whole, oldest first, with its newest proof."""
    recorded = set(vault.proofs())
    for point in vault.points(tiers):
        for manifest in _whole(vault, [point], tell):
            yield manifest, vault.proof(point) if point.id in recorded else None


def _whole(vault: Vault, points: Iterable[Point], tell: Tell) -> Iterator[Manifest]:
    """Read the manifests of `points`, and pass over damaged ones aloud."""
    for point in points:
        try:
            yield vault.manifest(point)
        except Failure as failure:
            if failure.code not in {Code.VERIFY_FAILED, Code.NO_POINT}:
                raise
            tell("manifest_damaged", point=point.id, tier=point.tier, message=failure.message)
