"""Services as they are in one environment: settings and limits."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from sandbox.railway import rollout, settings
from sandbox.railway.account import key_of
from sandbox.railway.connection import in_any_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root


def make(account: Account, service: str, environment: str) -> Document:
    """A service in one more environment, with the vendor's defaults.

    Raises:
        GraphQLError: there is no such service.
    """
    project = account.find("services", service)["projectId"]
    here = {"serviceId": service, "environmentId": environment, "projectId": project}
    return account.make("instances", here | copy.deepcopy(settings.DEFAULTS), key_of(service, environment))


def remove(account: Account, instance: Document) -> None:
    """Take a service out of an environment, with its names, variables and deployments; a volume stays, unmounted."""
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    for table in ("customDomains", "serviceDomains", "tcpProxies", "triggers", "deployments"):
        account.drop(table, **here)
    for mounted in account.all("volumeInstances", **here):
        mounted["serviceId"] = None
    account.state["variables"].pop(f"{instance['environmentId']}:{instance['serviceId']}", None)
    account.drop("instances", id=instance["id"])


def _instance(account: Account, asked: Arguments) -> Document:
    return account.instance(asked["serviceId"], asked["environmentId"])


def _limits(account: Account, asked: Arguments) -> Document | None:
    held = _instance(account, asked).get("limits")
    return {"containers": held} if held else None


def _update(account: Account, asked: Arguments) -> bool:
    service = account.find("services", asked["serviceId"])["id"]
    changed = settings.flat(asked["input"])
    if asked.get("environmentId") is not None:
        places = [account.instance(service, asked["environmentId"])]
    else:
        places = account.all("instances", serviceId=service)
    for instance in places:
        account.change(instance, changed)
    return True


def _update_limits(account: Account, asked: Arguments) -> bool:
    wanted = asked["input"]
    limits = settings.limits(wanted.get("memoryGB"), wanted.get("vCPUs"))
    account.change(_instance(account, wanted), {"limits": limits})
    return True


def _service(account: Account, instance: Document, _asked: Arguments) -> Document:
    return account.find("services", instance["serviceId"])


def _name(account: Account, instance: Document, asked: Arguments) -> str:
    return str(_service(account, instance, asked)["name"])


def _domains(account: Account, instance: Document, _asked: Arguments) -> Document:
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    return {table: in_any_order(account.all(table, **here)) for table in ("customDomains", "serviceDomains")}


def _latest(account: Account, instance: Document, _asked: Arguments) -> Document | None:
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    found = account.all("deployments", **here)
    return found[-1] if found else None


def _active(account: Account, instance: Document, _asked: Arguments) -> list[Document]:
    return in_any_order(rollout.serving(account, instance["serviceId"], instance["environmentId"]))


def _patterns(_account: Account, instance: Document, _asked: Arguments) -> list[str]:
    return in_any_order(instance["watchPatterns"])


QUERIES: Final[Mapping[str, Root]] = {"serviceInstance": _instance, "serviceInstanceLimitOverride": _limits}
MUTATIONS: Final[Mapping[str, Root]] = {
    "serviceInstanceUpdate": _update,
    "serviceInstanceLimitsUpdate": _update_limits,
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "ServiceInstance": {
        "activeDeployments": _active,
        "domains": _domains,
        "latestDeployment": _latest,
        "service": _service,
        "serviceName": _name,
        "watchPatterns": _patterns,
    }
}
