"""Variables of a service and those that all services of an environment share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.railway import rollout
from sandbox.railway.errors import refused
from sandbox.railway.rendering import collection, mentions, rendered, unrendered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Root


def _variables(account: Account, asked: Arguments) -> dict[str, str]:
    environment, service = _place(account, asked)
    shown = unrendered if asked.get("unrendered") else rendered
    return shown(account, environment, service)


def _upsert_all(account: Account, asked: Arguments) -> bool:
    wanted = asked["input"]
    environment, service = _place(account, wanted)
    given: dict[str, str] = wanted["variables"]
    if not all(isinstance(value, str) for value in given.values()):
        raise refused()
    held = collection(account, environment, service)
    changed = {name for name, value in given.items() if held.get(name) != value}
    if wanted.get("replace"):
        changed |= held.keys() - given.keys()
        held.clear()
    held.update(given)
    if not wanted.get("skipDeploys"):
        _deploy(account, environment, service, changed)
    return True


def _upsert(account: Account, asked: Arguments) -> bool:
    wanted = asked["input"]
    return _upsert_all(account, {"input": {**wanted, "variables": {wanted["name"]: wanted["value"]}}})


def _delete(account: Account, asked: Arguments) -> bool:
    wanted = asked["input"]
    environment, service = _place(account, wanted)
    if collection(account, environment, service).pop(wanted["name"], None) is None:
        raise refused("Variable not found")
    _deploy(account, environment, service, {wanted["name"]})
    return True


def _place(account: Account, asked: Arguments) -> tuple[str, str | None]:
    account.find("projects", asked["projectId"])
    environment = account.within("environments", asked["environmentId"], asked["projectId"])
    service: str | None = asked.get("serviceId")
    if service is not None:
        account.instance(service, environment["id"])
    return environment["id"], service


def _deploy(account: Account, environment: str, service: str | None, changed: set[str]) -> None:
    """Deploy what runs and gets other variables by it."""
    for instance in account.all("instances", environmentId=environment):
        own = instance["serviceId"]
        concerned = own == service if service else mentions(account, environment, own, changed)
        if changed and concerned and instance["source"]:
            rollout.start(account, instance)


QUERIES: Final[Mapping[str, Root]] = {"variables": _variables}
MUTATIONS: Final[Mapping[str, Root]] = {
    "variableCollectionUpsert": _upsert_all,
    "variableUpsert": _upsert,
    "variableDelete": _delete,
}
