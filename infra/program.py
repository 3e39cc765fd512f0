"""The whole program, wired once: settings in, resources declared, exports out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from infra.products import amoisekai, shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infra.components.backup import BackupFacts
    from infra.products.amoisekai import Amoisekai
    from infra.products.amoisekai.facts import EdgeFacts
    from infra.products.shared import Shared
    from infra.settings import Settings
    from infra.stackfile import Product

#: Every product, by the name that a stack file knows it by.
PRODUCTS: Mapping[Product, Callable[[Settings, Shared], Amoisekai]] = {"amoisekai": amoisekai.declare}


@dataclass(frozen=True, kw_only=True)
class Exports:
    """What the stack tells the world; `gw` and the deployment read it.

    Attributes:
        namespaces: product -> namespace.
        backups: what each product's backup is known by.
        edge: product -> what its edge is known by.
        buckets: names of the two buckets that backups go to.
        copy_writer_policy_arn: IAM policy to attach to the user whose keys the job holds.
    """

    namespaces: Mapping[str, str]
    backups: list[BackupFacts]
    edge: Mapping[str, EdgeFacts]
    buckets: Mapping[str, str]
    copy_writer_policy_arn: pulumi.Output[str]


def build(settings: Settings) -> Exports:
    """Declare everything that this stack is."""
    if settings.stack == "prod" and settings.unprotected:
        pulumi.log.warn(
            "groundwork:allowUnprotected is open: buckets, keys and volumes of PROD can be deleted. The policies "
            "let it pass with --policy-pack-config policies/unprotected.json alone. "
            "Set it back to 'never' at once when done."
        )
    common = shared.declare(settings)
    made = {product: PRODUCTS[product](settings, common) for product in settings.config.products}
    return Exports(
        namespaces={product: held.namespace for product, held in made.items()},
        backups=[held.backup for held in made.values()],
        edge={product: held.edge for product, held in made.items()},
        buckets={"store": common.store.bucket, "copy": common.copy.bucket},
        copy_writer_policy_arn=common.writer_policy_arn,
    )
