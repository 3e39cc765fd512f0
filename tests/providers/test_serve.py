"""The plugin as a process."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc

PLUGIN = "from providers.kit import Provider, serve; serve('box', '1.2.3', Provider())"

#: A plugin whose operations hang, as on a service that does not answer.
HANGING = """
import time
from providers.kit import Handler, Provider, serve
class Hanging(Handler):
    def create(self, call, inputs):
        print("begun", flush=True)
        time.sleep(60)
class Box(Provider):
    def handler(self, token): return Hanging()
serve('box', '1.2.3', Box())
"""

#: A parent that starts the plugin, tells its pid and port, and ends when its own input does.
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {PLUGIN!r}], stdout=subprocess.PIPE, text=True)
print(child.pid, child.stdout.readline(), flush=True)
sys.stdin.read()
"""


def _start(code: str, **more: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - Popen's own
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_quietly(number: signal.Signals) -> None:
    """The process prints its port and no more, and ends with 0 when it is told to."""
    with _start(PLUGIN) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(empty_pb2.Empty(), timeout=10)
        process.send_signal(number)
        rest = process.communicate(timeout=10)
    assert (0, ("", "")) == (process.returncode, rest)


def test_ends_in_the_middle_of_an_operation() -> None:
    """An operation that does not end does not keep the process from ending."""
    with _start(HANGING) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            grpc.channel_ready_future(channel).result(timeout=10)
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            answer = stub.Create.future(proto.CreateRequest(urn="urn:pulumi:t::t::a:b:C::d"))
            assert "begun\n" == process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert 0 == process.wait(timeout=20)
            assert grpc.StatusCode.OK != answer.code()


def test_ends_with_its_engine() -> None:
    """A plugin whose engine was killed does not stay behind."""
    with _start(PARENT, stdin=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline().split()[1])
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            grpc.channel_ready_future(channel).result(timeout=10)
            parent.kill()
            parent.wait(timeout=10)
            error = _until_gone(provider_pb2_grpc.ResourceProviderStub(channel))
    assert grpc.StatusCode.UNAVAILABLE == error


def _until_gone(stub: provider_pb2_grpc.ResourceProviderStub) -> grpc.StatusCode:
    for _ in range(200):
        try:
            stub.GetPluginInfo(empty_pb2.Empty(), timeout=10)
        except grpc.RpcError as error:
            code: grpc.StatusCode = error.code()
            return code
        subprocess.run(["/bin/sleep", "0.05"], check=True)
    return grpc.StatusCode.OK
