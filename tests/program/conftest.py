"""The whole program, run once per real stack file under one recording mock, with the network blocked."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from warnings import catch_warnings, simplefilter

import pulumi
import pytest
import pytest_socket
import yaml
from google.protobuf import json_format
from pulumi.runtime import config as engine
from pulumi.runtime import mocks, reset_options
from pulumi.runtime.stack import run_pulumi_func

from infra import program, settings
from infra.naming import PROJECT
from infra.stackfile import SECRETS
from policies.domain.walk import step

# The SDKs warn of their own deprecated classes while they are loaded, which the AWS one is when it is looked into.
with catch_warnings():
    simplefilter("ignore", DeprecationWarning)
    import pulumi_cloudflare
    from pulumi_aws import iam, kms, s3

    LOADED = (pulumi_cloudflare.R2Bucket, iam.Role, kms.Key, s3.Bucket)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.program import Exports

CHECKOUT = Path(__file__).parents[2]

#: What every secret is in these tests: looked for in places where no secret may be.
SECRET_VALUE = "a-secret-of-the-tests"  # noqa: S105 - a marker, it opens nothing

# Outputs that a cloud would make up and the program reads; everything else an output takes from its input.
_COMPUTED = {
    "aws:kms/key:Key": lambda name: {"arn": f"arn:aws:kms:eu-central-1:1:key/{name}", "keyId": f"id-of-{name}"},
    "aws:s3/bucket:Bucket": lambda name: {"arn": f"arn:aws:s3:::{name}"},
    "aws:iam/role:Role": lambda name: {"arn": f"arn:aws:iam::1:role/{name}"},
    "aws:iam/policy:Policy": lambda name: {"arn": f"arn:aws:iam::1:policy/{name}"},
    "cloudflare:index/accountToken:AccountToken": lambda name: {"value": f"value-of-{name}"},
    "railway:index:CustomDomain": lambda name: {
        "cnameTarget": f"{name}.up.railway.test",
        "verificationHost": "_railway-verify.api",
        "verificationToken": f"railway-verify={name}",
    },
    "railway:index:Project": lambda name: {"defaultEnvironmentId": f"environment-of-{name}"},
    "railway:index:ServiceDomain": lambda name: {"domain": f"{name}.up.railway.test"},
    "railway:index:ServiceInstance": lambda name: {"revision": f"revision-of-{name}"},
    "railway:index:VariableCollection": lambda name: {"revision": f"revision-of-{name}"},
    "railway:index:Volume": lambda name: {"volumeInstanceId": f"instance-of-{name}"},
    "uptimerobot:index:Monitor": lambda name: {"heartbeatUrl": f"https://heartbeat.test/{name}"},
}


@dataclass(frozen=True)
class Declared:
    """One resource as the program registered it.

    Attributes:
        token: type token.
        name: name in the program.
        urn: as the mock engine makes it.
        inputs: inputs by their Pulumi names; a secret is a plain value here.
        secrets: top-level inputs that hold a secret somewhere.
        marked: path of each value that is secret, as `policies.domain.walk` writes it.
        computed: URNs of the resources that each input was computed from.
        protect: the option as sent to the engine.
        custom: whether a provider makes it; False: a component.
        parent: URN of what it hangs below.
        depends_on: URNs that it waits for.
    """

    token: str
    name: str
    urn: str
    inputs: dict[str, Any]
    protect: bool
    custom: bool
    depends_on: frozenset[str]
    parent: str = ""
    secrets: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    computed: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        """A Kubernetes object's labels; empty where there are none."""
        found: dict[str, str] = self.inputs.get("metadata", {}).get("labels", {})
        return found


class Mocks(mocks.Mocks):
    """Answers the program in the engine's place: each output is its input, with what a cloud would compute."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """An id that names the resource, and its outputs."""
        computed = _COMPUTED.get(args.typ)
        return f"{args.name}-id", {**args.inputs, **(computed(args.name) if computed else {})}

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """No function of a provider may be called: its answer would depend on a live account.

        Raises:
            AssertionError: always.
        """
        raise AssertionError(f"the program called {args.token}: a look-up that needs a cloud")


class Monitor(mocks.MockMonitor):
    """Keeps what `Mocks` is not shown: protection, dependencies, what is secret."""

    def __init__(self, stack: str) -> None:
        super().__init__(Mocks())
        self.declared: list[Declared] = []
        self._stack = stack

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """As the engine makes it; the SDK's own mock forgets the stack in its threads."""
        above = parent.split("::")[2] + "$" if "::" in parent and "pulumi:pulumi:Stack" not in parent else ""
        return f"urn:pulumi:{self._stack}::{PROJECT}::{above}{type_}::{name}"

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802, ANN401 - gRPC's names and untyped messages
        """Record the request, then answer as every mock does."""
        answer = super().RegisterResource(request)  # type: ignore[no-untyped-call]  # the SDK's mocks carry no types
        if request.type != "pulumi:pulumi:Stack":
            self.declared.append(
                Declared(
                    token=request.type,
                    name=request.name,
                    urn=answer.urn,
                    inputs=_plain(json_format.MessageToDict(request.object)),
                    protect=request.protect,
                    custom=request.custom,
                    depends_on=frozenset(request.dependencies),
                    parent=request.parent,
                    secrets=frozenset(_secret_keys(request.object)),
                    marked=frozenset(_marked(json_format.MessageToDict(request.object), "")),
                    computed={key: frozenset(on.urns) for key, on in request.propertyDependencies.items()},
                )
            )
        return answer


