"""What of the story game is on Railway: the engine, and the keeper that proves its backups.

What of the data is covered on Railway today: Railway itself copies the volume, daily and weekly, and each hour the
keeper restores the newest point of the backups' bucket and checks it. Points are captured where the backup job runs
beside the database. On Railway that place is the engine's own container, as a volume belongs to one service: the job
will be wrapped around the engine's start command (`start_command` has the place for it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from infra.components.railway_project import RailwayProject, RailwayProjectArgs
from infra.components.railway_service import (
    Disk,
    Front,
    Place,
    RailwayService,
    RailwayServiceArgs,
    start_command,
)
from infra.components.railway_variables import SharedVariables, SharedVariablesArgs
from infra.naming import AlertTier
from infra.products.amoisekai.facts import DATA, ENVIRONMENTS, HEALTH, NAME, PORT, EdgeFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infra.components.backup import Store
    from infra.products.amoisekai.files import Files
    from infra.products.shared import Shared
    from infra.settings import Settings
    from providers.railway.sdk import CustomDomain

#: A quarter to each hour: half an hour after the cluster's own proof, so that two look at the newest point.
KEEPER_SCHEDULE = "45 * * * *"

# Service -> its name in the project, where others reach it as NAME.railway.internal.
_ENGINE, _KEEPER = "engine", "keeper"


@dataclass(frozen=True)
class OnRailway:
    """What others must know.

    Attributes:
        facts: what the edge is known by.
        domain: the engine's name, with what its DNS records must hold.
        ready: what must be there before the engine can answer.
    """

    facts: EdgeFacts
    domain: CustomDomain
    ready: pulumi.Resource


def declare(settings: Settings, shared: Shared, files: Files, heartbeat: pulumi.Output[str]) -> OnRailway:
    """Declare the project where this stack owns it, the variables, the engine and the keeper."""
    config = settings.config
    named = config.railway
    environments: Mapping[str, pulumi.Output[str]] = {}
    owned: Sequence[pulumi.Resource] = ()
    project: pulumi.Input[str] = named.project
    environment: pulumi.Input[str] = named.environment
    if named.owned:
        made = RailwayProject(
            NAME,
            RailwayProjectArgs(
                project=NAME,
                description="Story game; declared by groundwork",
                workspace=named.workspace,
                environments=ENVIRONMENTS,
                protect=settings.protect,
            ),
        )
        environments, owned = made.environments, (made,)
        project, environment = made.project_id, environments[ENVIRONMENTS[0]]
    place = Place(project=project, environment=environment, region=named.region, made=owned)
    secrets = SharedVariables(f"{NAME}-shared", SharedVariablesArgs(place=place, values=_secrets(settings, files)))
    engine = _engine(settings, files, place, secrets)
    keeper = _keeper(settings, shared, place, secrets, heartbeat)
    if engine.names is None:
        raise TypeError("the engine is reached by requests")
    facts = EdgeFacts(
        projectId=pulumi.Output.from_input(project),
        environmentId=pulumi.Output.from_input(environment),
        environments=environments,
        engineServiceId=engine.service_id,
        keeperServiceId=keeper.service_id,
        host=config.amoisekai.domains.api,
        serviceDomain=engine.names.railway_host,
        healthPath=HEALTH,
    )
    return OnRailway(facts, engine.names.domain, engine.deployment)


def _engine(settings: Settings, files: Files, place: Place, secrets: SharedVariables) -> RailwayService:
    product = settings.config.amoisekai
    named = settings.config.railway
    return RailwayService(
        f"{NAME}-engine",
        RailwayServiceArgs(
            place=place,
            service=_ENGINE if named.owned else named.services.engine,
            owned=named.owned,
            image=product.engine.image,
            cpu=product.engine.cpu,
            memory=product.engine.memory,
            tier=AlertTier.CRITICAL,
            front=Front(host=product.domains.api, port=PORT, health=HEALTH),
            disk=Disk(path=DATA, protect=settings.protect),
            triggers={"shared": secrets.revision},
            variables={
                "PORT": str(PORT),
                # Workers of the one container: SQLite's volume can be in no second one.
                "WEB_CONCURRENCY": str(product.engine.workers),
                "DATABASE_PATH": f"{DATA}/{product.database}",
                "ALLOWED_ORIGINS": ",".join(f"https://{host}" for host in product.domains.web),
                "SENTRY_ENVIRONMENT": product.sentry.environment,
                "SENTRY_TRACES_SAMPLE_RATE": f"{product.sentry.traces_sample_rate:g}",
                "FILES_BUCKET": files.bucket,
                "FILES_ENDPOINT": settings.config.object_store_endpoint,
                "FILES_REGION": settings.config.object_store_region,
                **{
                    name: secrets.reference(name)
                    for name in (
                        "GEMINI_API_KEY",
                        "INTERNAL_KEY",
                        "SENTRY_DSN",
                        "FILES_ACCESS_KEY_ID",
                        "FILES_SECRET_ACCESS_KEY",
                    )
                },
            },
        ),
    )


def _keeper(
    settings: Settings, shared: Shared, place: Place, secrets: SharedVariables, heartbeat: pulumi.Output[str]
) -> RailwayService:
    config = settings.config
    keys = ("BACKUP_ACCESS_KEY_ID", "BACKUP_SECRET_ACCESS_KEY")
    copy_keys = ("BACKUP_COPY_ACCESS_KEY_ID", "BACKUP_COPY_SECRET_ACCESS_KEY")
    return RailwayService(
        f"{NAME}-keeper",
        RailwayServiceArgs(
            place=place,
            service=_KEEPER if config.railway.owned else config.railway.services.keeper,
            owned=config.railway.owned,
            image=config.images["backup"],
            cpu=config.amoisekai.keeper.cpu,
            memory=config.amoisekai.keeper.memory,
            tier=AlertTier.CRITICAL,
            command=start_command(("backup", "verify")),
            schedule=KEEPER_SCHEDULE,
            triggers={"shared": secrets.revision},
            variables={
                "BACKUP_SERIES": NAME,
                # The one folder that the image's own user may write to where no volume is mounted.
                "BACKUP_SCRATCH": "/tmp",  # noqa: S108 - of the container, which runs this alone
                **_store("BACKUP", shared.store),
                **_store("BACKUP_COPY", shared.copy),
                **{name: secrets.reference(name) for name in (*keys, *copy_keys)},
                "HEARTBEAT_URL": pulumi.Output.secret(heartbeat),
            },
        ),
    )


def _secrets(settings: Settings, files: Files) -> dict[str, pulumi.Output[str]]:
    return {
        "GEMINI_API_KEY": settings.engine.gemini_api_key,
        "INTERNAL_KEY": settings.engine.internal_key,
        "SENTRY_DSN": settings.engine.sentry_dsn,
        "FILES_ACCESS_KEY_ID": files.access_key_id,
        "FILES_SECRET_ACCESS_KEY": files.secret_access_key,
        "BACKUP_ACCESS_KEY_ID": settings.object_store.access_key_id,
        "BACKUP_SECRET_ACCESS_KEY": settings.object_store.secret_access_key,
        "BACKUP_COPY_ACCESS_KEY_ID": settings.copy_store.access_key_id,
        "BACKUP_COPY_SECRET_ACCESS_KEY": settings.copy_store.secret_access_key,
    }


def _store(prefix: str, store: Store) -> dict[str, pulumi.Input[str]]:
    return {
        f"{prefix}_BUCKET": store.bucket,
        f"{prefix}_ENDPOINT": store.endpoint,
        f"{prefix}_REGION": store.region,
    }
