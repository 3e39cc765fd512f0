"""What of the story game is in the cluster: its namespace, and the backup of its SQLite database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra import naming, quantity
from infra.components.backup import PODS_AT_ONCE, SERVICE_ACCOUNT, Backup, BackupArgs, BackupFacts
from infra.components.namespace import ProductNamespace, ProductNamespaceArgs, Quota
from infra.products.amoisekai.facts import NAME

if TYPE_CHECKING:
    from infra.naming import Tags
    from infra.products.shared import Shared
    from infra.settings import Settings
    from infra.shapes import JobSize

# The live one, one beside it that a restore goes to, and as many again: a claim that is being deleted counts until
# the last pod that mounts it has gone.
_VOLUMES = 4


def declare(settings: Settings, shared: Shared, tags: Tags) -> BackupFacts:
    """Declare the namespace and the backup; gives what others know the backup by."""
    config = settings.config
    sizes = config.amoisekai
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
    return Backup(
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
    ).facts


def quota(job: JobSize, volume: str) -> Quota:
    """Room for every backup pod that may run at once, for the database's volume and those beside it."""
    return Quota(
        pods=PODS_AT_ONCE,
        cpu=quantity.cpu_times(job.cpu, PODS_AT_ONCE),
        memory=quantity.times(job.memory, PODS_AT_ONCE),
        storage=quantity.times(volume, _VOLUMES),
        claims=_VOLUMES,
    )
