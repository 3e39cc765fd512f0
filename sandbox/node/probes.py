"""Probes: whether a container has started, lives, and is ready."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from sandbox.node.runtime import StartError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lightkube.models.core_v1 import Container, ExecAction, HTTPGetAction, Probe

    from sandbox.node.process import Process

_HOST = "127.0.0.1"
_POLL_SECONDS = 0.05
#: Seconds that a killed probe may take to be gone.
_KILL_SECONDS = 5.0
_GOOD = range(200, 400)
_OUTPUT_BYTES = 1024


@dataclass(frozen=True)
class Result:
    """Outcome of one probe."""

    good: bool
    message: str = ""


class ProbeLoop(threading.Thread):
    """Probes again and again and keeps the verdict.

    Args:
        probe: when and what to probe.
        check: does one probe.
        healthy: the verdict before the first probe.
        failed: called with a message at each failed probe.
    """

    def __init__(
        self, probe: Probe, check: Callable[[], Result], *, healthy: bool, failed: Callable[[str], None]
    ) -> None:
        super().__init__(name="probe", daemon=True)
        self.healthy = healthy
        self.exhausted = False
        self._probe = probe
        self._check = check
        self._failed = failed
        self._over = threading.Event()

    def end(self) -> None:
        """Probe no more."""
        self._over.set()

    def run(self) -> None:
        """Probe until told to end. The verdict changes after as many equal results in a row as the probe asks for."""
        self._over.wait(self._probe.initialDelaySeconds or 0)
        good = bad = 0
        while not self._over.is_set():
            result = self._check()
            if self._over.is_set():
                return
            good, bad = (good + 1, 0) if result.good else (0, bad + 1)
            if good >= (self._probe.successThreshold or 1):
                self.healthy = True
            if not result.good:
                self._failed(result.message)
            if bad >= (self._probe.failureThreshold or 3):
                self.healthy = False
                self.exhausted = True
            self._over.wait(self._probe.periodSeconds or 10)


def checker(
    probe: Probe, container: Container, run_beside: Callable[[tuple[str, ...], int], Process]
) -> Callable[[], Result]:
    """A function that does one probe of the container.

    A probe's command runs beside the container, in a sandbox of the same mounts, not inside it. gRPC probes are not
    supported and count as passed.
    """
    limit = float(probe.timeoutSeconds or 1)
    if probe.exec is not None:
        action = probe.exec
        return lambda: _exec(action, limit, run_beside)
    if probe.httpGet is not None:
        get = probe.httpGet
        return lambda: _http(get, _port(get.port, container), limit)
    if probe.tcpSocket is not None:
        tcp = probe.tcpSocket
        return lambda: _tcp(tcp.host or _HOST, _port(tcp.port, container), limit)
    return lambda: Result(good=True)


def _exec(action: ExecAction, limit: float, run_beside: Callable[[tuple[str, ...], int], Process]) -> Result:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        process = run_beside(tuple(action.command or ()), writer)
    except StartError as error:
        os.close(reader)
        return Result(good=False, message=str(error))
    finally:
        os.close(writer)
    deadline = time.monotonic() + limit
    while (code := process.poll()) is None:
        if time.monotonic() >= deadline:
            process.kill()
            while process.poll() is None and time.monotonic() < deadline + _KILL_SECONDS:
                time.sleep(_POLL_SECONDS)
            os.close(reader)
            return Result(good=False, message=f"command timed out after {limit:g}s")
        time.sleep(_POLL_SECONDS)
    try:
        output = os.read(reader, _OUTPUT_BYTES).decode(errors="replace")
    except BlockingIOError:
        output = ""
    finally:
        os.close(reader)
    return Result(good=code == 0, message=output.strip() or f"exit code {code}")


def _http(action: HTTPGetAction, port: int, limit: float) -> Result:
    scheme = (action.scheme or "HTTP").lower()
    url = f"{scheme}://{action.host or _HOST}:{port}{action.path or '/'}"
    headers = {header.name: header.value for header in action.httpHeaders or []}
    try:
        # Probes take any certificate, as the kubelet's do.
        answer = httpx.get(url, headers=headers, timeout=limit, verify=False, trust_env=False)  # noqa: S501 - as above
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Result(good=False, message=f'Get "{url}": {error}')
    return Result(good=answer.status_code in _GOOD, message=f"HTTP probe failed with statuscode: {answer.status_code}")


def _tcp(host: str, port: int, limit: float) -> Result:
    try:
        socket.create_connection((host, port), timeout=limit).close()
    except OSError as error:
        return Result(good=False, message=f"dial tcp {host}:{port}: {error}")
    return Result(good=True)


def _port(port: int | str, container: Container) -> int:
    """A port by number, or by the name that the container gives it."""
    for known in container.ports or []:
        if known.name == port:
            return known.containerPort
    return int(port) if str(port).isdigit() else 0
