"""Railway's provider as the conformance suite's subject: every type that it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from providers.kit import Call
from providers.railway.client import Client
from providers.railway.provider import RESOURCES
from sandbox.fake.transport import Transport
from sandbox.railway.application import PATH, Railway
from tests.providers.conformance.subject import Declared, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from wsgiref.types import WSGIApplication

_TOKEN = "canary-" + "of-the-token"
_KEY = "canary-" + "of-the-variable"
_PASSWORD = "canary-of-" + "the-" + "registry"

_OF_PROJECT = {"projectId": {"$output": ["project", "id"]}}
_OF_ENVIRONMENT = {**_OF_PROJECT, "environmentId": {"$output": ["staging", "id"]}}
_OF_SERVICE = {**_OF_ENVIRONMENT, "serviceId": {"$output": ["engine", "id"]}}


def _token(kind: str) -> str:
    return f"railway:index:{kind}"


def _program(  # noqa: PLR0913 - what an edit may change
    *, command: str, log: str, kinds: Sequence[str], port: int, branch: str, description: str
) -> tuple[Declared, ...]:
    """One environment with one service in it, and all that a service can have."""
    instance = {
        **_OF_SERVICE,
        "image": "registry.example/engine:1",
        "registryUsername": "robot",
        "registryPassword": {"$secret": _PASSWORD},
        "startCommand": command,
        "preDeployCommand": ["migrate", "seed"],
        "healthcheckPath": "/api/health",
        "watchPatterns": ["src/**", "api/**"],
        "memoryGB": 0.5,
        "vCPUs": 1,
    }
    variables = {"LOG": log, "KEY": "${{shared.KEY}}", "RAILWAY_RUN_UID": "0"}
    backups = {"volumeInstanceId": {"$output": ["data", "volumeInstanceId"]}, "kinds": kinds}
    triggers = {
        "instance": {"$output": ["instance", "revision"]},
        "variables": {"$output": ["variables", "revision"]},
        "shared": {"$output": ["shared", "revision"]},
        "domain": {"$output": ["address", "domain"]},
    }
    return (
        Declared("project", _token("Project"), {"name": "amoisekai", "description": description}),
        Declared("staging", _token("Environment"), {**_OF_PROJECT, "name": "staging"}),
        Declared("engine", _token("Service"), {**_OF_PROJECT, "name": "engine", "icon": "book"}),
        Declared("instance", _token("ServiceInstance"), instance),
        Declared("shared", _token("VariableCollection"), {**_OF_ENVIRONMENT, "variables": {"KEY": {"$secret": _KEY}}}),
        Declared("variables", _token("VariableCollection"), {**_OF_SERVICE, "variables": variables}),
        Declared("data", _token("Volume"), {**_OF_SERVICE, "mountPath": "/data", "name": "data"}),
        Declared("backups", _token("VolumeBackupSchedule"), backups),
        Declared("api", _token("CustomDomain"), {**_OF_SERVICE, "domain": "api.amoisekai.com", "targetPort": port}),
        Declared("address", _token("ServiceDomain"), {**_OF_SERVICE, "targetPort": port}),
        Declared(
            "pushes",
            _token("DeploymentTrigger"),
            {**_OF_SERVICE, "repository": "amoisekai/engine", "branch": branch, "rootDirectory": "engine"},
        ),
        Declared("proxy", _token("TcpProxy"), {**_OF_SERVICE, "applicationPort": port}),
        Declared("running", _token("Deployment"), {**_OF_SERVICE, "triggers": triggers}),
    )


class RailwaySubject(Subject):
    """A project, an environment, a service, and all that a service can have."""

    package = "railway"
    plugin = Path("providers/railway").resolve()
    tokens = frozenset(kind.token for kind in RESOURCES)
    resources = _program(
        command="serve", log="info", kinds=("WEEKLY", "DAILY"), port=8001, branch="dev", description="stories"
    )
    changed = _program(
        command="serve --workers 2", log="debug", kinds=("DAILY",), port=8002, branch="main", description="more stories"
    )
    updates = frozenset({"project", "instance", "variables", "backups", "api", "address", "pushes", "running"})
    replaces = frozenset({"proxy"})
    drift = {  # noqa: RUF012 - a ClassVar of the base
        "engine": "icon",
        "instance": "startCommand",
        "variables": "variables.LOG",
        "backups": "kinds[1]",
        "running": "deploymentId",
    }
    lost = frozenset({"pushes", "proxy"})
    canaries = (_TOKEN, _KEY, _PASSWORD)

    def __init__(self) -> None:
        self.app = Railway(_TOKEN)
        self.client = Client(f"http://127.0.0.1{PATH}", _TOKEN, transport=Transport(self.app))

    @property
    def application(self) -> WSGIApplication:
        """The fake."""
        return self.app

    def configuration(self, url: str) -> Mapping[str, str]:
        """Where it is."""
        return {"endpoint": f"{url}{PATH}", "token": _TOKEN}

    def things(self) -> Collection[str]:
        """All but what is made beside something else: the first environment, and what a service has anyway."""
        own = [item["id"] for item in self._table("environments") if item["name"] != "production"]
        plain = ("projects", "services", "volumes", "customDomains", "serviceDomains", "triggers", "tcpProxies")
        found = [item["id"] for table in plain for item in self._table(table)]
        instances = [f"instance {item['id']}" for item in self._table("instances") if item["source"]]
        schedules = [f"backups {item['id']}" for item in self._table("volumeInstances") if item["schedules"]]
        variables = [f"variables {key}" for key, values in self.app.store.document["variables"].items() if values]
        running = {f"running {item['serviceId']}" for item in self._table("deployments") if item["status"] == "SUCCESS"}
        return [*own, *found, *instances, *schedules, *variables, *running]

    def requests(self) -> int:
        """All of them."""
        return self.app.total

    def meddle(self) -> None:
        """As a person in the dashboard: settings, a variable, a back-up, a deployment; a trigger and a proxy go."""
        call = Call()
        service, environment, project = self._engine()
        self.client.update_service(call, service, "engine", "sword")
        self.client.update_instance(call, service, environment, {"startCommand": "sleep"})
        variables = self.client.variables(call, project, environment, service)
        given = {name: value for name, value in variables.items() if value is not None}
        self.client.replace_variables(call, project, environment, service, given | {"LOG": "trace"})
        for item in self._table("volumeInstances"):
            self.client.update_backup_kinds(call, item["id"], ["DAILY"])
        self.client.delete(call, "deploymentTriggerDelete", id=self._table("triggers")[0]["id"])
        self.client.delete(call, "tcpProxyDelete", id=self._table("tcpProxies")[0]["id"])
        self.client.wait(call, self.client.deploy(call, service, environment))

    def mended(self) -> bool:
        """Whether the settings, the variable and the back-up are as they were."""
        call = Call()
        service, environment, project = self._engine()
        held = self.client.instance(call, service, environment)
        icon = self._table("services")[0]["icon"]
        variables = self.client.variables(call, project, environment, service)
        kinds = [self.client.backup_kinds(call, item["id"]) for item in self._table("volumeInstances")]
        command = held and held.instance.start_command
        return (icon, command, variables["LOG"], kinds) == ("book", "serve", "info", [["DAILY", "WEEKLY"]])

    def _engine(self) -> tuple[str, str, str]:
        service = self._table("services")[0]
        environment = next(item for item in self._table("environments") if item["name"] == "staging")
        return service["id"], environment["id"], service["projectId"]

    def _table(self, name: str) -> list[dict[str, Any]]:
        return list(self.app.store.document[name].values())
