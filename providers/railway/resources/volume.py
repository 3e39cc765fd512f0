"""Volumes and their back-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from providers.kit.api import Ambiguous, NotFound
from providers.kit.handler import Incomplete, ProviderError
from providers.kit.inputs import Inputs
from providers.kit.markers import Replaces, ServerDefault, Unordered
from providers.kit.native import Live, Resource
from providers.railway.client import Client
from providers.railway.graphql import SETTLE
from providers.railway.ids import Home, Id, join, split

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit.handler import Call
    from providers.kit.values import Properties, Value
    from providers.railway import answers

_SHAPE = "environmentId:volumeId"


class VolumeInputs(Inputs):
    """A volume.

    Attributes:
        project_id: the project.
        environment_id: the environment.
        service_id: the one service that it belongs to; it can be given to another.
        mount_path: where the service finds it.
        name: Railway's choice by default.
        region: where it is; the service's region by default.
    """

    project_id: Home
    environment_id: Home
    service_id: Id
    mount_path: Annotated[str, Field(pattern="^/")]
    name: Annotated[str | None, ServerDefault()] = None
    region: Annotated[str | None, ServerDefault(), Replaces()] = None


class Volume(Resource[VolumeInputs, Client]):
    """A volume of one service in one environment. Railway has no look-up by its id alone: the environment is part."""

    token = "railway:index:Volume"  # noqa: S105 - a type token, no secret
    model = VolumeInputs
    computed: ClassVar[Mapping[str, object]] = {"volumeInstanceId": str}

    def key(self, inputs: VolumeInputs) -> Hashable:
        """Its service, its environment and its path."""
        return inputs.service_id, inputs.environment_id, inputs.mount_path

    def find(self, client: Client, call: Call, inputs: VolumeInputs) -> Live | None:
        """The volume that the service has at that path."""
        wanted = (inputs.service_id, inputs.mount_path)
        found = client.volumes(call, inputs.environment_id)
        return next((_live(item) for item in found if (item.service_id, item.mount_path) == wanted), None)

    def make(self, client: Client, call: Call, inputs: VolumeInputs) -> Live:
        """Make it, name it, and wait until it shows in its environment.

        Raises:
            Incomplete: it was made, and could not be named or does not show.
        """
        id_ = self._created(client, call, inputs)
        try:
            if inputs.name:
                client.rename_volume(call, split(id_, _SHAPE)[1], inputs.name)
            return self._shown(client, call, id_)
        except ProviderError as error:
            raise Incomplete(id_, {"volumeInstanceId": ""}, str(error)) from error

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The volume as it is in its environment."""
        del stored
        environment_id, volume_id = split(id, _SHAPE)
        found = client.volumes(call, environment_id)
        return next((_live(item) for item in found if item.volume_id == volume_id), None)

    def change(self, client: Client, call: Call, id: str, old: VolumeInputs, new: VolumeInputs) -> Live:  # noqa: A002 - as above
        """Change its name, where it is mounted, and whose it is."""
        environment_id, volume_id = split(id, _SHAPE)
        if (old.service_id, old.mount_path) != (new.service_id, new.mount_path):
            client.attach_volume(call, volume_id, environment_id, new.service_id, new.mount_path)
        if new.name and new.name != old.name:
            client.rename_volume(call, volume_id, new.name)
        return self._shown(client, call, id)

    def remove(self, client: Client, call: Call, id: str, old: VolumeInputs | None) -> None:  # noqa: A002 - as above
        """Delete it with all that it holds."""
        del old
        client.delete(call, "volumeDelete", volumeId=split(id, _SHAPE)[1])

    def _created(self, client: Client, call: Call, inputs: VolumeInputs) -> str:
        """Make it without its name, and give its id; when the answer is lost, that of what it left."""
        region = {"region": inputs.region} if inputs.region else {}
        try:
            volume_id = client.in_place(
                call,
                inputs.service_id,
                inputs.environment_id,
                lambda: client.create_volume(
                    call,
                    projectId=inputs.project_id,
                    environmentId=inputs.environment_id,
                    serviceId=inputs.service_id,
                    mountPath=inputs.mount_path,
                    **region,
                ),
            )
        except Ambiguous:
            for _ in client.looks(call, SETTLE):
                if live := self.find(client, call, inputs):
                    return live.id
            raise
        return join(inputs.environment_id, volume_id)

    def _shown(self, client: Client, call: Call, id_: str) -> Live:
        """The volume, as soon as it shows."""
        for _ in client.looks(call, SETTLE):
            if live := self.fetch(client, call, id_, {}):
                return live
        raise NotFound(f"volume {id_} does not show in its environment")


class VolumeBackupScheduleInputs(Inputs):
    """When a volume is backed up.

    Attributes:
        volume_instance_id: the volume as it is in its environment.
        kinds: how often; Railway keeps daily back-ups 6 days, weekly ones a month, monthly ones 3 months.
    """

    volume_instance_id: Home
    kinds: Annotated[list[Literal["DAILY", "WEEKLY", "MONTHLY"]], Unordered(), Field(min_length=1)]


class VolumeBackupSchedule(Resource[VolumeBackupScheduleInputs, Client]):
    """The kinds of back-up that a volume gets: all of them."""

    token = "railway:index:VolumeBackupSchedule"  # noqa: S105 - a type token, no secret
    model = VolumeBackupScheduleInputs

    def key(self, inputs: VolumeBackupScheduleInputs) -> Hashable:
        """Its volume."""
        return inputs.volume_instance_id

    def find(self, client: Client, call: Call, inputs: VolumeBackupScheduleInputs) -> Live | None:
        """The schedule that the volume has."""
        return self.fetch(client, call, inputs.volume_instance_id, {})

    def make(self, client: Client, call: Call, inputs: VolumeBackupScheduleInputs) -> Live:
        """Set it."""
        client.update_backup_kinds(call, inputs.volume_instance_id, inputs.kinds)
        return _schedule(inputs.volume_instance_id, inputs.kinds)

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The schedule; one without kinds is none."""
        del stored
        kinds = client.backup_kinds(call, id)
        return _schedule(id, kinds) if kinds else None

    def change(
        self,
        client: Client,
        call: Call,
        id: str,  # noqa: A002 - the engine's word
        old: VolumeBackupScheduleInputs,
        new: VolumeBackupScheduleInputs,
    ) -> Live:
        """Set it."""
        del id, old
        return self.make(client, call, new)

    def remove(self, client: Client, call: Call, id: str, old: VolumeBackupScheduleInputs | None) -> None:  # noqa: A002 - as above
        """Back it up no more; the back-ups that there are stay as long as they would."""
        del old
        client.update_backup_kinds(call, id, [])


def _live(item: answers.VolumeInstance) -> Live:
    inputs: Properties = {
        "projectId": item.volume.project_id,
        "environmentId": item.environment_id,
        "serviceId": item.service_id or "",
        "mountPath": item.mount_path,
        "name": item.volume.name,
        "region": item.region,
    }
    return Live(join(item.environment_id, item.volume_id), inputs, {"volumeInstanceId": item.id})


def _schedule(volume_instance_id: str, kinds: list[str] | list[Literal["DAILY", "WEEKLY", "MONTHLY"]]) -> Live:
    values: list[Value] = [*sorted(kinds)]
    return Live(volume_instance_id, {"volumeInstanceId": volume_instance_id, "kinds": values})
