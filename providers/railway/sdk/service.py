"""Services, how they run in an environment, and their variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared, secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi import Input, ResourceOptions


class Service(Declared):
    """A service of a project. It has no source of its own: nothing deploys before its settings are there."""

    token = "railway:index:Service"  # noqa: S105 - a type token, no secret

    def __init__(
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        name: Input[str],
        icon: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        super().__init__(resource_name, {"projectId": project_id, "name": name, "icon": icon}, opts)


class ServiceInstance(Declared):
    """How a service runs in one environment."""

    token = "railway:index:ServiceInstance"  # noqa: S105 - a type token, no secret

    #: New at each write of ours: a trigger for a deployment.
    revision = Computed[str]("revision")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        service_id: Input[str],
        environment_id: Input[str],
        image: Input[str] | None = None,
        repo: Input[str] | None = None,
        registry_username: Input[str] | None = None,
        registry_password: Input[str] | None = None,
        builder: Input[str] | None = None,
        build_command: Input[str] | None = None,
        dockerfile_path: Input[str] | None = None,
        root_directory: Input[str] | None = None,
        watch_patterns: Input[Sequence[Input[str]]] | None = None,
        start_command: Input[str] | None = None,
        pre_deploy_command: Input[Sequence[Input[str]]] | None = None,
        healthcheck_path: Input[str] | None = None,
        healthcheck_timeout: Input[int] | None = None,
        restart_policy_type: Input[str] | None = None,
        restart_policy_max_retries: Input[int] | None = None,
        num_replicas: Input[int] | None = None,
        region: Input[str] | None = None,
        multi_region_config: Input[Mapping[str, Input[Mapping[str, Input[int]]]]] | None = None,
        cron_schedule: Input[str] | None = None,
        sleep_application: Input[bool] | None = None,
        draining_seconds: Input[int] | None = None,
        overlap_seconds: Input[int] | None = None,
        memory_gb: Input[float] | None = None,
        vcpus: Input[float] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "projectId": project_id,
            "serviceId": service_id,
            "environmentId": environment_id,
            "image": image,
            "repo": repo,
            "registryUsername": registry_username,
            "registryPassword": secret(registry_password),
            "builder": builder,
            "buildCommand": build_command,
            "dockerfilePath": dockerfile_path,
            "rootDirectory": root_directory,
            "watchPatterns": watch_patterns,
            "startCommand": start_command,
            "preDeployCommand": pre_deploy_command,
            "healthcheckPath": healthcheck_path,
            "healthcheckTimeout": healthcheck_timeout,
            "restartPolicyType": restart_policy_type,
            "restartPolicyMaxRetries": restart_policy_max_retries,
            "numReplicas": num_replicas,
            "region": region,
            "multiRegionConfig": multi_region_config,
            "cronSchedule": cron_schedule,
            "sleepApplication": sleep_application,
            "drainingSeconds": draining_seconds,
            "overlapSeconds": overlap_seconds,
            "memoryGB": memory_gb,
            "vCPUs": vcpus,
        }
        super().__init__(resource_name, inputs, opts, secret=("registryPassword",))


class VariableCollection(Declared):
    """Every variable of a service in an environment, or the variables that an environment shares."""

    token = "railway:index:VariableCollection"  # noqa: S105 - a type token, no secret

    #: New at each write of ours: a trigger for a deployment.
    revision = Computed[str]("revision")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str] | None = None,
        variables: Input[Mapping[str, Input[str]]],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it; without `service_id` these are the shared ones. Mark a secret value by `Output.secret`."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "variables": variables,
        }
        super().__init__(resource_name, inputs, opts)
