"""The provider's side of the protocol, over gRPC as the engine speaks it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2

from providers.kit import (
    UNKNOWN,
    Call,
    Checked,
    Created,
    Diff,
    Failure,
    Handler,
    Incomplete,
    Properties,
    Provider,
    ProviderError,
    Severity,
    Stored,
    differ,
)
from providers.kit.engine import Engine
from providers.kit.server import Servicer, start
from providers.kit.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

URN = "urn:pulumi:dev::shop::groundwork:app:Backup$test:index:Box::the box::2"
SECRET = "correct horse battery"  # noqa: S105 - made up for these tests


class Box(Handler):
    """A resource that keeps nothing: every answer follows from the request."""

    secret_patterns = (("token",),)

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """Say who is asked, and refuse a negative size."""
        size = inputs.get("size")
        bad = isinstance(size, int) and size < 0
        failures = (Failure(("size",), "is negative"),) if bad else ()
        return Checked({**inputs, "name": call.name, "new": old is None}, failures)

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """Replace on another size."""
        del call
        return differ(stored.inputs, inputs, replace_on=[("size",)], delete_before_replace=True)

    def create(self, call: Call, inputs: Properties) -> Created:
        """Make it, or fail in the way asked for."""
        match inputs.get("fail"):
            case "aloud":
                call.log(Severity.WARNING, f"weak: {inputs['password']}, token {inputs['token']}")
            case "not at all":
                raise ProviderError(f"rejected {inputs['password']}")
            case "half":
                raise Incomplete("box-1", {**inputs, "made": True}, f"no room for {inputs['password']}")
            case "by mistake":
                raise ValueError(f"broken by {inputs['password']}")
        if call.preview:
            return Created("", {**inputs, "url": UNKNOWN})
        return Created("box-1", {**inputs, "url": f"https://me:{inputs.get('password')}@host", "token": "t"})

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """Gone when its id says so."""
        del call
        return None if stored.id == "gone" else Stored(stored.id, stored.inputs, {**stored.outputs, "token": "t"})

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """The outputs tell the time limit."""
        return {**inputs, "seconds": call.timeout, "before": stored.inputs.get("size")}

    def delete(self, call: Call, stored: Stored) -> None:
        """Refuse when its id says so."""
        del call
        if stored.id == "stuck":
            raise ProviderError(f"stuck with {stored.outputs['password']}")


class Boxes(Provider):
    """A provider of boxes."""

    def handler(self, token: str) -> Handler:
        """Only boxes."""
        if token != "test:index:Box":  # noqa: S105 - a type
            raise ProviderError(f"no type {token}; there is test:index:Box")
        return Box()

    def mapping(self, key: str, provider: str) -> bytes | None:
        """A table for terraform."""
        del provider
        return b"{}" if key == "terraform" else None

    def mappings(self, key: str) -> tuple[str, ...]:
        """One provider."""
        del key
        return ("box",)


@pytest.fixture(scope="module")
def servicer() -> Servicer:
    """The servicer that the tests talk to."""
    return Servicer(Boxes(), "1.2.3")


@pytest.fixture(scope="module")
def stub(servicer: Servicer) -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    """A client as the engine is one."""
    server, port = start(servicer)
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield provider_pb2_grpc.ResourceProviderStub(channel)
    server.stop(grace=None).wait()


@contextmanager
def failing() -> Iterator[list[grpc.RpcError]]:
    """Collects the error that the call inside must end with."""
    found: list[grpc.RpcError] = []
    with pytest.raises(grpc.RpcError) as caught:
        yield found
    found.append(caught.value)


def _details(error: grpc.RpcError) -> bytes:
    rows = cast("Iterable[tuple[str, bytes]]", error.trailing_metadata())
    return dict(rows)["grpc-status-details-bin"]


def _create(**more: str) -> proto.CreateRequest:
    values: Properties = {"password": SECRET, **more}
    return proto.CreateRequest(urn=URN, properties=encode(values, {("password",)}))


def test_version(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """The plugin tells its version."""
    assert "1.2.3" == stub.GetPluginInfo(empty_pb2.Empty()).version


def test_secrets_are_understood(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """The engine is told to send secrets marked, and to preview through the provider."""
    answer = stub.Configure(proto.ConfigureRequest(acceptSecrets=True))
    assert (True, True) == (answer.acceptSecrets, answer.supportsPreview)


def test_check_fills_in(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """The handler learns the resource's name, also when it holds colons, and whether it is new."""
    answer = stub.Check(proto.CheckRequest(urn=URN, news=encode({"size": 1})))
    assert {"size": 1, "name": "the box::2", "new": True} == decode(answer.inputs)[0]


