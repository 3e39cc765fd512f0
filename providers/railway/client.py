"""Railway's API as typed methods; `gw deploy` and `gw import` use them too.

Every method takes the `Call` whose time limit and cancellation hold; outside of the engine ``Call()``, a new one for
each thing that is done. What may be sent twice is tried again when its answer is lost; what makes something new is
not, and raises `Ambiguous` then.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

from providers.kit.api import NotFound
from providers.railway.answers import (
    CustomDomain,
    Domain,
    Domains,
    Environment,
    Instance,
    Named,
    Project,
    Service,
    Settings,
    Staged,
    TcpProxy,
    Trigger,
    VolumeInstance,
    each,
    only,
    present,
    read,
)
from providers.railway.deployments import Deployments
from providers.railway.graphql import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from providers.kit.handler import Call

D = TypeVar("D", bound=Domain)
T = TypeVar("T")

#: Limits are set in GB and read in bytes.
_GIGABYTE = 1_000_000_000

#: What begins so, the platform gives every service itself.
PLATFORM = "RAILWAY_"

#: Settings that the platform takes as variables (https://docs.railway.com/variables/reference): ours, if we give them.
SETTINGS = frozenset(
    f"{PLATFORM}{name}"
    for name in (
        "DEPLOYMENT_DRAINING_SECONDS",
        "DEPLOYMENT_OVERLAP_SECONDS",
        "DOCKERFILE_PATH",
        "HEALTHCHECK_TIMEOUT_SEC",
        "RUN_UID",
        "SHM_SIZE_BYTES",
    )
)


class Client(Deployments):
    """Railway's API at one endpoint, with one token; safe to share between threads."""

    _bringing = threading.Lock()  # for all clients: a service is brought somewhere by one of them

    # Projects and environments.

    def projects(self, call: Call, workspace_id: str | None = None) -> list[Project]:
        """Every project that the token may see, in one workspace or in all."""
        found = self.pages(call, "projects", lambda data: data["projects"], workspaceId=workspace_id)
        return present(Project, found)

    def project(self, call: Call, id: str) -> Project | None:  # noqa: A002 - the API's word
        """One project, None when it was deleted."""
        return only(Project, self.send(call, "project", id=id)["project"])

    def create_project(self, call: Call, **fields: Any) -> Project:  # noqa: ANN401 - ProjectCreateInput
        """Make a project with its default environment."""
        return read(Project, self.send(call, "projectCreate", input=fields)["projectCreate"])

    def update_project(self, call: Call, id: str, **fields: Any) -> Project:  # noqa: A002, ANN401 - ProjectUpdateInput
        """Change a project."""
        return read(Project, self.send(call, "projectUpdate", again=True, id=id, input=fields)["projectUpdate"])

    def environments(self, call: Call, project_id: str) -> list[Environment]:
        """Every environment of a project."""
        found = self.pages(call, "environments", lambda data: data["environments"], projectId=project_id)
        return present(Environment, found)

    def environment(self, call: Call, id: str) -> tuple[Environment, Staged] | None:  # noqa: A002 - the API's word
        """One environment with what is staged in it, None when it was deleted."""
        data = self.send(call, "environment", id=id)
        found = only(Environment, data["environment"])
        return (found, read(Staged, data["environmentStagedChanges"])) if found else None

    def create_environment(self, call: Call, project_id: str, name: str) -> Environment:
        """Make an environment with nothing in it."""
        fields = {"projectId": project_id, "name": name, "skipInitialDeploys": True}
        return read(Environment, self.send(call, "environmentCreate", input=fields)["environmentCreate"])

    def rename_environment(self, call: Call, id: str, name: str) -> Environment:  # noqa: A002 - the API's word
        """Give an environment another name."""
        answer = self.send(call, "environmentRename", again=True, id=id, input={"name": name})
        return read(Environment, answer["environmentRename"])

    def staged(self, call: Call, environment_id: str) -> Staged:
        """What is staged in an environment."""
        answer = self.send(call, "environmentStagedChanges", environmentId=environment_id)
        return read(Staged, answer["environmentStagedChanges"])

    def stage(self, call: Call, environment_id: str, patch: Mapping[str, Any], *, merge: bool) -> Staged:
        """Stage a patch of the environment's configuration, beside what is staged or in its place."""
        answer = self.send(
            call, "environmentStageChanges", again=True, environmentId=environment_id, input=patch, merge=merge
        )
        return read(Staged, answer["environmentStageChanges"])

    def commit_staged(self, call: Call, environment_id: str, message: str) -> None:
        """Commit all that is staged in an environment; deploys nothing."""
        self.send(
            call,
            "environmentPatchCommitStaged",
            environmentId=environment_id,
            commitMessage=message,
            skipDeploys=True,
        )

    def commit(self, call: Call, environment_id: str, patch: Mapping[str, Any], message: str) -> None:
        """Commit a patch of the environment's configuration past what is staged; twice is as once."""
        self.send(
            call, "environmentPatchCommit", again=True, environmentId=environment_id, patch=patch, commitMessage=message
        )

    # Services and how they run.

    def services(self, call: Call, project_id: str) -> list[Service]:
        """Every service of a project."""
        found = self.pages(call, "services", lambda data: data["project"]["services"], projectId=project_id)
        return present(Service, found)

    def service(self, call: Call, id: str) -> Service | None:  # noqa: A002 - the API's word
        """One service, None when it was deleted."""
        return only(Service, self.send(call, "service", id=id)["service"])

    def create_service(self, call: Call, project_id: str, name: str, icon: str) -> Service:
        """Make a service without a source."""
        fields = {"projectId": project_id, "name": name} | ({"icon": icon} if icon else {})
        return read(Service, self.send(call, "serviceCreate", input=fields)["serviceCreate"])

    def update_service(self, call: Call, id: str, name: str, icon: str) -> Service:  # noqa: A002 - the API's word
        """Change a service's name and icon."""
        answer = self.send(call, "serviceUpdate", again=True, id=id, input={"name": name, "icon": icon})
        return read(Service, answer["serviceUpdate"])

    def instances(self, call: Call, environment_id: str) -> list[tuple[str, str]]:
        """Id and name of every service that an environment has."""
        data = self.send(call, "serviceInstances", environmentId=environment_id)
        return [(item["serviceId"], item["serviceName"]) for item in nodes(data["environment"]["serviceInstances"])]

    def instance(self, call: Call, service_id: str, environment_id: str) -> Settings | None:
        """How a service runs in an environment, None when it has left it."""
        data = self.send(call, "serviceInstance", serviceId=service_id, environmentId=environment_id)
        instance = only(Instance, data["serviceInstance"])
        if instance is None:
            return None
        services = (data["environment"].get("config") or {}).get("services") or {}
        deploy = (services.get(service_id) or {}).get("deploy") or {}
        regions = {
            name: int((settings or {}).get("numReplicas") or 1)
            for name, settings in (deploy.get("multiRegionConfig") or {}).items()
        }
        held = (data["serviceInstanceLimitOverride"] or {}).get("containers") or {}
        return Settings(
            instance=instance,
            memory_gb=held["memoryBytes"] / _GIGABYTE if held.get("memoryBytes") else None,
            vcpus=held.get("cpu"),
            regions=regions if len(regions) > 1 else {},
        )

    def in_place(self, call: Call, service_id: str, environment_id: str, make: Callable[[], T]) -> T:
        """What `make` gives. A service is not in an environment that is newer than it: it is brought there first."""
        try:
            return make()
        except NotFound:
            with self._bringing:
                self._bring(call, service_id, environment_id)
            return make()

    def _bring(self, call: Call, service_id: str, environment_id: str) -> None:
        try:
            self.serving(call, service_id, environment_id)
        except NotFound:
            patch = {"services": {service_id: {"isCreated": True}}}
            self.commit(call, environment_id, patch, "Bring the service here")

    def update_instance(self, call: Call, service_id: str, environment_id: str, fields: Mapping[str, Any]) -> None:
        """Change how a service runs in an environment; deploys nothing."""
        self.send(
            call,
            "serviceInstanceUpdate",
            again=True,
            serviceId=service_id,
            environmentId=environment_id,
            input=dict(fields),
        )

    def update_limits(
        self, call: Call, service_id: str, environment_id: str, memory_gb: float | None, vcpus: float | None
    ) -> None:
        """Set what a service may use of memory (GB) and processors in an environment; None for the plan's limit."""
        fields = {"serviceId": service_id, "environmentId": environment_id, "memoryGB": memory_gb, "vCPUs": vcpus}
        self.send(call, "serviceInstanceLimitsUpdate", again=True, input=fields)

    def variables(
        self, call: Call, project_id: str, environment_id: str, service_id: str | None
    ) -> dict[str, str | None]:
        """The variables of a service, or those that are shared, unrendered and without the platform's own.

        None is the value of one that is sealed: nobody can read it.
        """
        answer = self.send(call, "variables", projectId=project_id, environmentId=environment_id, serviceId=service_id)
        found: dict[str, Any] = answer["variables"] or {}
        ours = {name: value for name, value in found.items() if name in SETTINGS or not name.startswith(PLATFORM)}
        return {name: None if value is None else str(value) for name, value in ours.items()}

    def replace_variables(
        self,
        call: Call,
        project_id: str,
        environment_id: str,
        service_id: str | None,
        variables: Mapping[str, str],
    ) -> None:
        """Make these the only variables, without a deploy."""
        fields = {
            "projectId": project_id,
            "environmentId": environment_id,
            **({"serviceId": service_id} if service_id else {}),
            "variables": dict(variables),
            "replace": True,
            "skipDeploys": True,
        }
        self.send(call, "variableCollectionUpsert", again=True, input=fields)

    # Volumes.

    def volumes(self, call: Call, environment_id: str) -> list[VolumeInstance]:
        """Every volume that an environment has."""
        data = self.send(call, "volumeInstances", environmentId=environment_id)
        found = nodes(data["environment"]["volumeInstances"])
        return [item for item in each(VolumeInstance, found) if item.state not in ("DELETING", "DELETED")]

    def create_volume(self, call: Call, **fields: Any) -> str:  # noqa: ANN401 - VolumeCreateInput
        """Make a volume and give its id."""
        return read(Named, self.send(call, "volumeCreate", input=fields)["volumeCreate"]).id

    def rename_volume(self, call: Call, volume_id: str, name: str) -> None:
        """Give a volume another name."""
        self.send(call, "volumeUpdate", again=True, volumeId=volume_id, input={"name": name})

    def attach_volume(self, call: Call, volume_id: str, environment_id: str, service_id: str, mount_path: str) -> None:
        """Give a volume to a service, at a path."""
        self.send(
            call,
            "volumeInstanceUpdate",
            again=True,
            volumeId=volume_id,
            environmentId=environment_id,
            input={"serviceId": service_id, "mountPath": mount_path},
        )

    def backup_kinds(self, call: Call, volume_instance_id: str) -> list[str]:
        """The kinds of a volume's backup schedule, sorted."""
        answer = self.send(call, "volumeInstanceBackupScheduleList", volumeInstanceId=volume_instance_id)
        return sorted(item["kind"] for item in answer["volumeInstanceBackupScheduleList"])

    def update_backup_kinds(self, call: Call, volume_instance_id: str, kinds: Sequence[str]) -> None:
        """Make these the only kinds of a volume's backup schedule."""
        self.send(
            call,
            "volumeInstanceBackupScheduleUpdate",
            again=True,
            volumeInstanceId=volume_instance_id,
            kinds=sorted(kinds),
        )

    # How a service is reached, and what deploys it.

    def custom_domain(self, call: Call, project_id: str, id: str) -> CustomDomain | None:  # noqa: A002 - the API's word
        """One custom domain, None when it was deleted."""
        return only(CustomDomain, self.send(call, "customDomain", id=id, projectId=project_id)["customDomain"])

    def known_custom_domain(self, call: Call, project_id: str, id: str) -> CustomDomain:  # noqa: A002 - the API's word
        """One custom domain that must be there.

        Raises:
            NotFound: it is not.
        """
        return self.one(id, [found] if (found := self.custom_domain(call, project_id, id)) else [])

    def create_custom_domain(self, call: Call, **fields: Any) -> CustomDomain:  # noqa: ANN401 - CustomDomainCreateInput
        """Give a service a domain of the user's own."""
        return read(CustomDomain, self.send(call, "customDomainCreate", input=fields)["customDomainCreate"])

    def update_custom_domain(self, call: Call, id: str, environment_id: str, target_port: int | None) -> None:  # noqa: A002 - the API's word
        """Change the port that a custom domain leads to."""
        self.send(call, "customDomainUpdate", again=True, id=id, environmentId=environment_id, targetPort=target_port)

    def create_service_domain(self, call: Call, **fields: Any) -> Domain:  # noqa: ANN401 - ServiceDomainCreateInput
        """Give a service one of Railway's domains."""
        return read(Domain, self.send(call, "serviceDomainCreate", input=fields)["serviceDomainCreate"])

    def update_service_domain(self, call: Call, domain: Domain, target_port: int | None) -> None:
        """Change the port that one of Railway's domains leads to."""
        fields = {
            "serviceDomainId": domain.id,
            "domain": domain.domain,
            "environmentId": domain.environment_id,
            "serviceId": domain.service_id,
            "targetPort": target_port,
        }
        self.send(call, "serviceDomainUpdate", again=True, input=fields)

    def domains(self, call: Call, project_id: str, environment_id: str, service_id: str) -> Domains:
        """Every domain of a service in an environment."""
        answer = self.send(call, "domains", projectId=project_id, environmentId=environment_id, serviceId=service_id)
        found = answer["domains"]
        return Domains(
            custom_domains=present(CustomDomain, found["customDomains"]),
            service_domains=present(Domain, found["serviceDomains"]),
        )

    def proxies(self, call: Call, environment_id: str, service_id: str) -> tuple[str, list[TcpProxy]]:
        """The environment's project, and every TCP proxy of a service in it."""
        data = self.send(call, "tcpProxies", serviceId=service_id, environmentId=environment_id)
        found = present(TcpProxy, data["tcpProxies"])
        return data["environment"]["projectId"], [item for item in found if item.sync_status != "DELETED"]

    def triggers(self, call: Call, project_id: str, environment_id: str, service_id: str) -> list[Trigger]:
        """What deploys a service in an environment by itself."""
        found = self.pages(
            call,
            "deploymentTriggers",
            lambda data: data["deploymentTriggers"],
            projectId=project_id,
            environmentId=environment_id,
            serviceId=service_id,
        )
        return each(Trigger, found)

    def create_trigger(self, call: Call, **fields: Any) -> Trigger:  # noqa: ANN401 - DeploymentTriggerCreateInput
        """Have a branch deploy a service in an environment."""
        return read(Trigger, self.send(call, "deploymentTriggerCreate", input=fields)["deploymentTriggerCreate"])

    def update_trigger(self, call: Call, id: str, **fields: Any) -> Trigger:  # noqa: A002, ANN401 - DeploymentTriggerUpdateInput
        """Change what deploys."""
        answer = self.send(call, "deploymentTriggerUpdate", again=True, id=id, input=fields)
        return read(Trigger, answer["deploymentTriggerUpdate"])

    @staticmethod
    def one(id: str, items: Iterable[D]) -> D:  # noqa: A002 - the API's word
        """The domain of that id.

        Raises:
            NotFound: it is not among them.
        """
        for item in items:
            if item.id == id:
                return item
        raise NotFound(f"there is no domain {id}")

    def delete(self, call: Call, operation: str, **variables: str) -> None:
        """Carry out one of the operations that remove something; twice is as once."""
        self.send(call, operation, again=True, **variables)
