"""Deployments as the API shows and starts them; `rollout` moves them on. And what starts them at a push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.railway import rollout, settings
from sandbox.railway.connection import connection
from sandbox.railway.errors import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root


def _deployment(account: Account, asked: Arguments) -> Document:
    return account.find("deployments", asked["id"])


def _deployments(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    here = {name: wanted[name] for name in ("projectId", "environmentId", "serviceId") if wanted.get(name)}
    statuses = wanted.get("status") or {}
    found = [
        each
        for each in account.all("deployments", **here)
        if each["status"] in (statuses.get("in") or [each["status"]])
        and each["status"] not in (statuses.get("notIn") or [])
    ]
    return connection(found[::-1], asked)


def _deploy(account: Account, asked: Arguments) -> str:
    return str(rollout.start(account, account.instance(asked["serviceId"], asked["environmentId"]))["id"])


def _redeploy(account: Account, asked: Arguments) -> Document:
    found = account.find("deployments", asked["id"])
    if not _ended(account, found, {}):
        raise refused("Deployment cannot be redeployed")
    return rollout.start(account, _instance(account, found), "redeploy", found)


def _rollback(account: Account, asked: Arguments) -> bool:
    found = account.find("deployments", asked["id"])
    if not found["succeeded"]:
        raise refused("Deployment cannot be rolled back to")
    rollout.start(account, _instance(account, found), "rollback", found)
    return True


def _cancel(account: Account, asked: Arguments) -> bool:
    found = account.find("deployments", asked["id"])
    if _ended(account, found, {}):
        raise refused("Deployment cannot be cancelled")
    rollout.remove(found)
    return True


def _remove(account: Account, asked: Arguments) -> bool:
    rollout.remove(account.find("deployments", asked["id"]))
    return True


def _instance(account: Account, found: Document) -> Document:
    return account.instance(found["serviceId"], found["environmentId"])


def _ended(_account: Account, found: Document, _asked: Arguments) -> bool:
    return found["status"] not in rollout.UNDER_WAY


def _stopped(_account: Account, found: Document, _asked: Arguments) -> bool:
    return bool(found["status"] == "REMOVED")


def _succeeded(_account: Account, found: Document, _asked: Arguments) -> bool:
    return bool(found["succeeded"])


def _meta(_account: Account, found: Document, _asked: Arguments) -> Document:
    source = found["settings"]["source"]
    manifest = {name: part for name, part in settings.sections(found["settings"]).items() if name != "source"}
    return {**source, "reason": found["reason"], "serviceManifest": manifest}


def _host(account: Account, found: Document, _asked: Arguments) -> str | None:
    here = {"serviceId": found["serviceId"], "environmentId": found["environmentId"]}
    names = [domain["domain"] for domain in account.all("serviceDomains", **here)]
    return names[0] if names else None


def _create_trigger(account: Account, asked: Arguments) -> Document:
    wanted = asked["input"]
    account.within("environments", wanted["environmentId"], wanted["projectId"])
    account.instance(wanted["serviceId"], wanted["environmentId"])
    given = {name: wanted[name] for name in _TRIGGER if name in wanted}
    return account.make("triggers", {"checkSuites": False, "validCheckSuites": 0, **given})


_TRIGGER = ("projectId", "environmentId", "serviceId", "provider", "repository", "branch", "checkSuites")


def _update_trigger(account: Account, asked: Arguments) -> Document:
    given = {name: value for name, value in asked["input"].items() if name in _TRIGGER}
    return account.change(account.find("triggers", asked["id"]), given)


def _delete_trigger(account: Account, asked: Arguments) -> bool:
    account.drop("triggers", id=account.find("triggers", asked["id"])["id"])
    return True


def _triggers(account: Account, asked: Arguments) -> Document:
    here = {name: asked[name] for name in ("projectId", "environmentId", "serviceId")}
    account.instance(asked["serviceId"], asked["environmentId"])
    return connection(account.all("triggers", **here), asked)


def _one(table: str, key: str) -> Nested:
    return lambda account, found, _asked: account.find(table, found[key])


QUERIES: Final[Mapping[str, Root]] = {
    "deployment": _deployment,
    "deployments": _deployments,
    "deploymentTriggers": _triggers,
}
MUTATIONS: Final[Mapping[str, Root]] = {
    "serviceInstanceDeployV2": _deploy,
    "deploymentRedeploy": _redeploy,
    "deploymentRollback": _rollback,
    "deploymentCancel": _cancel,
    "deploymentRemove": _remove,
    "deploymentTriggerCreate": _create_trigger,
    "deploymentTriggerUpdate": _update_trigger,
    "deploymentTriggerDelete": _delete_trigger,
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "Deployment": {
        "canRedeploy": _ended,
        "canRollback": _succeeded,
        "deploymentStopped": _stopped,
        "environment": _one("environments", "environmentId"),
        "meta": _meta,
        "service": _one("services", "serviceId"),
        "staticUrl": _host,
        "url": _host,
    }
}