def test_check_failures_have_paths(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A failure names the property's path."""
    answer = stub.Check(proto.CheckRequest(urn=URN, news=encode({"size": -1})))
    assert [("size", "is negative")] == [(failure.property, failure.reason) for failure in answer.failures]


def test_check_keeps_secrets(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """Inputs come back secret where they were, and where the type is secret by nature."""
    values: Properties = {"password": SECRET, "token": "t"}
    answer = stub.Check(proto.CheckRequest(urn=URN, news=encode(values, {("password",)})))
    assert frozenset({("password",), ("token",)}) == decode(answer.inputs)[1]


def test_diff_has_details(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A diff names changes by path, and the top-level keys that replace."""
    request = proto.DiffRequest(urn=URN, old_inputs=encode({"size": 1, "a": [1]}), news=encode({"size": 2, "a": [3]}))
    answer = stub.Diff(request)
    kinds = {path: proto.PropertyDiff.Kind.Name(change.kind) for path, change in answer.detailedDiff.items()}
    assert ({"size": "UPDATE_REPLACE", "a[0]": "UPDATE"}, ["size"], True) == (
        kinds,
        list(answer.replaces),
        answer.deleteBeforeReplace,
    )


def test_no_diff(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """Equal inputs give a plain no."""
    request = proto.DiffRequest(urn=URN, old_inputs=encode({"size": 1}), news=encode({"size": 1}))
    assert proto.DiffResponse.DIFF_NONE == stub.Diff(request).changes


def test_created_outputs_are_secret(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """The password is secret in the outputs, and so is the address that contains it."""
    answer = stub.Create(_create())
    assert frozenset({("password",), ("url",), ("token",)}) == decode(answer.properties)[1]


def test_preview_keeps_unknowns(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """Unknown inputs reach the handler, and unknown outputs the engine."""
    request = proto.CreateRequest(urn=URN, preview=True, properties=encode({"size": UNKNOWN}))
    assert {"size": UNKNOWN, "url": UNKNOWN} == decode(stub.Create(request).properties)[0]


@pytest.mark.parametrize("fail", ["not at all", "half", "by mistake"])
def test_errors_show_no_secret(stub: provider_pb2_grpc.ResourceProviderStub, fail: str) -> None:
    """No error text shows a secret input, not even one that nobody expected."""
    with failing() as errors:
        stub.Create(_create(fail=fail))
    text = str(errors[0].details())
    assert (True, False) == ("[secret]" in text, SECRET in text)


class Listener(Engine):
    """An engine that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def log(self, severity: Severity, message: str, urn: str = "") -> None:
        """Keep it."""
        del severity, urn
        self.heard.append(message)


def test_messages_show_no_secret() -> None:
    """What a handler tells the user shows no secret input, marked as one or secret by its type."""
    listener = Listener()
    server, port = start(Servicer(Boxes(), "1", listener))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        provider_pb2_grpc.ResourceProviderStub(channel).Create(_create(fail="aloud", token="t-17"))  # noqa: S106 - made up
    server.stop(grace=None).wait()
    assert ["weak: [secret], token [secret]"] == listener.heard


def test_half_made_is_recorded(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A resource that exists but is not ready reaches the engine with id, state, inputs and reasons."""
    with failing() as errors:
        stub.Create(_create(fail="half"))
    status = status_pb2.Status.FromString(_details(errors[0]))
    detail = proto.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    made, secrets = decode(detail.properties)
    assert ("box-1", True, frozenset({("password",)}), ["no room for [secret]"]) == (
        detail.id,
        made["made"],
        secrets,
        list(detail.reasons),
    )


def test_read(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A read gives id, inputs and state, with secrets as they were in the state."""
    state = encode({"password": SECRET}, {("password",)})
    answer = stub.Read(proto.ReadRequest(id="box-1", urn=URN, inputs=encode({}), properties=state))
    assert ("box-1", frozenset({("password",), ("token",)})) == (answer.id, decode(answer.properties)[1])


def test_read_of_what_is_gone(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """An empty id tells the engine that the resource is gone."""
    assert "" == stub.Read(proto.ReadRequest(id="gone", urn=URN)).id


def test_update(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """An update knows the inputs before it, and the user's time limit."""
    request = proto.UpdateRequest(urn=URN, timeout=7, old_inputs=encode({"size": 1}), news=encode({"size": 2}))
    assert {"size": 2, "seconds": 7, "before": 1} == decode(stub.Update(request).properties)[0]


def test_a_secret_stays_one(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """What was secret in the state stays so when the program stops marking it."""
    request = proto.UpdateRequest(
        urn=URN, olds=encode({"password": SECRET}, {("password",)}), news=encode({"password": SECRET})
    )
    assert frozenset({("password",)}) == decode(stub.Update(request).properties)[1]


def test_delete_tells_why_not(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A failed delete says why, without a secret of the state."""
    state = encode({"password": SECRET}, {("password",)})
    with failing() as errors:
        stub.Delete(proto.DeleteRequest(id="stuck", urn=URN, properties=state))
    assert "stuck with [secret]" == errors[0].details()


def test_unknown_type(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A type that the provider lacks gives its own words."""
    with failing() as errors:
        stub.Create(proto.CreateRequest(urn=URN.replace("Box", "Bag")))
    assert "no type test:index:Bag; there is test:index:Box" == errors[0].details()


def test_components_are_refused(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A component gives an error that says so."""
    with failing() as errors:
        stub.Construct(proto.ConstructRequest(type="test:index:Box"))
    assert "test:index:Box is a component, and this provider offers resources only" == errors[0].details()


def test_mapping(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """The engine can ask for the table of names, and for whose it is."""
    answer = stub.GetMapping(proto.GetMappingRequest(key="terraform"))
    none = stub.GetMapping(proto.GetMappingRequest(key="other"))
    assert ("box", b"{}", b"") == (answer.provider, answer.data, none.data)


class Sleeper(Handler):
    """A resource whose creation ends only when the user cancels."""

    def create(self, call: Call, inputs: Properties) -> Created:
        """Wait."""
        return Created("cancelled" if call.cancelled.wait(30) else "slept", inputs)


class Sleepers(Provider):
    """A provider of sleepers."""

    def handler(self, token: str) -> Handler:
        """Whatever is asked for."""
        del token
        return Sleeper()


def test_cancel_overtakes_waits() -> None:
    """However many operations wait, Cancel is answered at once: the engine gives a plugin 5 s for it."""
    server, port = start(Servicer(Sleepers(), "1"))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        sleepers = provider_pb2_grpc.ResourceProviderStub(channel)
        waiting = [sleepers.Create.future(proto.CreateRequest(urn=URN)) for _ in range(200)]
        sleepers.Cancel(empty_pb2.Empty(), timeout=5)
        assert {"cancelled"} == {answer.result(timeout=20).id for answer in waiting}
    server.stop(grace=None).wait()


def test_cancel_ends_waits(servicer: Servicer, stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """Cancel sets the event that every wait listens to."""
    stub.Cancel(empty_pb2.Empty())
    assert servicer.cancelled.is_set()
