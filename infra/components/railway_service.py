"""A service on Railway as it is in one environment: what it runs, with what, where its data is, how it is reached.

Railway keeps one service for all environments of a project; all else here is of one environment. Settings, variables
and the volume are written without deploying; one deployment at the end runs them all, and is waited for.

A volume belongs to one service, and a service with a volume has one container: Railway mounts it in no second one, and
stops the old container before the new one starts. So such a service cannot be scaled out (it has several workers in its
one container), and is down for some seconds while it is deployed.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pulumi

from infra.components.base import ArgumentError, Component, ComponentArgs
from policies.domain.required import ALERT_TIER_VARIABLE
from providers.railway.sdk import (
    CustomDomain,
    Deployment,
    Service,
    ServiceDomain,
    ServiceInstance,
    VariableCollection,
    Volume,
    VolumeBackupSchedule,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infra.naming import AlertTier

#: How often Railway copies a volume by itself.
BackupKind = Literal["DAILY", "WEEKLY", "MONTHLY"]

# Seconds. A deployment that takes longer than DL-3 allows has failed; starting is a part of it.
_DEPLOYED = 600
_HEALTHY = 300
# Times that a service which fails is started again; a fault that outlasts them is no fault of the moment.
_RESTARTS = 10

# Railway mounts a volume that only root can write to, so the container of an image with a user of its own must start
# as root (Railway documentation, "Volumes"); it is for its entry point, or the command in its place, to go on as that
# user (DL-2).
_AS_ROOT = {"RAILWAY_RUN_UID": "0"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where on Railway a service is.

    Attributes:
        project: id of the project.
        environment: id of the environment.
        region: where its container and volume are.
        made: all environments, where this stack makes them: Railway makes a service in those that are there, and in
            none that comes later.
    """

    project: pulumi.Input[str]
    environment: pulumi.Input[str]
    region: str
    made: Sequence[pulumi.Resource] = ()


@dataclass(frozen=True, kw_only=True)
class Front:
    """How a service that answers requests is reached.

    Attributes:
        host: its name in our own zone.
        port: port that its container listens on.
        health: path that must answer 200 before a deployment gets requests; Railway asks it at no other time.
        drain: seconds that the old container may take to answer what it was asked.
    """

    host: str
    port: int
    health: str
    drain: int = 30

    def __post_init__(self) -> None:
        if not self.health.startswith("/"):
            raise ArgumentError("health", self.health, "a path that begins with '/'")


@dataclass(frozen=True, kw_only=True)
class Disk:
    """The volume of a service.

    Attributes:
        path: where it is mounted.
        backups: how often Railway copies it by itself.
        protect: refuse to delete it (on in prod).
    """

    path: str
    backups: Sequence[BackupKind] = ("DAILY", "WEEKLY")
    protect: bool = True

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path == "/":
            raise ArgumentError("path", self.path, "an absolute path below '/'")


@dataclass(frozen=True, kw_only=True)
class RailwayServiceArgs(ComponentArgs):
    """What the service is made of.

    Attributes:
        place: where it is.
        service: its name, or the id of one that another stack made.
        owned: whether this stack makes it.
        image: what it runs.
        cpu: vCPUs that it may use.
        memory: GB that it may use.
        variables: by name; a secret is a reference to a shared variable, or a secret output.
        tier: whom an alert about it reaches.
        command: what it runs in place of the image's own entry point, as `start_command` makes it.
        front: how it is reached; None: it is not.
        schedule: cron fields, UTC: it runs then, to its end, and at no other time; a run is left out while one runs.
        disk: its volume.
        triggers: what else a new deployment is made for, as the revision of shared variables.

    Raises:
        ArgumentError: it is both reached and on a schedule, or neither; a schedule that is none.
    """

    place: Place
    service: str
    owned: bool
    image: str
    cpu: float
    memory: float
    variables: Mapping[str, pulumi.Input[str]]
    tier: AlertTier
    command: str | None = None
    front: Front | None = None
    schedule: str | None = None
    disk: Disk | None = None
    triggers: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.front is None) == (self.schedule is None):
            raise ArgumentError("schedule", self.schedule, "given where front is not, and only there")
        if self.schedule is not None and len(self.schedule.split()) != 5:  # noqa: PLR2004 - the fields of cron
            raise ArgumentError("schedule", self.schedule, "five cron fields")


@dataclass(frozen=True)
class Names:
    """How a service is called from outside.

    Attributes:
        domain: its name in our own zone, with what its DNS records must hold.
        railway_host: the name that Railway gave it.
    """

    domain: CustomDomain
    railway_host: pulumi.Output[str]


