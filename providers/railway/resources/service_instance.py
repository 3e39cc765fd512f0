"""How a service runs in one environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from providers.kit.api import NotFound
from providers.kit.inputs import Inputs
from providers.kit.markers import Secret, ServerDefault, Unordered, WriteOnly
from providers.kit.native import Live, Resource
from providers.railway import answers, revisions
from providers.railway.client import Client
from providers.railway.ids import Home, join, split

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Self

    from providers.kit.handler import Call
    from providers.kit.values import Properties, Value

_SHAPE = "serviceId:environmentId"


def _blank(value: Any) -> Any:  # noqa: ANN401 - whatever the program gives
    """A text or a list with nothing in it is none: Railway does not tell them apart."""
    return None if value in ("", []) else value


_Text = Annotated[str | None, BeforeValidator(_blank)]
_Texts = Annotated[list[str] | None, BeforeValidator(_blank)]


class RegionConfig(Inputs):
    """What runs in one region."""

    num_replicas: Annotated[int, Field(ge=1)] = 1


class ServiceInstanceInputs(Inputs):
    """How a service runs in one environment. Defaults are Railway's documented ones.

    Attributes:
        project_id: the project.
        service_id: the service.
        environment_id: the environment.
        image: the image that it runs, or
        repo: the repository, as ``owner/name``, that it is built from.
        registry_username: who may pull the image.
        registry_password: that account's password or token.
        builder: how a repository is built; Railway's choice by default.
        build_command: in place of the builder's own.
        dockerfile_path: where the Dockerfile is, if not at the root.
        root_directory: where in the repository the service is.
        watch_patterns: changes outside of these deploy nothing.
        start_command: in place of the image's own.
        pre_deploy_command: run between build and start, such as migrations; a failure ends the deployment.
        healthcheck_path: must answer 200 before a deployment takes over; Railway does not ask it after that.
        healthcheck_timeout: seconds that it is given for that.
        restart_policy_type: what becomes of a process that ends.
        restart_policy_max_retries: how often it is started again after a failure.
        num_replicas: how many run, in the one region.
        region: where; Railway's choice by default.
        multi_region_config: in place of these two, for more than one region: region to what runs there.
        cron_schedule: five fields, UTC: the service runs at these times and ends.
        sleep_application: stop it while nobody asks for it.
        draining_seconds: what an old deployment gets between SIGTERM and SIGKILL.
        overlap_seconds: how long it goes on beside the new one.
        memory_gb: the most memory that one replica may take, in GB; the plan's limit by default.
        vcpus: the most processors that one replica may take; the plan's limit by default.
    """

    project_id: Home
    service_id: Home
    environment_id: Home
    image: _Text = None
    repo: _Text = None
    registry_username: Annotated[str | None, WriteOnly()] = None
    registry_password: Annotated[str | None, WriteOnly(), Secret()] = None
    builder: Annotated[Literal["HEROKU", "NIXPACKS", "PAKETO", "RAILPACK"] | None, ServerDefault()] = None
    build_command: _Text = None
    dockerfile_path: _Text = None
    root_directory: _Text = None
    watch_patterns: Annotated[_Texts, Unordered()] = None
    start_command: _Text = None
    pre_deploy_command: _Texts = None
    healthcheck_path: Annotated[str | None, BeforeValidator(_blank), Field(pattern="^/")] = None
    healthcheck_timeout: Annotated[int, Field(ge=1, le=3600)] = 300
    restart_policy_type: Literal["ALWAYS", "NEVER", "ON_FAILURE"] = "ON_FAILURE"
    restart_policy_max_retries: Annotated[int, Field(ge=0)] = 10
    num_replicas: Annotated[int, Field(ge=1)] = 1
    region: Annotated[str | None, ServerDefault()] = None
    multi_region_config: Annotated[dict[str, RegionConfig] | None, Field(min_length=2)] = None
    cron_schedule: Annotated[str | None, BeforeValidator(_blank), Field(pattern=r"^\S+( \S+){4}$")] = None
    sleep_application: bool = False
    draining_seconds: Annotated[int, Field(ge=0)] = 0
    overlap_seconds: Annotated[int, Field(ge=0)] = 0
    memory_gb: Annotated[float | None, ServerDefault(), Field(alias="memoryGB", gt=0)] = None
    vcpus: Annotated[float | None, ServerDefault(), Field(alias="vCPUs", gt=0)] = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.image and self.repo:
            raise ValueError("image and repo: a service has one of them")
        if (self.registry_username is None) != (self.registry_password is None):
            raise ValueError("registryUsername and registryPassword: both or none")
        if self.multi_region_config and (self.region or self.num_replicas != 1):
            raise ValueError("multiRegionConfig says what runs where: region and numReplicas go without it")
        return self


class ServiceInstance(Resource[ServiceInstanceInputs, Client]):
    """A service in one environment. Its settings wait for the next deployment, which is a resource of its own."""

    token = "railway:index:ServiceInstance"  # noqa: S105 - a type token, no secret
    model = ServiceInstanceInputs
    computed: ClassVar[Mapping[str, object]] = {"revision": str}

    def key(self, inputs: ServiceInstanceInputs) -> Hashable:
        """Its service and its environment."""
        return inputs.service_id, inputs.environment_id

    def find(self, client: Client, call: Call, inputs: ServiceInstanceInputs) -> Live | None:
        """The service in that environment, if somebody has given it a source: a new service has none."""
        live = self.fetch(client, call, join(inputs.service_id, inputs.environment_id), {})
        return live if live and (live.inputs.get("image") or live.inputs.get("repo")) else None

    def make(self, client: Client, call: Call, inputs: ServiceInstanceInputs) -> Live:
        """Give it its settings; a service that is not in that environment yet, as in a later one, is brought there."""
        where = (inputs.service_id, inputs.environment_id)
        return client.in_place(call, *where, lambda: _written(client, call, None, inputs))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """Its settings and limits."""
        service_id, environment_id = split(id, _SHAPE)
        try:
            found = client.instance(call, service_id, environment_id)
        except NotFound:
            return None
        return _live(found, stored) if found else None

    def change(
        self,
        client: Client,
        call: Call,
        id: str,  # noqa: A002 - the engine's word
        old: ServiceInstanceInputs,
        new: ServiceInstanceInputs,
    ) -> Live:
        """Change its settings."""
        del id
        return _written(client, call, old, new)

    def remove(self, client: Client, call: Call, id: str, old: ServiceInstanceInputs | None) -> None:  # noqa: A002 - as above
        """The service leaves this environment, and stays in the others."""
        del old
        service_id, environment_id = split(id, _SHAPE)
        patch = {"services": {service_id: {"isDeleted": True}}}
        client.commit(call, environment_id, patch, "Take the service from here")

    def unsettled(self, old: ServiceInstanceInputs, new: ServiceInstanceInputs) -> frozenset[str]:
        """The revision: each write makes a new one."""
        del old, new
        return frozenset({"revision"})


def _written(client: Client, call: Call, old: ServiceInstanceInputs | None, new: ServiceInstanceInputs) -> Live:
    """Write the settings; the source comes last, so that an instance that has one has all the rest."""
    limits = (new.memory_gb, new.vcpus)
    if limits != ((old.memory_gb, old.vcpus) if old else (None, None)):
        client.update_limits(call, new.service_id, new.environment_id, *limits)
    client.update_instance(call, new.service_id, new.environment_id, _fields(old, new))
    inputs = new.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Live(join(new.service_id, new.environment_id), inputs, {"revision": revisions.written()})


def _fields(old: ServiceInstanceInputs | None, new: ServiceInstanceInputs) -> dict[str, Any]:
    """What `serviceInstanceUpdate` is sent: every setting, so that one that is left out goes back to its default."""
    wire = new.model_dump(mode="json", by_alias=True)
    elsewhere = {
        *("projectId", "serviceId", "environmentId", "image", "repo", "registryUsername", "registryPassword"),
        *("builder", "region", "numReplicas", "multiRegionConfig", "memoryGB", "vCPUs"),
    }
    fields = {name: value for name, value in wire.items() if name not in elsewhere}
    fields["preDeployCommand"] = new.pre_deploy_command or []  # null would change nothing
    fields["watchPatterns"] = new.watch_patterns or []
    if source := {name: wire[name] for name in ("image", "repo") if wire[name]}:
        fields["source"] = source
    if new.builder:
        fields["builder"] = new.builder
    if new.registry_username and new.registry_password:
        credentials = {"username": new.registry_username, "password": new.registry_password}
        fields["registryCredentials"] = credentials
    elif old and old.registry_username:
        fields["registryCredentials"] = None
    return fields | _regions(old, new)


def _regions(old: ServiceInstanceInputs | None, new: ServiceInstanceInputs) -> dict[str, Any]:
    """Where it runs, and how many of it."""
    if new.multi_region_config:
        many = {name: {"numReplicas": config.num_replicas} for name, config in new.multi_region_config.items()}
        return {"multiRegionConfig": many}
    fields: dict[str, Any] = {"numReplicas": new.num_replicas}
    if new.region:
        fields |= {"region": new.region, "multiRegionConfig": {new.region: {"numReplicas": new.num_replicas}}}
    elif old and old.multi_region_config:
        fields["multiRegionConfig"] = None
    return fields


def _live(settings: answers.Settings, stored: Properties) -> Live:
    """The instance, with the documented default wherever Railway says nothing."""
    instance = settings.instance
    command = instance.pre_deploy_command
    source = instance.source or answers.Source()
    many: dict[str, Value] = {name: {"numReplicas": replicas} for name, replicas in settings.regions.items()}
    inputs: Properties = {
        "projectId": instance.service.project_id,
        "serviceId": instance.service_id,
        "environmentId": instance.environment_id,
        "image": source.image,
        "repo": source.repo,
        "builder": instance.builder,
        "buildCommand": instance.build_command or None,
        "dockerfilePath": instance.dockerfile_path or None,
        "rootDirectory": instance.root_directory or None,
        "watchPatterns": [*(instance.watch_patterns or [])] or None,
        "startCommand": instance.start_command or None,
        "preDeployCommand": ([command] if isinstance(command, str) else [*(command or [])]) or None,
        "healthcheckPath": instance.healthcheck_path or None,
        "healthcheckTimeout": instance.healthcheck_timeout or 300,
        "restartPolicyType": instance.restart_policy_type or "ON_FAILURE",
        "restartPolicyMaxRetries": _or(instance.restart_policy_max_retries, 10),
        "numReplicas": 1 if many else instance.num_replicas or 1,
        "region": None if many else instance.region,
        "multiRegionConfig": many or None,
        "cronSchedule": instance.cron_schedule or None,
        "sleepApplication": bool(instance.sleep_application),
        "drainingSeconds": instance.draining_seconds or 0,
        "overlapSeconds": instance.overlap_seconds or 0,
        "memoryGB": settings.memory_gb,
        "vCPUs": settings.vcpus,
    }
    revision = stored.get("revision") or revisions.found()
    return Live(join(instance.service_id, instance.environment_id), inputs, {"revision": revision})


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
