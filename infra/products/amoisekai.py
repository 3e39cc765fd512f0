"""Amoisekai, the story game: its namespace and the backup of its SQLite database.

The pattern for later products: one `declare` that takes the settings and what products share, and returns what
others must know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra import naming, quantity
from infra.components.backup import PODS_AT_ONCE, SERVICE_ACCOUNT, Backup, BackupArgs, BackupFacts
from infra.components.namespace import ProductNamespace, ProductNamespaceArgs, Quota
from infra.naming import DataClass, Tags

if TYPE_CHECKING:
    from infra.products.shared import Shared
    from infra.settings import Settings
    from infra.shapes import JobSize

NAME = "amoisekai"

# The live one, one beside it that a restore goes to, and as many again: a claim that is being deleted counts until
# the last pod that mounts it has gone.
_VOLUMES = 4


@dataclass(frozen=True)
class Amoisekai:
    """What others must know of the product."""

    namespace: str
    backup: BackupFacts


def declare(settings: Settings, shared: Shared) -> Amoisekai:
    """Declare everything that the product is, in this stack."""
    config = settings.config
    sizes = config.amoisekai
    tags = Tags(
        stack=settings.stack,
        product=NAME,
        owner=config.owner,
        cost_centre=config.cost_centre,
        component=NAME,
        data_class=DataClass.PERSONAL,
    )
    most = {"cpu": sizes.backup.cpu, "memory": sizes.backup.memory}
    space = ProductNamespace(
        NAME,
        ProductNamespaceArgs(
            namespace=naming.namespace(NAME, settings.stack),
            tags=tags,
            service_accounts=(SERVICE_ACCOUNT,),
            quota=quota(sizes.backup, sizes.volume),
            container_default=most,
            container_max=most,
            protect=settings.protect,
        ),
    )
    backup = Backup(
        f"{NAME}-backup",
        BackupArgs(
            space=space,
            tags=tags,
            series=NAME,
            database=sizes.database,
            volume=sizes.volume,
            storage_class=config.storage_class,
            image=config.images["backup"],
            size=sizes.backup,
            store=shared.store,
            copy=shared.copy,
            protect=settings.protect,
        ),
    )
    return Amoisekai(namespace=space.namespace, backup=backup.facts)


def quota(job: JobSize, volume: str) -> Quota:
    """Room for every backup pod that may run at once, for the database's volume and those beside it."""
    return Quota(
        pods=PODS_AT_ONCE,
        cpu=quantity.cpu_times(job.cpu, PODS_AT_ONCE),
        memory=quantity.times(job.memory, PODS_AT_ONCE),
        storage=quantity.times(volume, _VOLUMES),
        claims=_VOLUMES,
    )