@dataclass(frozen=True)
class Program:
    """One run of the program.

    Attributes:
        stack: the stack whose file it ran with.
        declared: every resource and component, in the order of registration.
        exports: what it exported.
        edge: its export of that name, with what the outputs in it hold.
        warnings: what it logged as a warning.
    """

    stack: str
    declared: tuple[Declared, ...]
    exports: Exports
    edge: dict[str, Any]
    warnings: list[str] = field(default_factory=list)

    @property
    def resources(self) -> tuple[Declared, ...]:
        """The resources that a provider makes, without components."""
        return tuple(one for one in self.declared if one.custom)

    def of(self, token: str) -> list[Declared]:
        """The resources of one type."""
        return [one for one in self.resources if one.token == token]

    def one(self, name: str) -> Declared:
        """The resource of that name; there is exactly one."""
        (found,) = [one for one in self.resources if one.name == name]
        return found


def stack_values(stack: str) -> dict[str, str]:
    """What the engine would hand over for the tree's own stack file, secrets set."""
    document = yaml.safe_load((CHECKOUT / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8"))
    values = {key: value if isinstance(value, str) else json.dumps(value) for key, value in document["config"].items()}
    return {**values, **dict.fromkeys(SECRETS, SECRET_VALUE)}


def run_program(stack: str, **changes: str) -> Program:
    """Run the program as the engine would, with values changed by key of our own namespace."""
    threads: list[asyncio.AbstractEventLoop] = []
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(max_workers=1, initializer=lambda: threads.append(_own_loop())))
    asyncio.set_event_loop(loop)
    reset_options(project=PROJECT, stack=stack)
    values = {**stack_values(stack), **{f"{PROJECT}:{key}": value for key, value in changes.items()}}
    engine.set_all_config(values, [*SECRETS])
    monitor = Monitor(stack)
    mocks.set_mocks(monitor.mocks, project=PROJECT, stack=stack, monitor=monitor)
    exports: list[Exports] = []
    warnings: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulumi.log, "warn", lambda message, *_args, **_kwargs: warnings.append(message))
        loop.run_until_complete(run_pulumi_func(lambda: exports.append(program.build(settings.load()))))
    edge = loop.run_until_complete(pulumi.Output.from_input(exports[0].edge).future())
    loop.run_until_complete(loop.shutdown_default_executor())
    asyncio.set_event_loop(None)
    for one in (*threads, loop):
        one.close()
    return Program(stack, tuple(monitor.declared), exports[0], cast("dict[str, Any]", edge), warnings)


def _own_loop() -> asyncio.AbstractEventLoop:
    """A loop for a thread in which the mock engine answers; the SDK would make one too, and never close it."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Refuse every socket but unix ones; pytest-socket lifts it when the test ends."""
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def programs() -> dict[str, Program]:
    """The program under each stack file, with the network blocked."""
    pytest_socket.disable_socket(allow_unix_socket=True)
    return {stack: run_program(stack) for stack in settings.STACKS}


@pytest.fixture(scope="session")
def local(programs: dict[str, Program]) -> Program:
    """The program under `Pulumi.local.yaml`."""
    return programs["local"]


@pytest.fixture(scope="session")
def staging(programs: dict[str, Program]) -> Program:
    """The program under `Pulumi.staging.yaml`."""
    return programs["staging"]


@pytest.fixture(scope="session")
def prod(programs: dict[str, Program]) -> Program:
    """The program under `Pulumi.prod.yaml`."""
    return programs["prod"]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A message's values with the engine's wrapping of secrets taken off, and whole numbers as such."""
    if isinstance(value, dict):
        if _is_secret(value):
            return _plain(value["value"])
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_secret(value: Any) -> bool:  # noqa: ANN401 - any JSON
    # Pulumi's signature of a secret in a property map (sdk/go/common/resource: SecretSig).
    return (
        isinstance(value, dict) and value.get("4dabf18193072939515e22adb298388d") == "1b47061264138c4ac30d75fd1eb44270"
    )


def _marked(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Path of each secret, of the outermost where one is within another."""
    if _is_secret(value):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _marked(inner, step(path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _marked(inner, f"{path}[{place}]")


def _secret_keys(message: Any) -> Iterator[str]:  # noqa: ANN401 - protobuf's own
    for key, value in json_format.MessageToDict(message).items():
        if _holds_secret(value):
            yield key


def _holds_secret(value: Any) -> bool:  # noqa: ANN401 - any JSON
    if _is_secret(value):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_holds_secret(one) for one in inner)
