"""What is live in a Railway project, and by what each thing is known."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from delivery.importing.live import Keys, Live, Part, only
from providers.kit.api import NotFound
from providers.kit.handler import Call
from providers.railway.graphql import NotAuthorized
from providers.railway.ids import join
from providers.railway.resources.variable_collection import SHARED
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from providers.railway.answers import CustomDomain, Environment, Project, Service, VolumeInstance
    from providers.railway.client import Client

_PREFIX: Final = "railway:index:"
_PLACE = (Part("serviceId"), Part("environmentId"))
#: What stands before the token in the text that proves whose a domain is (Railway documentation, "Custom domains").
_PROOF: Final = "railway-verify="

#: Natural keys, parents first. The project is the one that the user named.
KEYS: Keys = {
    f"{_PREFIX}Project": ((),),
    f"{_PREFIX}Environment": ((Part("projectId"), Part("name")),),
    f"{_PREFIX}Service": ((Part("projectId"), Part("name")),),
    f"{_PREFIX}ServiceInstance": (_PLACE,),
    f"{_PREFIX}VariableCollection": (_PLACE,),
    f"{_PREFIX}Volume": ((*_PLACE, Part("mountPath")), _PLACE),
    f"{_PREFIX}VolumeBackupSchedule": ((Part("volumeInstanceId"),),),
    f"{_PREFIX}CustomDomain": ((Part("environmentId"), Part("domain", normal=str.lower)),),
    f"{_PREFIX}ServiceDomain": ((*_PLACE, Part("targetPort")), _PLACE),
    f"{_PREFIX}TcpProxy": ((*_PLACE, Part("applicationPort")),),
    f"{_PREFIX}DeploymentTrigger": ((*_PLACE, Part("repository"), Part("branch")),),
    f"{_PREFIX}Deployment": (_PLACE,),
}


def look(client: Client, project_id: str) -> list[Live]:
    """Everything in a project that a program could declare.

    Raises:
        Problem: there is no such project, or the token may not see it (exit code 2).
        ApiError: Railway could not be asked.
    """
    project = None
    with suppress(NotFound, NotAuthorized):  # Railway says either of what the token may not see
        project = client.project(Call(), project_id)
    if project is None:
        raise Problem(
            f"there is no Railway project {project_id}",
            allowed="the id of a project that the token may see: it stands in the project's URL",
            fix="gw import --help",
            exit_code=ExitCode.USAGE,
        )
    environments = client.environments(Call(), project_id)
    services = client.services(Call(), project_id)
    found = [_project(project), *(_service(one) for one in services)]
    found += [_environment(one, by_itself=one.id == _first(project)) for one in environments]
    for environment in environments:
        found += _Inside(client, environment, {one.id: one.name for one in services}).look()
    return found


def _project(project: Project) -> Live:
    gives = {"projectId": only(project.id), "environmentId": only(_first(project))}
    # The user named it: a stack that does not declare it has it from another one.
    return Live(f"{_PREFIX}Project", project.id, f"the project {project.name}", {}, gives, by_itself=True)


def _first(project: Project) -> str:
    """The environment that a project was made with: a program has it as the project's `defaultEnvironmentId`."""
    return project.base_environment_id or next((one.id for one in project.environments), "")


def _environment(environment: Environment, *, by_itself: bool) -> Live:
    return Live(
        f"{_PREFIX}Environment",
        environment.id,
        f"the environment {environment.name}",
        {"projectId": environment.project_id, "name": environment.name},
        {"environmentId": only(environment.id)},
        within=environment.project_id,
        by_itself=by_itself,
    )


def _service(service: Service) -> Live:
    return Live(
        f"{_PREFIX}Service",
        service.id,
        f"the service {service.name}",
        {"projectId": service.project_id, "name": service.name},
        {"serviceId": only(service.id)},
        within=service.project_id,
    )


def _records(domain: CustomDomain) -> dict[str, frozenset[str]]:
    """What the DNS records of a custom domain may be called and hold.

    Railway tells the name of the text that proves the ownership as seen from the zone, and which part of the domain is
    the zone is not known here: each part may be.
    """
    status, labels = domain.status, domain.domain.split(".")
    proof, token = status.verification_dns_host or "", status.verification_token or ""
    proofs = (f"{proof}.{'.'.join(labels[start:])}" for start in range(len(labels))) if proof else ()
    return {
        "name": only(proof, *proofs, *(one.fqdn for one in status.dns_records)),
        # With and without what Railway writes before it: either is what a record may hold.
        "content": only(token, token and f"{_PROOF}{token}", *(one.required_value for one in status.dns_records)),
    }


