"""The language host's process: a gRPC server on a free port of the loopback, for as long as its engine lives."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import grpc

from toolchain.langhost.children import Children
from toolchain.langhost.layout import EXEC
from toolchain.langhost.protocol import language_pb2_grpc
from toolchain.langhost.service import LanguageHost

_THREADS: Final = 128
"""A program and each plugin hold one for as long as they run; threads are made only as they are needed."""
_EXECUTOR: Final = "--executor="
_WATCH: Final = 1.0
_LARGEST_MESSAGE: Final = 400 * 1024 * 1024
"""Bytes; the limit that the engine itself sets on its connections."""


def main() -> None:
    """Serve until the engine ends this process, ends itself, or an interrupt comes; then leave nothing running."""
    engine, executor = _arguments(sys.argv[1:])
    parent = os.getppid()
    ends: queue.SimpleQueue[int] = queue.SimpleQueue()  # unlike an Event, safe to use in a signal's handler
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: ends.put(number))
    children = Children()
    options = [
        ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
        ("grpc.max_send_message_length", _LARGEST_MESSAGE),
    ]
    server = grpc.server(ThreadPoolExecutor(max_workers=_THREADS), options=options)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageHost(engine, executor, children), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads it here
    while os.getppid() == parent:  # an engine that was killed will not ask again
        with contextlib.suppress(queue.Empty):
            ends.get(timeout=_WATCH)
            break
    children.end_all()
    server.stop(grace=None)
    sys.stdout.flush()
    os._exit(0)  # threads that still wait for the engine are not waited for


def _arguments(words: list[str]) -> tuple[str, Path]:
    """The engine's address, its last word, and the script that runs programs, which the shim names.

    The engine's own flags are passed over: what they ask for comes again in each request.
    """
    engine = next((word for word in reversed(words) if not word.startswith("-")), "")
    executor = next((Path(word.removeprefix(_EXECUTOR)) for word in words if word.startswith(_EXECUTOR)), None)
    if executor is None or not executor.exists():
        raise SystemExit(f"{_EXECUTOR}FILE must name {EXEC}; `gw doctor` tells whether the toolchain is whole")
    return engine, executor
