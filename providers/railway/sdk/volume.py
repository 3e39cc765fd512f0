"""Volumes and their back-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from providers.sdk import Computed, Declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi import Input, ResourceOptions


class Volume(Declared):
    """A volume of one service in one environment."""

    token = "railway:index:Volume"  # noqa: S105 - a type token, no secret

    #: Id of the volume as it is in its environment: what back-ups are made of.
    volume_instance_id = Computed[str]("volumeInstanceId")

    def __init__(  # noqa: PLR0913 - the resource's inputs
        self,
        resource_name: str,
        *,
        project_id: Input[str],
        environment_id: Input[str],
        service_id: Input[str],
        mount_path: Input[str],
        name: Input[str] | None = None,
        region: Input[str] | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it."""
        inputs = {
            "projectId": project_id,
            "environmentId": environment_id,
            "serviceId": service_id,
            "mountPath": mount_path,
            "name": name,
            "region": region,
        }
        super().__init__(resource_name, inputs, opts)


class VolumeBackupSchedule(Declared):
    """When Railway backs a volume up."""

    token = "railway:index:VolumeBackupSchedule"  # noqa: S105 - a type token, no secret

    def __init__(
        self,
        resource_name: str,
        *,
        volume_instance_id: Input[str],
        kinds: Input[Sequence[Input[str]]],
        opts: ResourceOptions | None = None,
    ) -> None:
        """Declare it; kinds are DAILY, WEEKLY and MONTHLY, in any order."""
        super().__init__(resource_name, {"volumeInstanceId": volume_instance_id, "kinds": kinds}, opts)