@dataclass(frozen=True)
class _Inside:
    """One environment, looked into.

    Attributes:
        client: the API.
        environment: which.
        services: names of the project's services, by id.
    """

    client: Client
    environment: Environment
    services: dict[str, str]

    def look(self) -> Iterator[Live]:
        """All that is in it."""
        yield from self._variables("")
        for volume in self.client.volumes(Call(), self.environment.id):
            yield from self._volume(volume)
        for service, _name in self.client.instances(Call(), self.environment.id):
            yield self._live("ServiceInstance", join(service, self.environment.id), "settings", service, by_itself=True)
            yield from self._variables(service)
            yield from self._reached(service)
            yield from self._deployed(service)

    def _variables(self, service: str) -> Iterator[Live]:
        held = self.client.variables(Call(), self.environment.project_id, self.environment.id, service or None)
        if held:  # none at all is no collection
            kind = f"{len(held)} variables" if service else f"{len(held)} shared variables"
            yield self._live("VariableCollection", join(self.environment.id, service or SHARED), kind, service)

    def _volume(self, volume: VolumeInstance) -> Iterator[Live]:
        service = volume.service_id or ""
        yield self._live(
            "Volume",
            join(self.environment.id, volume.volume_id),
            f"the volume {volume.volume.name} at {volume.mount_path}",
            service,
            {"mountPath": volume.mount_path},
            gives={"volumeId": only(volume.volume_id), "volumeInstanceId": only(volume.id)},
        )
        if kinds := self.client.backup_kinds(Call(), volume.id):
            label = f"the backups ({', '.join(kinds).lower()}) of the volume {volume.volume.name}"
            yield self._live("VolumeBackupSchedule", volume.id, label, service, {"volumeInstanceId": volume.id})

    def _reached(self, service: str) -> Iterator[Live]:
        project = self.environment.project_id
        domains = self.client.domains(Call(), project, self.environment.id, service)
        for custom in domains.custom_domains:
            yield self._live(
                "CustomDomain",
                join(project, custom.id),
                f"the domain {custom.domain}",
                service,
                {"domain": custom.domain},
                gives=_records(custom),
            )
        for own in domains.service_domains:
            fields = {"targetPort": str(own.target_port or "")}
            identity = join(project, self.environment.id, service, own.id)
            yield self._live("ServiceDomain", identity, f"Railway's domain {own.domain}", service, fields)
        for proxy in self.client.proxies(Call(), self.environment.id, service)[1]:
            fields = {"applicationPort": str(proxy.application_port)}
            identity = join(self.environment.id, service, proxy.id)
            label = f"the TCP proxy {proxy.domain}:{proxy.proxy_port}"
            yield self._live("TcpProxy", identity, label, service, fields)

    def _deployed(self, service: str) -> Iterator[Live]:
        project = self.environment.project_id
        for trigger in self.client.triggers(Call(), project, self.environment.id, service):
            identity = join(project, self.environment.id, service, trigger.id)
            fields = {"repository": trigger.repository, "branch": trigger.branch}
            label = f"deploys of {trigger.repository}, branch {trigger.branch}"
            yield self._live("DeploymentTrigger", identity, label, service, fields)
        if self.client.serving(Call(), service, self.environment.id).active_deployments:
            yield self._live("Deployment", join(service, self.environment.id), "what runs", service, by_itself=True)

    def _live(  # noqa: PLR0913 - each is one fact of the thing
        self,
        kind: str,
        identity: str,
        label: str,
        service: str,
        fields: dict[str, str] | None = None,
        *,
        gives: dict[str, frozenset[str]] | None = None,
        by_itself: bool = False,
    ) -> Live:
        of = f" of the service {self.services.get(service, service)}" if service else ""
        return Live(
            f"{_PREFIX}{kind}",
            identity,
            f"{label}{of} in {self.environment.name}",
            {"serviceId": service, "environmentId": self.environment.id, **(fields or {})},
            gives or {},
            within=self.environment.id,
            by_itself=by_itself,
        )