class RailwayService(Component):
    """A service on Railway.

    Makes: the service where this stack owns it, its settings, variables, volume with a backup schedule, domains, and
    a deployment. Other places read ``service_id``, ``deployment`` (the resource to wait for), and of a service that is
    reached its ``names``.
    """

    service_id: pulumi.Output[str]
    deployment: Deployment
    names: Names | None = None

    def __init__(self, name: str, args: RailwayServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("railway_service:RailwayService", name, args, opts)
        self._args = args
        self._place = args.place
        self.service_id = self._service()
        settings = self._settings()
        variables = VariableCollection(
            f"{name}-variables",
            project_id=args.place.project,
            environment_id=args.place.environment,
            service_id=self.service_id,
            # A service carries no labels: the tier says whom alerts about it reach (OB-31).
            variables={ALERT_TIER_VARIABLE: str(args.tier), **(_AS_ROOT if args.disk else {}), **args.variables},
            opts=self.child(depends_on=[settings]),
        )
        triggers = {"settings": settings.revision, "variables": variables.revision, **args.triggers}
        if args.disk is not None:
            triggers["volume"] = self._volume(args.disk)
        if args.front is not None:
            self.names = self._names(args.front)
        self.deployment = Deployment(
            f"{name}-deployment",
            project_id=args.place.project,
            environment_id=args.place.environment,
            service_id=self.service_id,
            triggers=triggers,
            timeout_seconds=_DEPLOYED,
            opts=self.child(depends_on=[self.names.domain] if self.names else []),
        )
        self.register_outputs({"serviceId": self.service_id})

    def _service(self) -> pulumi.Output[str]:
        if not self._args.owned:
            return pulumi.Output.from_input(self._args.service)
        made = Service(
            f"{self.name}-service",
            project_id=self._place.project,
            name=self._args.service,
            opts=self.child(depends_on=self._place.made),
        )
        return made.id

    def _settings(self) -> ServiceInstance:
        args, front = self._args, self._args.front
        return ServiceInstance(
            f"{self.name}-settings",
            project_id=self._place.project,
            environment_id=self._place.environment,
            service_id=self.service_id,
            image=args.image,
            start_command=args.command,
            healthcheck_path=front.health if front else None,
            healthcheck_timeout=_HEALTHY if front else None,
            draining_seconds=front.drain if front else None,
            # A run of a schedule that fails is seen by its heartbeat, and the next one is near.
            restart_policy_type="ON_FAILURE" if front else "NEVER",
            restart_policy_max_retries=_RESTARTS if front else None,
            cron_schedule=args.schedule,
            sleep_application=False,
            num_replicas=1,
            region=self._place.region,
            memory_gb=args.memory,
            vcpus=args.cpu,
            opts=self.child(),
        )

    def _volume(self, disk: Disk) -> pulumi.Output[str]:
        volume = Volume(
            f"{self.name}-volume",
            project_id=self._place.project,
            environment_id=self._place.environment,
            service_id=self.service_id,
            mount_path=disk.path,
            region=self._place.region,
            opts=self.child(protect=disk.protect or None),
        )
        VolumeBackupSchedule(
            f"{self.name}-volume-backups",
            volume_instance_id=volume.volume_instance_id,
            kinds=sorted(disk.backups),
            opts=self.child(),
        )
        return volume.volume_instance_id

    def _names(self, front: Front) -> Names:
        custom = CustomDomain(
            f"{self.name}-domain",
            project_id=self._place.project,
            environment_id=self._place.environment,
            service_id=self.service_id,
            domain=front.host,
            target_port=front.port,
            opts=self.child(),
        )
        own = ServiceDomain(
            f"{self.name}-railway-domain",
            project_id=self._place.project,
            environment_id=self._place.environment,
            service_id=self.service_id,
            target_port=front.port,
            opts=self.child(),
        )
        return Names(custom, own.domain)


def start_command(command: Sequence[str], wrapper: Sequence[str] = ()) -> str | None:
    """A service's start command, run as it is, without a shell; None: the image's own entry point.

    Args:
        command: program and arguments.
        wrapper: program and arguments that start it in turn, and stay beside it while it runs.

    Raises:
        ArgumentError: a wrapper with nothing to wrap: the image's own entry point is not known here.
    """
    if wrapper and not command:
        raise ArgumentError("command", command, "given where there is a wrapper")
    return shlex.join((*wrapper, *command)) or None
