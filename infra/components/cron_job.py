"""A job on a schedule, with the settings that every job here has: one at a time, bounded, confined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_kubernetes.batch.v1 import CronJob, CronJobSpecArgs, JobSpecArgs, JobTemplateSpecArgs
from pulumi_kubernetes.core.v1 import (
    CapabilitiesArgs,
    ContainerArgs,
    EmptyDirVolumeSourceArgs,
    EnvVarArgs,
    EnvVarSourceArgs,
    PersistentVolumeClaimVolumeSourceArgs,
    PodSecurityContextArgs,
    PodSpecArgs,
    PodTemplateSpecArgs,
    ResourceRequirementsArgs,
    SeccompProfileArgs,
    SecretKeySelectorArgs,
    SecurityContextArgs,
    VolumeArgs,
    VolumeMountArgs,
)
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs

from infra.components.base import ArgumentError, Component, ComponentArgs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from infra.components.secret import SecretKey

#: The user of every job's image (`jobs/*/Dockerfile`), and the group that owns its volumes. Above 10000, so that it
#: is no user of a node (checkov CKV_K8S_40).
USER_ID = 10001

_FIVE_FIELDS = 5
# Kubernetes skips a run whose deadline is below the controller's own pace of 10 s (CronJob documentation).
_LEAST_STARTING_DEADLINE = 10
# A pod that has ended is kept for a day: a person can still read what happened last night.
_KEEP_SECONDS = 86_400
_HISTORY = 3


@dataclass(frozen=True)
class Claim:
    """A volume claim, mounted to be written to."""

    claim: str
    path: str


@dataclass(frozen=True)
class Scratch:
    """An empty folder on disk that lives as long as the pod."""

    size: str
    path: str


@dataclass(frozen=True, kw_only=True)
class ScheduledJobArgs(ComponentArgs):
    """What a scheduled job is made of.

    Attributes:
        namespace: where it runs.
        job: its name there.
        labels: of the CronJob, its Jobs and its Pods; from `infra.naming.labels`.
        schedule: five cron fields, UTC.
        starting_deadline: seconds that a run may start late before it counts as missed.
        deadline: seconds after which a run is stopped and counts as failed.
        retries: further pods that one run may use.
        image: by digest, or a sandbox image in ``local``.
        args: the container's arguments.
        env: plain variables.
        secret_env: variables that come from Secrets.
        service_account: account that the pod runs as; it gets no token.
        cpu: cores, request and limit alike.
        memory: request and limit alike.
        claims: volumes that hold data.
        scratch: an empty folder on the node's disk; a pod that outgrows its size is evicted.
        tmp: the same for temporary files.

    Raises:
        ArgumentError: no five cron fields, a deadline out of bounds, or a variable given twice.
    """

    namespace: str
    job: str
    labels: Mapping[str, str]
    schedule: str
    starting_deadline: int
    deadline: int
    retries: int
    image: str
    args: Sequence[str]
    env: Mapping[str, str]
    secret_env: Mapping[str, SecretKey]
    service_account: str
    cpu: str
    memory: str
    claims: Sequence[Claim] = ()
    scratch: Scratch | None = None
    tmp: Scratch = field(default=Scratch("64Mi", "/tmp"))  # noqa: S108 - a path inside the pod, its own emptyDir

    def __post_init__(self) -> None:
        if len(self.schedule.split()) != _FIVE_FIELDS:
            raise ArgumentError("schedule", self.schedule, "five cron fields such as '0 * * * *'")
        if self.starting_deadline < _LEAST_STARTING_DEADLINE:
            raise ArgumentError("starting_deadline", self.starting_deadline, "at least 10 seconds")
        if self.deadline < 1:
            raise ArgumentError("deadline", self.deadline, "at least 1 second")
        if self.retries < 0:
            raise ArgumentError("retries", self.retries, "0 or more")
        if twice := sorted(set(self.env) & set(self.secret_env)):
            raise ArgumentError("secret_env", twice, "variables that env does not name")


class ScheduledJob(Component):
    """A CronJob. Other places read ``job``, its name."""

    job: str

    def __init__(self, name: str, args: ScheduledJobArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("cron_job:ScheduledJob", name, args, opts)
        self.job = args.job
        labels = dict(args.labels)
        CronJob(
            f"{name}-cronjob",
            metadata=ObjectMetaArgs(name=args.job, namespace=args.namespace, labels=labels),
            spec=CronJobSpecArgs(
                schedule=args.schedule,
                time_zone="Etc/UTC",
                concurrency_policy="Forbid",
                starting_deadline_seconds=args.starting_deadline,
                successful_jobs_history_limit=_HISTORY,
                failed_jobs_history_limit=_HISTORY,
                suspend=False,
                job_template=JobTemplateSpecArgs(
                    metadata=ObjectMetaArgs(labels=labels),
                    spec=JobSpecArgs(
                        active_deadline_seconds=args.deadline,
                        backoff_limit=args.retries,
                        ttl_seconds_after_finished=_KEEP_SECONDS,
                        template=PodTemplateSpecArgs(metadata=ObjectMetaArgs(labels=labels), spec=pod(args)),
                    ),
                ),
            ),
            opts=self.child(),
        )
        self.register_outputs({"job": self.job})


def pod(args: ScheduledJobArgs) -> PodSpecArgs:
    """The pod of one run, as the ``restricted`` profile of Pod Security demands it, and stricter."""
    volumes = _volumes(args)
    return PodSpecArgs(
        restart_policy="Never",
        service_account_name=args.service_account,
        automount_service_account_token=False,
        enable_service_links=False,
        security_context=PodSecurityContextArgs(
            run_as_non_root=True,
            run_as_user=USER_ID,
            run_as_group=USER_ID,
            fs_group=USER_ID,
            # A database volume is large: its files are walked once, not at every run.
            fs_group_change_policy="OnRootMismatch",
            seccomp_profile=SeccompProfileArgs(type="RuntimeDefault"),
        ),
        containers=[
            ContainerArgs(
                name=args.job,
                image=args.image,
                image_pull_policy="IfNotPresent",
                args=list(args.args),
                env=environment(args),
                resources=_resources(args),
                security_context=SecurityContextArgs(
                    allow_privilege_escalation=False,
                    privileged=False,
                    read_only_root_filesystem=True,
                    run_as_non_root=True,
                    capabilities=CapabilitiesArgs(drop=["ALL"]),
                    seccomp_profile=SeccompProfileArgs(type="RuntimeDefault"),
                ),
                volume_mounts=[VolumeMountArgs(name=name, mount_path=path) for name, path, _ in volumes],
            )
        ],
        volumes=[volume for _, _, volume in volumes],
    )


def environment(args: ScheduledJobArgs) -> list[EnvVarArgs]:
    """Variables by name, so that the same ones in another order give no diff."""
    plain = {name: EnvVarArgs(name=name, value=value) for name, value in args.env.items()}
    secret = {
        name: EnvVarArgs(
            name=name,
            value_from=EnvVarSourceArgs(secret_key_ref=SecretKeySelectorArgs(name=held.secret, key=held.key)),
        )
        for name, held in args.secret_env.items()
    }
    return [variable for _, variable in sorted({**plain, **secret}.items())]


def _resources(args: ScheduledJobArgs) -> ResourceRequirementsArgs:
    """Requests equal limits: a run is never the one that a full node throws out."""
    amounts = {"cpu": args.cpu, "memory": args.memory}
    return ResourceRequirementsArgs(requests=amounts, limits=amounts)


def _volumes(args: ScheduledJobArgs) -> list[tuple[str, str, VolumeArgs]]:
    """Name, path and volume of each mount. Scratch is on disk, not in memory; its size limit evicts, not the node."""
    found = [
        (
            f"data-{place}" if place else "data",
            claim.path,
            VolumeArgs(
                name=f"data-{place}" if place else "data",
                persistent_volume_claim=PersistentVolumeClaimVolumeSourceArgs(claim_name=claim.claim),
            ),
        )
        for place, claim in enumerate(args.claims)
    ]
    folders = [("scratch", args.scratch), ("tmp", args.tmp)]
    found += [
        (name, folder.path, VolumeArgs(name=name, empty_dir=EmptyDirVolumeSourceArgs(size_limit=folder.size)))
        for name, folder in folders
        if folder
    ]
    return found
