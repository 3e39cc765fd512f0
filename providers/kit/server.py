"""The gRPC server between the engine and a `Provider`.

It takes secrets off what comes in, puts them back on what goes out, and turns errors into what the engine shows.
"""
# ruff: noqa: N802 - the protocol names the methods

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NoReturn

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as proto

from providers.kit.diff import Diff, compare
from providers.kit.engine import Engine
from providers.kit.handler import Call, Checked, Handler, Incomplete, Provider, ProviderError, Severity, Stored
from providers.kit.paths import Path, Pattern, render
from providers.kit.secrets import marked, redact, texts
from providers.kit.values import Properties, Value, decode, encode
from providers.kit.wire import detailed, diff_response
from toolchain.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

#: The engine's own limit for a message (`pulumi.runtime._grpc_settings`): 400 MiB.
_MAX_MESSAGE = 400 * 1024 * 1024

#: Operations at once: far above the engine's own number (four for each CPU, unless the user says otherwise), because
#: Cancel must not stand in line behind the waits that it is to end, and a plugin that does not answer it within 5 s
#: "exited prematurely". A thread is made only when none is idle.
_WORKERS = 1024

#: Seconds between two looks at whether the engine still lives.
_HEARTBEAT = 1.0


class _Guarded:
    """Values of one request: plain, with what was secret in them."""

    def __init__(self, *structs: struct_pb2.Struct, known: AbstractSet[str] = frozenset()) -> None:
        self.values: list[Properties] = []
        self.paths: set[Path] = set()
        self.known: set[str] = set(known)
        self.patterns: tuple[Pattern, ...] = ()
        for struct in structs:
            values, paths = decode(struct)
            self.values.append(values)
            self.paths |= paths
            self.known |= texts(values, paths)

    def learn(self, patterns: tuple[Pattern, ...]) -> None:
        """Count what the patterns name among the secrets, in the answer and in every error text."""
        self.patterns = patterns
        for values in self.values:
            self.known |= texts(values, marked(values, paths=set(), patterns=patterns))

    def encode(self, values: Mapping[str, Value]) -> struct_pb2.Struct:
        """The answer: what is secret in it by path or pattern is so wherever else it stands."""
        self.known |= texts(values, marked(values, paths=self.paths, patterns=self.patterns))
        return encode(values, marked(values, paths=self.paths, patterns=self.patterns, known=self.known))


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """The protocol's methods, each a thin shell over the provider's."""

    def __init__(self, provider: Provider, version: str, engine: Engine | None = None) -> None:
        self._provider = provider
        self._version = version
        self._engine = engine or Engine()
        self._known: frozenset[str] = frozenset()  # the configuration's secrets: no answer may show them either
        self.cancelled = threading.Event()

    def Handshake(
        self, _request: proto.ProviderHandshakeRequest, _context: grpc.ServicerContext
    ) -> proto.ProviderHandshakeResponse:
        """Say what the provider understands."""
        return proto.ProviderHandshakeResponse(accept_secrets=True, accept_resources=False, accept_outputs=False)

    def GetPluginInfo(self, _request: empty_pb2.Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The plugin's version."""
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(self, _request: proto.GetSchemaRequest, _context: grpc.ServicerContext) -> proto.GetSchemaResponse:
        """The package's schema."""
        return proto.GetSchemaResponse(schema=self._provider.schema)

    def GetMapping(self, request: proto.GetMappingRequest, context: grpc.ServicerContext) -> proto.GetMappingResponse:
        """The table from another system's names to this package's; empty when there is none."""
        with self._answer(context):
            data = self._provider.mapping(request.key, request.provider)
            if data is None:
                return proto.GetMappingResponse()
            names = self._provider.mappings(request.key)
            return proto.GetMappingResponse(provider=request.provider or next(iter(names), ""), data=data)

    def GetMappings(
        self, request: proto.GetMappingsRequest, context: grpc.ServicerContext
    ) -> proto.GetMappingsResponse:
        """The providers that `GetMapping` knows."""
        with self._answer(context):
            return proto.GetMappingsResponse(providers=self._provider.mappings(request.key))

    def Cancel(self, _request: empty_pb2.Empty, _context: grpc.ServicerContext) -> empty_pb2.Empty:
        """End every wait; the engine stops the process afterwards."""
        self.cancelled.set()
        return empty_pb2.Empty()

    def CheckConfig(self, request: proto.CheckRequest, context: grpc.ServicerContext) -> proto.CheckResponse:
        """Validate the provider's configuration."""
        guarded = _Guarded(request.news)
        with self._answer(context, guarded):
            guarded.learn(self._provider.secret_patterns)
            checked = self._provider.check_config(self._call(request, guarded), guarded.values[0])
            return _check_response(checked, guarded)

    def DiffConfig(self, request: proto.DiffRequest, context: grpc.ServicerContext) -> proto.DiffResponse:
        """Another configuration never replaces the resources made with the old one."""
        guarded = _Guarded(request.old_inputs, request.news, known=self._known)
        with self._answer(context, guarded):
            return diff_response(Diff(compare(*guarded.values)))

    def Configure(self, request: proto.ConfigureRequest, context: grpc.ServicerContext) -> proto.ConfigureResponse:
        """Give the provider its configuration."""
        guarded = _Guarded(request.args)
        guarded.learn(self._provider.secret_patterns)
        self._known = frozenset(guarded.known)
        with self._answer(context, guarded):
            self._provider.configure(guarded.values[0])
            return proto.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Invoke(self, request: proto.InvokeRequest, context: grpc.ServicerContext) -> proto.InvokeResponse:
        """Run a function."""
        guarded = _Guarded(request.args, known=self._known)
        with self._answer(context, guarded):
            call = Call(preview=request.preview, cancelled=self.cancelled, log=self._log(guarded))
            answer = self._provider.invoke(call, request.tok, guarded.values[0])
            response = proto.InvokeResponse()
            getattr(response, "return").CopyFrom(guarded.encode(answer))  # "return" is a word of Python's own
            return response

    def Construct(self, request: proto.ConstructRequest, context: grpc.ServicerContext) -> proto.ConstructResponse:
        """Refuse a component: providers here offer resources only. The provider may say what to use instead."""
        with self._answer(context):
            self._provider.handler(request.type)
            raise ProviderError(f"{request.type} is a component, and this provider offers resources only")

    def Check(self, request: proto.CheckRequest, context: grpc.ServicerContext) -> proto.CheckResponse:
        """Validate inputs and fill defaults in."""
        guarded = _Guarded(request.news, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded, seed=request.randomSeed)
            handler = self._handler(call, guarded)
            old = decode(request.olds)[0] if request.HasField("olds") else None
            return _check_response(handler.check(call, guarded.values[0], old), guarded)

    def Diff(self, request: proto.DiffRequest, context: grpc.ServicerContext) -> proto.DiffResponse:
        """What an update would change."""
        guarded = _Guarded(request.old_inputs, request.olds, request.news, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded)
            old_inputs, olds, news = guarded.values
            diff = self._handler(call, guarded).diff(call, Stored(request.id, old_inputs, olds), news)
            return diff_response(diff)

    def Create(self, request: proto.CreateRequest, context: grpc.ServicerContext) -> proto.CreateResponse:
        """Make a resource, or say in a preview what it would be."""
        guarded = _Guarded(request.properties, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded, preview=request.preview, timeout=request.timeout)
            handler = self._handler(call, guarded)
            try:
                created = handler.create(call, guarded.values[0])
            except Incomplete as error:
                self._incomplete(context, error, guarded)
            return proto.CreateResponse(id=created.id, properties=guarded.encode(created.outputs))

    def Read(self, request: proto.ReadRequest, context: grpc.ServicerContext) -> proto.ReadResponse:
        """The resource as it is now; an empty id says that it is gone."""
        guarded = _Guarded(request.inputs, request.properties, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded, timeout=request.timeout)
            handler = self._handler(call, guarded)
            try:
                found = handler.read(call, Stored(request.id, *guarded.values))
            except Incomplete as error:
                self._incomplete(context, error, guarded)
            if found is None:
                return proto.ReadResponse()
            return proto.ReadResponse(
                id=found.id,
                properties=guarded.encode(found.outputs),
                inputs=guarded.encode(found.inputs),
            )

    def Update(self, request: proto.UpdateRequest, context: grpc.ServicerContext) -> proto.UpdateResponse:
        """Change a resource, or say in a preview what it would be."""
        guarded = _Guarded(request.news, request.old_inputs, request.olds, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded, preview=request.preview, timeout=request.timeout)
            handler = self._handler(call, guarded)
            news, old_inputs, olds = guarded.values
            try:
                outputs = handler.update(call, Stored(request.id, old_inputs, olds), news)
            except Incomplete as error:
                self._incomplete(context, error, guarded)
            return proto.UpdateResponse(properties=guarded.encode(outputs))

    def Delete(self, request: proto.DeleteRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Remove a resource."""
        guarded = _Guarded(request.old_inputs, request.properties, known=self._known)
        with self._answer(context, guarded):
            call = self._call(request, guarded, timeout=request.timeout)
            self._handler(call, guarded).delete(call, Stored(request.id, *guarded.values))
            return empty_pb2.Empty()

    def _handler(self, call: Call, guarded: _Guarded) -> Handler:
        handler = self._provider.handler(call.token)
        guarded.learn(handler.secret_patterns)
        return handler

    def _call(
        self,
        request: proto.CheckRequest
        | proto.DiffRequest
        | proto.CreateRequest
        | proto.ReadRequest
        | proto.UpdateRequest
        | proto.DeleteRequest,
        guarded: _Guarded,
        *,
        preview: bool = False,
        timeout: float = 0,
        seed: bytes = b"",
    ) -> Call:
        token, name = request.type, request.name
        _, _, tail = request.urn.partition("::")
        parts = tail.split("::", 2)  # urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME; a name may hold "::" itself
        if len(parts) == 3:  # noqa: PLR2004 - project, types and name
            token = token or parts[1].rpartition("$")[2]
            name = name or parts[2]
        log = self._log(guarded, request.urn)
        return Call(request.urn, token, name, preview, timeout or None, seed, self.cancelled, log, guarded.paths)

    def _log(self, guarded: _Guarded, urn: str = "") -> Callable[[Severity, str], None]:
        """What a handler tells the user with: no secret of the request gets through it."""

        def log(severity: Severity, message: str) -> None:
            self._engine.log(severity, redact(message, guarded.known), urn)

        return log

    @contextlib.contextmanager
    def _answer(self, context: grpc.ServicerContext, guarded: _Guarded | None = None) -> Iterator[None]:
        """Turn an error into the engine's words, without a secret in them."""
        known = guarded.known if guarded else set()
        try:
            yield
        except (ProviderError, Problem) as error:
            context.abort(grpc.StatusCode.UNKNOWN, redact(str(error), known))
        except _Aborted:
            raise
        except Exception as error:  # noqa: BLE001 - the last place that can tell the user what broke
            self._engine.log(Severity.DEBUG, redact(traceback.format_exc(), known))
            context.abort(grpc.StatusCode.INTERNAL, redact(f"{type(error).__name__}: {error}", known))

    def _incomplete(self, context: grpc.ServicerContext, error: Incomplete, guarded: _Guarded) -> NoReturn:
        inputs = error.inputs if error.inputs is not None else guarded.values[0]
        detail = proto.ErrorResourceInitFailed(
            id=error.id,
            properties=guarded.encode(error.outputs),
            inputs=guarded.encode(inputs),
        )
        reasons = [redact(reason, guarded.known) for reason in error.reasons]  # now that the answer's secrets are known
        detail.reasons.extend(reasons)
        try:
            context.abort_with_status(detailed("; ".join(reasons), detail))
        except Exception as abort:  # gRPC ends the call by raising Exception itself, no class of its own
            raise _Aborted from abort


class _Aborted(Exception):  # noqa: N818 - a signal within this file: the answer has been given
    """The call has its error already."""


def _check_response(checked: Checked, guarded: _Guarded) -> proto.CheckResponse:
    return proto.CheckResponse(
        inputs=guarded.encode(checked.inputs),
        failures=[
            proto.CheckFailure(property=render(failure.path), reason=redact(failure.reason, guarded.known))
            for failure in checked.failures
        ],
    )


def start(servicer: Servicer) -> tuple[grpc.Server, int]:
    """Serve on a free loopback port; gives the server and the port."""
    server = grpc.server(
        ThreadPoolExecutor(max_workers=_WORKERS, thread_name_prefix="provider"),
        options=[("grpc.max_receive_message_length", _MAX_MESSAGE), ("grpc.max_send_message_length", _MAX_MESSAGE)],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def serve(name: str, version: str, provider: Provider) -> NoReturn:
    """Be the plugin `name`: print the port, serve until SIGINT, SIGTERM or the engine's end, and end the process.

    The engine's address is the first argument that is no option, as the protocol has it.
    """
    parent = os.getppid()
    ends: queue.SimpleQueue[int] = queue.SimpleQueue()  # unlike an Event, safe to use in a signal's handler
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: ends.put(number))
    address = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    engine = Engine(address)
    servicer = Servicer(provider, version, engine)
    server, port = start(servicer)
    threading.current_thread().name = name
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while os.getppid() == parent:  # an engine that was killed cannot end its plugins: another parent says so
        with contextlib.suppress(queue.Empty):
            ends.get(timeout=_HEARTBEAT)
            break
    servicer.cancelled.set()
    server.stop(grace=_HEARTBEAT).wait(2 * _HEARTBEAT)
    provider.close()
    engine.close()
    os._exit(0)  # an operation that a service keeps waiting is not waited for: nobody is there for its answer
