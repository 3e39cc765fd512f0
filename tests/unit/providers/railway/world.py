"""The provider's handlers over the fake, in this process: no socket, and time passes only by waiting for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from providers.kit import UNKNOWN, Call, Stored
from providers.kit.package import Package
from providers.railway.client import Client
from providers.railway.provider import NAME, RESOURCES, VERSION, Config
from sandbox.fake.faults import Fault, Kind
from sandbox.fake.transport import Transport
from sandbox.railway.application import PATH, Railway
from tests.unit.providers.made import Clock, Made, Waiting

if TYPE_CHECKING:
    from providers.kit import Diff, Handler, Properties, Severity

TOKEN = "a-" + "token-for-tests"


class World:
    """One account, and one run of the provider."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.app = Railway(TOKEN, clock=self.clock)
        self.client = self._connect()
        self.logged: list[tuple[Severity, str]] = []
        self.restart()

    def restart(self) -> None:
        """A new run of the provider: it knows nothing of what the last one did."""
        self._package: Package[Config, Client] = Package(NAME, VERSION, Config, lambda _config: self.client, RESOURCES)
        self._package.configure({"token": TOKEN})

    def _connect(self) -> Client:
        return Client(f"http://127.0.0.1{PATH}", TOKEN, transport=Transport(self.app), clock=self.clock)

    def handler(self, kind: str) -> Handler:
        """The handler of a type; it looks for what a lost answer has left for a moment only."""
        found = self._package.handler(f"railway:index:{kind}")
        found.settle_seconds = 0.3  # type: ignore[attr-defined]  # real seconds, and no look takes any
        return found

    def call(self, name: str = "it", kind: str = "", *, preview: bool = False) -> Call:
        """The circumstances of one operation."""
        token = f"railway:index:{kind}"
        return Call(
            f"urn:pulumi:test::test::{token}::{name}",
            token,
            name,
            preview,
            cancelled=Waiting(self.clock),
            log=lambda severity, text: self.logged.append((severity, text)),
        )

    def checked(self, kind: str, /, **inputs: Any) -> Properties:  # noqa: ANN401 - whatever a program gives
        """The inputs with their defaults; fails when they are not acceptable."""
        found = self.handler(kind).check(self.call(kind=kind), inputs, None)
        assert () == found.failures
        return found.inputs

    def failures(self, kind: str, /, **inputs: Any) -> list[str]:  # noqa: ANN401 - as above
        """Why the inputs are not acceptable."""
        return [failure.reason for failure in self.handler(kind).check(self.call(kind=kind), inputs, None).failures]

    def create(self, kind: str, name: str = "it", /, **inputs: Any) -> Made:  # noqa: ANN401 - as above
        """Create a resource."""
        checked = self.checked(kind, **inputs)
        call = self.call(name, kind)
        created = self.handler(kind).create(call, checked)
        assert "" != created.id
        return Made(kind, name, Stored(created.id, checked, created.outputs), call.secrets)

    def programmed(self, made: Made, changed: dict[str, Any]) -> Properties:
        """What the engine has checked of a program that says the same as the state, but for these."""
        known = {
            name: value for name, value in made.stored.inputs.items() if name not in {"stagedChanges", "deploymentId"}
        }
        found = self.handler(made.kind).check(self.call(kind=made.kind), {**known, **changed}, made.stored.inputs)
        assert () == found.failures
        return found.inputs

    def diff(self, made: Made, /, **changed: Any) -> Diff:  # noqa: ANN401 - as above
        """What a program that says this would change."""
        checked = self.programmed(made, changed)
        return self.handler(made.kind).diff(self.call(made.name, made.kind), made.stored, checked)

    def update(self, made: Made, /, **changed: Any) -> Made:  # noqa: ANN401 - as above
        """Update a resource."""
        checked = self.programmed(made, changed)
        outputs = self.handler(made.kind).update(self.call(made.name, made.kind), made.stored, checked)
        return Made(made.kind, made.name, Stored(made.id, checked, outputs))

    def planned(self, made: Made, /, **changed: Any) -> set[str]:  # noqa: ANN401 - as above
        """The outputs that an update's preview leaves open."""
        checked = self.programmed(made, changed)
        call = self.call(made.name, made.kind, preview=True)
        outputs = self.handler(made.kind).update(call, made.stored, checked)
        return {name for name, value in outputs.items() if value is UNKNOWN}

    def read(self, made: Made) -> Made | None:
        """Refresh a resource."""
        call = self.call(made.name, made.kind)
        found = self.handler(made.kind).read(call, made.stored)
        return Made(made.kind, made.name, found, call.secrets) if found else None

    def imported(self, kind: str, id: str) -> Made | None:  # noqa: A002 - the engine's word
        """Import a resource."""
        call = self.call("imported", kind)
        found = self.handler(kind).read(call, Stored(id))
        return Made(kind, "imported", found, call.secrets) if found else None

    def delete(self, made: Made) -> None:
        """Delete a resource."""
        self.handler(made.kind).delete(self.call(made.name, made.kind), made.stored)

    def fault(self, operation: str, kind: Kind, times: int = 1, seconds: float = 1.0, status: int = 500) -> None:
        """Let something go wrong."""
        self.app.faults.add(Fault(operation, kind, times, seconds, status))

    def images(self, **images: dict[str, object]) -> None:
        """Say how deployments of images behave."""
        self.app.admin("images", images)

    def table(self, name: str) -> list[dict[str, Any]]:
        """What the account holds of one kind, in the order in which it was made."""
        return list(self.app.store.document[name].values())

    def requests(self) -> int:
        """Requests since the last time that this was asked."""
        total, self.app.total = self.app.total, 0
        self.app.counts.clear()
        return total


@dataclass
class Product:
    """A project with a service in its default environment, nothing deployed."""

    world: World
    project: Made
    service: Made
    environment_id: str

    @property
    def where(self) -> dict[str, str]:
        """The ids that everything below a service takes."""
        return {
            "projectId": self.project.id,
            "serviceId": self.service.id,
            "environmentId": self.environment_id,
        }

    def instance(self, **inputs: Any) -> Made:  # noqa: ANN401 - whatever a program gives
        """The service's settings."""
        return self.world.create("ServiceInstance", **{**self.where, "image": "good", **inputs})

    def deployed(self, **inputs: Any) -> Made:  # noqa: ANN401 - as above
        """A deployment of the service, with its settings written first."""
        self.instance(**inputs)
        return self.world.create("Deployment", **self.where, triggers={"instance": "1"})


def product(world: World, name: str = "amoisekai") -> Product:
    """Make one."""
    project = world.create("Project", name, name=name)
    service = world.create("Service", f"{name}-engine", projectId=project.id, name="engine")
    return Product(world, project, service, project.out["defaultEnvironmentId"])
