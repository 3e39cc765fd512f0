"""The way back to the engine: messages that the user sees beside a resource."""

from __future__ import annotations

import contextlib

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from providers.kit.handler import Severity

#: Seconds that a message may take; it is never worth holding an operation up.
_LIMIT = 5.0

_SEVERITIES = {
    Severity.DEBUG: engine_pb2.DEBUG,
    Severity.INFO: engine_pb2.INFO,
    Severity.WARNING: engine_pb2.WARNING,
    Severity.ERROR: engine_pb2.ERROR,
    Severity.STATUS: engine_pb2.INFO,
}


class Engine:
    """The engine at a loopback address; without one, messages go nowhere."""

    def __init__(self, address: str = "") -> None:
        self._channel = grpc.insecure_channel(address) if address else None
        self._stub = engine_pb2_grpc.EngineStub(self._channel) if self._channel else None

    def log(self, severity: Severity, message: str, urn: str = "") -> None:
        """Show a message; an engine that has gone is no reason to fail."""
        if self._stub is None:
            return
        with contextlib.suppress(grpc.RpcError):
            self._stub.Log(
                engine_pb2.LogRequest(
                    severity=_SEVERITIES[severity], message=message, urn=urn, ephemeral=severity is Severity.STATUS
                ),
                timeout=_LIMIT,
            )

    def close(self) -> None:
        """Close the connection."""
        if self._channel is not None:
            self._channel.close()
