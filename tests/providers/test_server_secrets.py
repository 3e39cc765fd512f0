"""What a handler finds to be secret, and what the configuration holds, over gRPC as the engine speaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc

from providers.kit import Call, Created, Handler, Incomplete, Properties, Provider, ProviderError, Stored
from providers.kit.server import Servicer, start
from providers.kit.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

URN = "urn:pulumi:dev::shop::test:index:Line::line"
KEY = "the key of " + "the account"
FOUND = "what the answer " + "calls secret"


class Line(Handler):
    """A list of variables of which the server says which are secret."""

    def create(self, call: Call, inputs: Properties) -> Created:
        """Learn it from the answer, or fail in the way asked for."""
        if inputs.get("fail"):
            raise ProviderError(f"refused with {KEY}")
        call.secrets.add(("variables", "FOUND"))
        made: Properties = {"variables": {"FOUND": FOUND, "PLAIN": "plain"}, "all": f"FOUND={FOUND}"}
        if inputs.get("half"):
            raise Incomplete("line-1", made, f"does not start with {FOUND}")
        return Created("line-1", made)

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """Inputs and outputs alike."""
        call.secrets.add(("variables", "FOUND"))
        return Stored(stored.id, {"variables": {"FOUND": FOUND}}, {"variables": {"FOUND": FOUND}})

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """As created."""
        del stored
        return self.create(call, inputs).outputs


class Lines(Provider):
    """A provider with a secret in its configuration."""

    secret_patterns = (("key",),)

    def handler(self, token: str) -> Handler:
        """Only lines."""
        del token
        return Line()


@pytest.fixture(scope="module")
def stub() -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    """A client as the engine is one, after the configuration."""
    server, port = start(Servicer(Lines(), "1"))
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        made = provider_pb2_grpc.ResourceProviderStub(channel)
        made.Configure(proto.ConfigureRequest(args=encode({"key": KEY})))
        yield made
    server.stop(grace=None).wait()


def test_the_configuration_is_secret(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """What is secret by its nature is so in the state of the provider, though the program did not say so."""
    answer = stub.CheckConfig(proto.CheckRequest(urn=URN, news=encode({"key": KEY, "endpoint": "x"})))
    assert frozenset({("key",)}) == decode(answer.inputs)[1]


def test_no_error_shows_the_configuration(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A secret of the configuration is in no later error, whatever a service repeats."""
    with pytest.raises(grpc.RpcError, match="refused with \\[secret\\]"):
        stub.Create(proto.CreateRequest(urn=URN, properties=encode({"fail": True})))


def test_a_handlers_find_is_secret(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """What a handler says is secret is so, and so is what repeats it; what stands beside it is not."""
    created = decode(stub.Create(proto.CreateRequest(urn=URN)).properties)[1]
    updated = decode(stub.Update(proto.UpdateRequest(urn=URN)).properties)[1]
    assert frozenset({("variables", "FOUND"), ("all",)}) == created == updated


def test_a_read_s_find_is_secret(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """In the inputs as in the outputs."""
    answer = stub.Read(proto.ReadRequest(id="line-1", urn=URN))
    expected = frozenset({("variables", "FOUND")})
    assert (expected, expected) == (decode(answer.inputs)[1], decode(answer.properties)[1])


def test_a_reason_shows_no_find(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """What is half made is told without what its own answer calls secret."""
    with pytest.raises(grpc.RpcError, match="does not start with \\[secret\\]"):
        stub.Create(proto.CreateRequest(urn=URN, properties=encode({"half": True})))


def test_a_schema_is_the_least(stub: provider_pb2_grpc.ResourceProviderStub) -> None:
    """A provider without one answers with nothing, which counts as one."""
    assert "" == stub.GetSchema(proto.GetSchemaRequest()).schema
