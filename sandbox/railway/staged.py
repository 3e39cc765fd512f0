"""An environment's whole configuration, and changes of it that are staged first and committed then."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Final

from sandbox.railway import instances, network, rollout, settings
from sandbox.railway.account import key_of
from sandbox.railway.errors import refused
from sandbox.railway.rendering import collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account, Arguments
    from sandbox.railway.schema import Nested, Root

_HIDDEN = "*****"
#: Sections that need a deployment; networking works at once.
_DEPLOYED = frozenset({"source", "build", "deploy", "variables"})
_KNOWN = _DEPLOYED | {"networking", "isCreated", "isDeleted"}


def _config(account: Account, environment: Document, asked: Arguments) -> Document:
    """All that the environment holds."""
    services = {}
    volumes = {}
    for instance in account.all("instances", environmentId=environment["id"]):
        services[instance["serviceId"]] = settings.sections(instance) | {
            "networking": _networking(account, instance),
            "variables": _values(collection(account, environment["id"], instance["serviceId"])),
            "volumeMounts": {},
        }
    for mounted in account.all("volumeInstances", environmentId=environment["id"]):
        volumes[mounted["volumeId"]] = {"region": mounted["region"], "sizeMB": mounted["sizeMB"]}
        if mounted["serviceId"] in services:
            mount = {"mountPath": mounted["mountPath"], "backupSchedules": mounted["schedules"]}
            services[mounted["serviceId"]]["volumeMounts"][mounted["volumeId"]] = mount
    shared = _values(collection(account, environment["id"], None))
    return _shown({"services": services, "sharedVariables": shared, "volumes": volumes}, asked)


def _networking(account: Account, instance: Document) -> Document:
    here = {"serviceId": instance["serviceId"], "environmentId": instance["environmentId"]}
    domains = {
        table: {found["domain"]: {"port": found["targetPort"]} for found in account.all(table, **here)}
        for table in ("serviceDomains", "customDomains")
    }
    proxies: Document = {str(found["applicationPort"]): {} for found in account.all("tcpProxies", **here)}
    return {**domains, "tcpProxies": proxies}


def _values(variables: Mapping[str, str]) -> Document:
    return {name: {"value": value} for name, value in variables.items()}


def _shown(config: Document, asked: Arguments) -> Document:
    """The configuration, values of variables hidden unless they are asked for."""
    if asked.get("decryptVariables"):
        return config
    services = {
        key: service | ({"variables": _hide(service["variables"])} if "variables" in service else {})
        for key, service in (config.get("services") or {}).items()
    }
    hidden = {"services": services, "sharedVariables": _hide(config.get("sharedVariables") or {})}
    return config | {name: part for name, part in hidden.items() if name in config}


def _hide(variables: Document) -> Document:
    return {name: value and {**value, "value": _HIDDEN} for name, value in variables.items()}


def _staged(account: Account, asked: Arguments) -> Document:
    environment = account.find("environments", asked["environmentId"])["id"]
    held: Document | None = account.state["staged"].get(environment)
    return held or account.make("staged", {"environmentId": environment, "patch": {}, "status": "STAGED"}, environment)


def _stage(account: Account, asked: Arguments) -> Document:
    held = _staged(account, asked)
    _check(asked["input"])
    return account.change(held, {"patch": _merged(held["patch"] if asked.get("merge") else {}, asked["input"])})


def _commit_staged(account: Account, asked: Arguments) -> str:
    held = _staged(account, asked)
    _apply(account, held["environmentId"], held["patch"], deploy=not asked.get("skipDeploys"))
    del account.state["staged"][held["environmentId"]]
    return str(uuid.uuid4())


def _commit(account: Account, asked: Arguments) -> str:
    environment = account.find("environments", asked["environmentId"])["id"]
    _check(asked.get("patch") or {})
    _apply(account, environment, asked.get("patch") or {}, deploy=True)
    return str(uuid.uuid4())


def _merged(held: Document, patch: Document) -> Document:
    merged = dict(held)
    for name, value in patch.items():
        old = held.get(name)
        merged[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _check(patch: Document) -> None:
    """Raise for what this fake would not do, rather than not do it without a word."""
    unknown = [name for name in patch if name not in {"services", "sharedVariables"}]
    for service in (patch.get("services") or {}).values():
        unknown += [f"services.{name}" for name in service if name not in _KNOWN]
        unknown += [f"networking.{name}" for name in service.get("networking") or {} if name != "tcpProxies"]
    if unknown:
        raise refused(f"this fake does not know: {', '.join(unknown)}")


def _apply(account: Account, environment: str, patch: Document, *, deploy: bool) -> None:
    _set(collection(account, environment, None), patch.get("sharedVariables") or {})
    for service, change in (patch.get("services") or {}).items():
        instance = account.state["instances"].get(key_of(service, environment))
        if change.get("isDeleted"):
            if instance is not None:
                instances.remove(account, instance)
            continue
        if instance is None:
            instance = instances.make(account, service, environment)
        account.change(instance, settings.from_sections(change))
        _set(collection(account, environment, service), change.get("variables") or {})
        for port, proxy in ((change.get("networking") or {}).get("tcpProxies") or {}).items():
            if proxy is None:
                network.close_proxy(account, instance, int(port))
            else:
                network.open_proxy(account, instance, int(port))
        if deploy and instance["source"] and _DEPLOYED & change.keys():
            rollout.start(account, instance)


def _set(held: dict[str, str], change: Document) -> None:
    for name, value in change.items():
        if value is None:
            held.pop(name, None)
        else:
            held[name] = value["value"]


def _patch(_account: Account, held: Document, asked: Arguments) -> Document:
    return _shown(held["patch"], asked)


def _environment(account: Account, held: Document, _asked: Arguments) -> Document:
    return account.find("environments", held["environmentId"])


QUERIES: Final[Mapping[str, Root]] = {"environmentStagedChanges": _staged}
MUTATIONS: Final[Mapping[str, Root]] = {
    "environmentStageChanges": _stage,
    "environmentPatchCommitStaged": _commit_staged,
    "environmentPatchCommit": _commit,
}
FIELDS: Final[Mapping[str, Mapping[str, Nested]]] = {
    "Environment": {"config": _config},
    "EnvironmentPatch": {"environment": _environment, "patch": _patch},
}
