"""What Railway answers, as far as we read it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from providers.kit.api import ApiError
from providers.railway.graphql import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

#: A connection of one page, as the list of its nodes.
Nodes = Annotated[list[T], BeforeValidator(nodes)]

#: What we take for good: the deployment serves, or sleeps until it is asked, or waits for its hour.
SERVES = frozenset({"SUCCESS", "SLEEPING"})

#: What no deployment comes back from.
ENDED = frozenset({"FAILED", "CRASHED", "REMOVED", "REMOVING", "SKIPPED"})


class Answer(BaseModel):
    """A part of an answer; what we did not ask for is left out."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        populate_by_name=True,
        defer_build=True,  # at the first use: a plan needs none, and the plugin must start fast
    )


A = TypeVar("A", bound=Answer)


class Named(Answer):
    """A thing with a name."""

    id: str
    name: str


class Project(Named):
    """A project; `environments` are those that the token may see."""

    description: str | None = None
    workspace_id: str | None = None
    pr_deploys: bool = False
    base_environment_id: str | None = None
    deleted_at: datetime | None = None
    environments: Nodes[Named] = []


class Environment(Named):
    """An environment."""

    project_id: str
    deleted_at: datetime | None = None


class Staged(Answer):
    """What is staged in an environment: a patch of its configuration, not yet committed."""

    id: str
    status: str
    patch: dict[str, Any] | None = None


class Service(Named):
    """A service."""

    project_id: str
    icon: str | None = None
    deleted_at: datetime | None = None


class Source(Answer):
    """Where a service's code comes from."""

    image: str | None = None
    repo: str | None = None


class Owner(Answer):
    """The project that something is in."""

    project_id: str


class Instance(Answer):
    """How a service runs in an environment; fields are named as in the API."""

    id: str
    service_id: str
    service_name: str
    environment_id: str
    deleted_at: datetime | None = None
    service: Owner
    source: Source | None = None
    builder: str | None = None
    build_command: str | None = None
    dockerfile_path: str | None = None
    root_directory: str | None = None
    watch_patterns: list[str] | None = None
    start_command: str | None = None
    pre_deploy_command: list[str] | str | None = None
    healthcheck_path: str | None = None
    healthcheck_timeout: int | None = None
    restart_policy_type: str | None = None
    restart_policy_max_retries: int | None = None
    num_replicas: int | None = None
    region: str | None = None
    cron_schedule: str | None = None
    sleep_application: bool | None = None
    draining_seconds: int | None = None
    overlap_seconds: int | None = None


class Settings(Answer):
    """An instance with what is told of it elsewhere.

    Attributes:
        instance: the instance.
        memory_gb: the most memory that a replica may take, where that was set.
        vcpus: the most processors that a replica may take, where that was set.
        regions: replicas by region, where it runs in more than one.
    """

    instance: Instance
    memory_gb: float | None
    vcpus: float | None
    regions: dict[str, int]


class VolumeOf(Named):
    """The volume itself."""

    project_id: str


class VolumeInstance(Answer):
    """A volume as it is in one environment."""

    id: str
    volume_id: str
    environment_id: str
    service_id: str | None = None
    mount_path: str
    region: str | None = None
    state: str | None = None
    size_mb: int | None = Field(default=None, alias="sizeMB")
    volume: VolumeOf


class DnsRecord(Answer):
    """A record that a custom domain needs."""

    record_type: str
    hostlabel: str
    fqdn: str
    required_value: str
    purpose: str


class DomainStatus(Answer):
    """What a custom domain needs, and what Railway has seen of it."""

    verified: bool = False
    verification_dns_host: str | None = None
    verification_token: str | None = None
    dns_records: list[DnsRecord] = []


class Domain(Answer):
    """A domain that leads to a service."""

    id: str
    domain: str
    environment_id: str
    service_id: str
    project_id: str | None = None
    target_port: int | None = None
    deleted_at: datetime | None = None


class CustomDomain(Domain):
    """A domain of the user's own."""

    status: DomainStatus


class Domains(Answer):
    """Every domain of a service in an environment."""

    custom_domains: list[CustomDomain] = []
    service_domains: list[Domain] = []


class Trigger(Answer):
    """A branch whose pushes deploy."""

    id: str
    project_id: str
    environment_id: str
    service_id: str | None = None
    provider: str
    repository: str
    branch: str
    check_suites: bool = False


class Deployment(Answer):
    """One deployment of a service in an environment."""

    id: str
    status: str
    created_at: datetime
    url: str | None = None
    static_url: str | None = None
    can_rollback: bool = False
    can_redeploy: bool = False
    project_id: str
    environment_id: str
    service_id: str | None = None
    meta: dict[str, Any] | None = None

    @property
    def serves(self) -> bool:
        """Whether it is as it should be."""
        return self.status in SERVES


class Serving(Answer):
    """What runs of a service in an environment, and what was last asked for."""

    cron_schedule: str | None = None
    sleep_application: bool | None = None
    latest_deployment: Deployment | None = None
    active_deployments: list[Deployment] = []

    @property
    def good(self) -> Deployment | None:
        """The newest deployment that is as it should be."""
        serving = [item for item in self.active_deployments if item.serves]
        return max(serving, key=lambda item: item.created_at, default=None)


class TcpProxy(Answer):
    """A port of Railway's that leads to a port of a service."""

    id: str
    application_port: int
    proxy_port: int
    domain: str
    sync_status: str
    deleted_at: datetime | None = None


def read(model: type[A], value: Any) -> A:  # noqa: ANN401 - JSON
    """A part of an answer.

    Raises:
        ApiError: it has another shape than Railway's schema says; no value is shown.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        where = ", ".join(".".join(str(part) for part in item["loc"]) or "all of it" for item in error.errors())
        raise ApiError(f"Railway's answer has an unknown shape: {model.__name__}: {where}") from None


def only(model: type[A], value: Any) -> A | None:  # noqa: ANN401 - JSON
    """A part of an answer, None when what it tells of was deleted."""
    if value is None:
        return None
    found = read(model, value)
    return None if getattr(found, "deleted_at", None) else found


def present(model: type[A], values: Iterable[Any]) -> list[A]:
    """Those parts of an answer that were not deleted."""
    return [found for value in values if (found := only(model, value)) is not None]


def each(model: type[A], values: Iterable[Any]) -> list[A]:
    """Those parts of an answer."""
    return [read(model, value) for value in values]
