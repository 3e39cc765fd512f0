"""The engine's protocol, without the SDK around it.

This process is the host and nothing else; programs and plugins run in processes of their own, with the whole SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolchain import bare_sdk

if TYPE_CHECKING:
    from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2
else:
    bare_sdk.enter()
    from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

__all__ = ["language_pb2", "language_pb2_grpc", "plugin_pb2"]
