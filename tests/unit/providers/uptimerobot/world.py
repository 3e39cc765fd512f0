"""The provider's handlers over the fake, in this process: no socket, and time passes only by waiting for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from providers.kit import Call, Stored
from providers.kit.package import Package
from providers.uptimerobot.client import Client
from providers.uptimerobot.kind import NAME, VERSION
from providers.uptimerobot.provider import RESOURCES, Config
from sandbox.fake.faults import Fault, Kind
from sandbox.fake.transport import Transport
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.unit.providers.made import Clock, Made, Waiting

if TYPE_CHECKING:
    from providers.kit import Change, Diff, Handler, Properties, Severity

KEY = "a-" + "key-for-tests"

HTTP: dict[str, Any] = {
    "type": "HTTP",
    "friendlyName": "engine health",
    "interval": 300,
    "url": "https://api.example.com/api/health",
}
HEARTBEAT: dict[str, Any] = {"type": "HEARTBEAT", "friendlyName": "backups", "interval": 86_400, "gracePeriod": 3600}


class World:
    """One account, and one run of the provider."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.app = UptimeRobot(KEY, clock=self.clock)
        self.logged: list[tuple[Severity, str]] = []
        self.restart()

    def restart(self) -> None:
        """A new run of the provider: it knows nothing of what the last one did."""
        self.client = Client(f"http://127.0.0.1{BASE}", KEY, transport=Transport(self.app), clock=self.clock)
        self.package: Package[Config, Client] = Package(NAME, VERSION, Config, lambda _config: self.client, RESOURCES)
        self.package.configure({"apiKey": KEY})

    def later(self, seconds: float = 3600.0) -> None:
        """The next run of the provider, long enough after the last one for every lag to be over."""
        self.clock.seconds += seconds
        self.restart()

    def handler(self, kind: str) -> Handler:
        """The handler of a type."""
        return self.package.handler(f"uptimerobot:index:{kind}")

    def call(self, name: str = "it", kind: str = "", *, preview: bool = False) -> Call:
        """The circumstances of one operation."""
        token = f"uptimerobot:index:{kind}"
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

    def failures(self, kind: str, /, **inputs: Any) -> list[tuple[tuple[str | int, ...], str]]:  # noqa: ANN401 - as above
        """Where and why the inputs are not acceptable."""
        found = self.handler(kind).check(self.call(kind=kind), inputs, None).failures
        return [(failure.path, failure.reason) for failure in found]

    def create(self, kind: str, name: str = "it", /, **inputs: Any) -> Made:  # noqa: ANN401 - as above
        """Create a resource."""
        checked = self.checked(kind, **inputs)
        call = self.call(name, kind)
        created = self.handler(kind).create(call, checked)
        assert "" != created.id
        return Made(kind, name, Stored(created.id, checked, created.outputs), call.secrets)

    def diff(self, made: Made, /, **changed: Any) -> Diff:  # noqa: ANN401 - as above
        """What a program that says this would change."""
        checked = self.checked(made.kind, **{**made.inputs, **changed})
        return self.handler(made.kind).diff(self.call(made.name, made.kind), made.stored, checked)

    def differs(self, found: Made, program: Made) -> tuple[Change, ...]:
        """What an up of the program that made `program` would change of what was found."""
        return self.diff(found, **{**dict.fromkeys(found.inputs), **program.inputs}).changes

    def update(self, made: Made, /, **changed: Any) -> Made:  # noqa: ANN401 - as above
        """Update a resource."""
        checked = self.checked(made.kind, **{**made.inputs, **changed})
        outputs = self.handler(made.kind).update(self.call(made.name, made.kind), made.stored, checked)
        return Made(made.kind, made.name, Stored(made.id, checked, outputs))

    def read(self, made: Made) -> Made | None:
        """Refresh a resource."""
        call = self.call(made.name, made.kind)
        found = self.handler(made.kind).read(call, made.stored)
        return None if found is None else Made(made.kind, made.name, found, call.secrets)

    def imported(self, kind: str, id: str) -> Made:  # noqa: A002 - the engine's word
        """Import a resource."""
        call = self.call("imported", kind)
        found = self.handler(kind).read(call, Stored(id))
        assert found is not None
        return Made(kind, "imported", found, call.secrets)

    def delete(self, made: Made) -> None:
        """Delete a resource."""
        self.handler(made.kind).delete(self.call(made.name, made.kind), made.stored)

    def fault(self, operation: str, kind: Kind, times: int = 1, seconds: float = 1.0, status: int = 500) -> None:
        """Let something go wrong."""
        self.app.faults.add(Fault(operation, kind, times, seconds, status))

    def table(self, name: str) -> list[dict[str, Any]]:
        """What the account holds of one collection, in the order in which it was made."""
        return list(self.app.store.document[name].values())

    def counted(self) -> dict[str, int]:
        """Requests by operation since the last time that this was asked."""
        found = dict(self.app.counts)
        self.app.counts.clear()
        return found
