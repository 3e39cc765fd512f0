"""The backup of one SQLite database, together with the proof that it restores.

Schedules and retention are the requirement's (`docs/requirements.md` BK-1, BK-2): the same in each stack.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from pulumi_kubernetes.core.v1 import (
    PersistentVolumeClaim,
    PersistentVolumeClaimSpecArgs,
    VolumeResourceRequirementsArgs,
)
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs

from infra import naming
from infra.components import egress
from infra.components.base import ArgumentError, Component, ComponentArgs, Suppress
from infra.components.cron_job import Claim, ScheduledJob, ScheduledJobArgs, Scratch
from infra.components.secret import Credentials, CredentialsArgs
from infra.naming import AlertTier, DataClass, Tags

if TYPE_CHECKING:
    import pulumi

    from infra.components.namespace import ProductNamespace
    from infra.settings import StoreKeys
    from infra.shapes import JobSize

#: Service account that backup pods run as.
SERVICE_ACCOUNT = "backup"

#: Pods of a backup that may run at the same time: hourly, daily, proof, and one that a person started.
PODS_AT_ONCE = 4

DATA_PATH = "/data"
SCRATCH_PATH = "/scratch"


@dataclass(frozen=True)
class Run:
    """One of the three schedules.

    Attributes:
        part: last part of its names.
        schedule: cron fields, UTC.
        args: arguments of the backup image.
        starting_deadline: seconds that it may start late; below its period.
        deadline: seconds that it may take.
        live: whether it reads the live database; a proof works from the bucket alone, so it is not even mounted.
    """

    part: str
    schedule: str
    args: tuple[str, ...]
    starting_deadline: int
    deadline: int
    live: bool


#: BK-1: hourly. The Job and its retry together end within half its period, so that RPO 1 h (BK-4) can be met.
HOURLY = Run("hourly", "0 * * * *", ("capture", "--tier", "hourly"), 1_800, 1_800, live=True)
#: BK-2: daily.
DAILY = Run("daily", "0 0 * * *", ("capture", "--tier", "daily"), 21_600, 3_600, live=True)
#: BK-5: a restore takes less than 10 min, so a proof that takes longer has failed. A quarter past, when the hourly
#: point is usually stored: it proves the newest one again, from the first copy. Each capture has proven its own
#: point in both copies before it counts.
PROOF = Run("proof", "15 * * * *", ("verify",), 1_800, 600, live=False)

RUNS = (HOURLY, DAILY, PROOF)


@dataclass(frozen=True)
class Store:
    """A bucket that backups go to: where it is and what opens it.

    Attributes:
        bucket: its name.
        endpoint: URL of its S3 API.
        region: region that requests are signed for.
        keys: secret key pair.
        resource: what must exist before a run can succeed.
    """

    bucket: str
    endpoint: str
    region: str
    keys: StoreKeys
    resource: pulumi.Resource


class BackupFacts(TypedDict):
    """What others know a backup by; exported for each product as ``backups``."""

    product: str
    namespace: str
    claim: str
    database: str
    hourly: str
    daily: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class BackupArgs(ComponentArgs):
    """What the backup of one database is made of.

    Attributes:
        space: the product's namespace.
        tags: tags of the product.
        series: name of the series of points; its folder in the bucket.
        database: file name of the database on its volume.
        volume: size of that volume.
        storage_class: StorageClass of its claim.
        image: of the backup job.
        size: of one run.
        store: first copy off the volume.
        copy: second copy, with another vendor (BK-30: 3-2-1).
        tier: whom a missed or failed backup reaches.
        protect: refuse to delete the volume claim (on in prod).

    Raises:
        ArgumentError: both copies are the same bucket.
    """

    space: ProductNamespace
    tags: Tags
    series: str
    database: str
    volume: str
    storage_class: str
    image: str
    size: JobSize
    store: Store
    copy: Store
    tier: AlertTier = AlertTier.CRITICAL
    protect: bool = True

    def __post_init__(self) -> None:
        if (self.store.endpoint, self.store.bucket) == (self.copy.endpoint, self.copy.bucket):
            raise ArgumentError("copy", self.copy.bucket, "another bucket than the first copy's")


class Backup(Component):
    """The backup of one database.

    Makes: the database's volume claim, the credentials, a way out to both stores, and three CronJobs (hourly, daily,
    restore proof) that carry their alert tier as a label. Other places read ``facts``.
    """

    facts: BackupFacts

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("backup:Backup", name, args, opts)
        tags = args.tags.of(component="backup", data_class=DataClass.PERSONAL)
        namespace = args.space.namespace
        claim = PersistentVolumeClaim(
            f"{name}-claim",
            metadata=ObjectMetaArgs(
                name=f"{args.series}-data",
                namespace=namespace,
                labels=naming.labels(tags, f"{args.series}-data", args.tier),
                # A class that binds on first use leaves the claim pending until a pod comes: nothing to wait for.
                annotations={"pulumi.com/skipAwait": "true"},
            ),
            spec=PersistentVolumeClaimSpecArgs(
                access_modes=["ReadWriteOnce"],
                storage_class_name=args.storage_class,
                resources=VolumeResourceRequirementsArgs(requests={"storage": args.volume}),
            ),
            opts=self.child(protect=args.protect or None, depends_on=[args.space]),
        )
        credentials = Credentials(
            f"{name}-credentials",
            CredentialsArgs(namespace=namespace, secret="backup-stores", tags=tags, values=_keys(args)),  # noqa: S106 - a name
            opts=self.child(depends_on=[args.space]),
        )
        way_out = args.space.allow_egress(
            "allow-object-stores", tags, egress.endpoints([args.store.endpoint, args.copy.endpoint])
        )
        needs = [args.space, claim, credentials, way_out, args.store.resource, args.copy.resource]
        jobs = {
            run.part: ScheduledJob(
                f"{name}-{run.part}", job_args(args, run, tags, credentials), opts=self.child(depends_on=needs)
            )
            for run in RUNS
        }
        self.facts = BackupFacts(
            product=args.tags.product,
            namespace=namespace,
            claim=f"{args.series}-data",
            database=f"{DATA_PATH}/{args.database}",
            hourly=jobs[HOURLY.part].job,
            daily=jobs[DAILY.part].job,
            proof=jobs[PROOF.part].job,
        )
        self.register_outputs({"facts": dict(self.facts)})


def job_args(args: BackupArgs, run: Run, tags: Tags, credentials: Credentials) -> ScheduledJobArgs:
    """Arguments of one of the three jobs; the variables are the contract of `jobs/backup/README.md`."""
    return ScheduledJobArgs(
        namespace=args.space.namespace,
        job=f"backup-{run.part}",
        labels=naming.labels(tags, f"backup-{run.part}", args.tier),
        schedule=run.schedule,
        starting_deadline=run.starting_deadline,
        deadline=run.deadline,
        retries=1,
        image=args.image,
        args=run.args,
        env={
            "BACKUP_SERIES": args.series,
            "BACKUP_DATABASE": f"{DATA_PATH}/{args.database}",
            "BACKUP_SCRATCH": SCRATCH_PATH,
            **_place("BACKUP", args.store),
            **_place("BACKUP_COPY", args.copy),
        },
        secret_env={
            "BACKUP_ACCESS_KEY_ID": credentials.key("access-key-id"),
            "BACKUP_SECRET_ACCESS_KEY": credentials.key("secret-access-key"),
            "BACKUP_COPY_ACCESS_KEY_ID": credentials.key("copy-access-key-id"),
            "BACKUP_COPY_SECRET_ACCESS_KEY": credentials.key("copy-secret-access-key"),
        },
        service_account=SERVICE_ACCOUNT,
        suppress=(
            Suppress(
                id="CKV_K8S_35",
                reason="the job takes its keys from variables; its pod runs that one process and nothing else",
                owner=tags.owner,
                expires=dt.date(2027, 6, 30),
            ),
        ),
        cpu=args.size.cpu,
        memory=args.size.memory,
        # To be written to: a reader of a WAL database makes its -wal and -shm files where they are missing.
        claims=(Claim(f"{args.series}-data", DATA_PATH),) if run.live else (),
        scratch=Scratch(args.size.scratch, SCRATCH_PATH),
    )


def _place(prefix: str, store: Store) -> dict[str, str]:
    return {
        f"{prefix}_BUCKET": store.bucket,
        f"{prefix}_ENDPOINT": store.endpoint,
        f"{prefix}_REGION": store.region,
    }


def _keys(args: BackupArgs) -> dict[str, pulumi.Output[str]]:
    return {
        "access-key-id": args.store.keys.access_key_id,
        "secret-access-key": args.store.keys.secret_access_key,
        "copy-access-key-id": args.copy.keys.access_key_id,
        "copy-secret-access-key": args.copy.keys.secret_access_key,
    }
