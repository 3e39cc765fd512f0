"""Services: one name in a project, an instance in each environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.railway import instances, rollout, settings
from sandbox.railway.errors import refused
from sandbox.railway.rendering import collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root


def _service(account: Account, asked: Arguments) -> Document:
    return account.find("services", asked["id"])


def _create(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    project = account.find("projects", wanted["projectId"])["id"]
    name = wanted.get("name") or f"service-{account.number()}"
    if account.all("services", projectId=project, name=name):
        raise refused(f'A service named "{name}" already exists in this project')
    made = account.make("services", {"projectId": project, "name": name, "icon": wanted.get("icon")})
    for environment in _places(account, project, wanted.get("environmentId")):
        instance = instances.make(account, made["id"], environment)
        chosen = ("source", "registryCredentials")
        instance |= settings.flat({field: wanted[field] for field in chosen if field in wanted})
        collection(account, environment, made["id"]).update(wanted.get("variables") or {})
        # What is made with a source is deployed there and then.
        if instance["source"]:
            rollout.start(account, instance)
    return made


def _places(account: Account, project: str, environment: str | None) -> list[str]:
    """The environment alone where it is a fork, else all that are none."""
    if environment is not None and account.within("environments", environment, project)["isEphemeral"]:
        return [environment]
    return [found["id"] for found in account.all("environments", projectId=project, isEphemeral=False)]


def _update(account: Account, asked: Arguments) -> Document:
    return account.change(account.find("services", asked["id"]), asked["input"])


def _delete(account: Account, asked: Arguments) -> bool:
    service = account.find("services", asked["id"])
    alone = asked.get("environmentId")
    fork = alone is not None and account.find("environments", alone)["isEphemeral"]
    for instance in account.all("instances", serviceId=service["id"]):
        if not fork or instance["environmentId"] == alone:
            instances.remove(account, instance)
    if not fork:
        account.drop("services", id=service["id"])
    return True


def _project(account: Account, service: Document, _asked: Arguments) -> Document:
    return account.find("projects", service["projectId"])


QUERIES: Final[Mapping[str, Root]] = {"service": _service}
MUTATIONS: Final[Mapping[str, Root]] = {"serviceCreate": _create, "serviceUpdate": _update, "serviceDelete": _delete}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {"Service": {"project": _project}}
