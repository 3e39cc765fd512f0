"""Volumes, their instances in environments, and when they are backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.railway.connection import in_any_order
from sandbox.railway.errors import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root

#: A volume of the Hobby plan (docs.railway.com, "Volumes").
SIZE_MB = 5000
_REGION = "us-west2"
_DAY = 24 * 3600
# Kind -> when, and how long it is kept: 6 days, 1 month, 3 months (docs.railway.com, "Backups").
_SCHEDULES = {
    "DAILY": ("0 0 * * *", 6 * _DAY),
    "WEEKLY": ("0 0 * * 0", 30 * _DAY),
    "MONTHLY": ("0 0 1 * *", 90 * _DAY),
}


def _create(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    project = account.find("projects", wanted["projectId"])["id"]
    service = wanted.get("serviceId")
    if service is not None:
        account.within("services", service, project)
    _check_path(wanted["mountPath"])
    # Not given: everywhere. Given and null: nowhere.
    if "environmentId" not in wanted:
        places = [found["id"] for found in account.all("environments", projectId=project)]
    else:
        places = [] if wanted["environmentId"] is None else [wanted["environmentId"]]
    for environment in places:
        account.within("environments", environment, project)
        _free(account, service, environment)
    made = account.make("volumes", {"projectId": project, "name": f"volume-{account.number()}"})
    for environment in places:
        account.make(
            "volumeInstances",
            {
                "volumeId": made["id"],
                "environmentId": environment,
                "serviceId": service,
                "mountPath": wanted["mountPath"],
                "region": wanted.get("region") or _REGION,
                "sizeMB": SIZE_MB,
                "currentSizeMB": SIZE_MB * 0.02,
                "state": "READY",
                "schedules": [],
            },
        )
    return made


def _check_path(path: str) -> None:
    if not path.startswith("/"):
        raise refused("Invalid mount path")


def _free(account: Account, service: str | None, environment: str, but: str = "") -> None:
    """Raise where the service has a volume already: it may have one in each environment."""
    if service is None:
        return
    mounted = account.all("volumeInstances", serviceId=service, environmentId=environment)
    if any(found["volumeId"] != but for found in mounted):
        raise refused("A service can only have one volume")


def _update(account: Account, asked: Arguments) -> Document:
    return account.change(account.find("volumes", asked["volumeId"]), asked["input"])


def _update_instance(account: Account, asked: Arguments) -> bool:
    wanted, held = asked["input"], account.find("volumes", asked["volumeId"])
    volume = held["id"]
    if wanted.get("serviceId") is not None:
        account.within("services", wanted["serviceId"], held["projectId"])
    if wanted.get("mountPath") is not None:
        _check_path(wanted["mountPath"])
    here = {"volumeId": volume}
    if asked.get("environmentId") is not None:
        here["environmentId"] = asked["environmentId"]
    found = account.all("volumeInstances", **here)
    if not found:
        raise refused("VolumeInstance not found")
    for mounted in found:
        _free(account, wanted.get("serviceId"), mounted["environmentId"], volume)
        account.change(mounted, wanted)
    return True


def _delete(account: Account, asked: Arguments) -> bool:
    volume = account.find("volumes", asked["volumeId"])["id"]
    account.drop("volumeInstances", volumeId=volume)
    account.drop("volumes", id=volume)
    return True


def _schedules(account: Account, asked: Arguments) -> list[Document]:
    mounted = account.find("volumeInstances", asked["volumeInstanceId"])
    return in_any_order(
        {
            "id": f"{mounted['id']}-{kind.lower()}",
            "name": kind.capitalize(),
            "kind": kind,
            "cron": _SCHEDULES[kind][0],
            "retentionSeconds": _SCHEDULES[kind][1],
            "createdAt": mounted["updatedAt"],
        }
        for kind in mounted["schedules"]
    )


def _update_schedules(account: Account, asked: Arguments) -> bool:
    mounted = account.find("volumeInstances", asked["volumeInstanceId"])
    account.change(mounted, {"schedules": sorted(set(asked["kinds"]))})
    return True


def _one(table: str, key: str) -> Nested:
    return lambda account, found, _asked: account.find(table, found[key])


def _service(account: Account, mounted: Document, _asked: Arguments) -> Document:
    if mounted["serviceId"] is None:
        raise refused("Service not found")
    return account.find("services", mounted["serviceId"])


QUERIES: Final[Mapping[str, Root]] = {"volumeInstanceBackupScheduleList": _schedules}
MUTATIONS: Final[Mapping[str, Root]] = {
    "volumeCreate": _create,
    "volumeUpdate": _update,
    "volumeInstanceUpdate": _update_instance,
    "volumeDelete": _delete,
    "volumeInstanceBackupScheduleUpdate": _update_schedules,
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "Volume": {"project": _one("projects", "projectId")},
    "VolumeInstance": {
        "environment": _one("environments", "environmentId"),
        "service": _service,
        "volume": _one("volumes", "volumeId"),
    },
}
