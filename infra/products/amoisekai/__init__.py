"""Amoisekai, the story game: what of it is where, a file for each place.

The pattern for later products: one `declare` that takes the settings and what products share, and returns what
others must know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra import naming
from infra.naming import DataClass, Tags
from infra.products.amoisekai import cluster, railway, watch
from infra.products.amoisekai.facts import NAME

if TYPE_CHECKING:
    from infra.components.backup import BackupFacts
    from infra.products.amoisekai.facts import EdgeFacts
    from infra.products.shared import Shared
    from infra.settings import Settings


@dataclass(frozen=True)
class Amoisekai:
    """What others must know of the product."""

    namespace: str
    backup: BackupFacts
    edge: EdgeFacts


def declare(settings: Settings, shared: Shared) -> Amoisekai:
    """Declare everything that the product is, in this stack."""
    # The Cloudflare SDK is slow to import: only a program that declares such resources pays for it.
    from infra.products.amoisekai import edge, files  # noqa: PLC0415 - as said above

    config = settings.config
    tags = Tags(
        stack=settings.stack,
        product=NAME,
        owner=config.owner,
        cost_centre=config.cost_centre,
        component=NAME,
        data_class=DataClass.PERSONAL,
    )
    backup = cluster.declare(settings, shared, tags)
    watched = watch.watch(settings)
    made = railway.declare(settings, shared, files.declare(settings), watch.heartbeat(settings, watched))
    records = edge.declare(settings, made.domain)
    watch.pages(settings, watched, after=[made.ready, records])
    return Amoisekai(namespace=naming.namespace(NAME, settings.stack), backup=backup, edge=made.facts)
