"""Environments of a project: made, copied, renamed, removed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from sandbox.railway import instances, rollout
from sandbox.railway.connection import connection
from sandbox.railway.errors import refused
from sandbox.railway.rendering import SHARED, collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root


def make(account: Account, project: str, name: str, *, ephemeral: bool = False) -> Document:
    """A new environment without services.

    Raises:
        GraphQLError: the project has one of that name.
    """
    if account.all("environments", projectId=project, name=name):
        raise refused(f'An environment named "{name}" already exists in this project')
    return account.make(
        "environments",
        {"projectId": project, "name": name, "isEphemeral": ephemeral},
    )


def remove(account: Account, environment: str) -> None:
    """The environment goes with all that is in it."""
    for instance in account.all("instances", environmentId=environment):
        instances.remove(account, instance)
    account.drop("volumeInstances", environmentId=environment)
    account.state["variables"].pop(f"{environment}:{SHARED}", None)
    account.state["staged"].pop(environment, None)
    account.drop("environments", id=environment)


def _environment(account: Account, asked: Arguments) -> Document:
    return account.find("environments", asked["id"])


def _environments(account: Account, asked: Arguments) -> Document:
    account.find("projects", asked["projectId"])
    return connection(account.all("environments", projectId=asked["projectId"]), asked)


def _create(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    account.find("projects", wanted["projectId"])
    source = wanted.get("sourceEnvironmentId")
    if source is not None:
        account.within("environments", source, wanted["projectId"])
    made = make(account, wanted["projectId"], wanted["name"], ephemeral=bool(wanted.get("ephemeral")))
    if source is not None:
        _copy(account, source, made["id"], deploy=not wanted.get("skipInitialDeploys"))
    return made


def _copy(account: Account, source: str, target: str, *, deploy: bool) -> None:
    collection(account, target, None).update(collection(account, source, None))
    for old in account.all("instances", environmentId=source):
        new = instances.make(account, old["serviceId"], target)
        new |= {name: copy.deepcopy(value) for name, value in old.items() if name not in _OF_THE_COPY}
        collection(account, target, old["serviceId"]).update(collection(account, source, old["serviceId"]))
    for old in account.all("volumeInstances", environmentId=source):
        copied = {name: copy.deepcopy(value) for name, value in old.items() if name not in _OF_THE_COPY}
        account.make("volumeInstances", copied | {"environmentId": target})
    for new in account.all("instances", environmentId=target):
        if deploy and new["source"]:
            rollout.start(account, new)


_OF_THE_COPY = frozenset({"id", "environmentId", "createdAt", "updatedAt"})


def _rename(account: Account, asked: Arguments) -> Document:
    return account.change(account.find("environments", asked["id"]), {"name": asked["input"]["name"]})


def _delete(account: Account, asked: Arguments) -> bool:
    remove(account, account.find("environments", asked["id"])["id"])
    return True


def _of(table: str) -> Nested:
    return lambda account, found, asked: connection(account.all(table, environmentId=found["id"]), asked)


QUERIES: Final[Mapping[str, Root]] = {"environment": _environment, "environments": _environments}
MUTATIONS: Final[Mapping[str, Root]] = {
    "environmentCreate": _create,
    "environmentRename": _rename,
    "environmentDelete": _delete,
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "Environment": {
        "serviceInstances": _of("instances"),
        "volumeInstances": _of("volumeInstances"),
    }
}
