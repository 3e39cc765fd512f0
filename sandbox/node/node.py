"""The node as a whole: its parts, wired, started and ended together."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from sandbox.node import kubelet_api, models
from sandbox.node.binder import Binder
from sandbox.node.context import Context
from sandbox.node.environment import Resolver
from sandbox.node.events import Recorder
from sandbox.node.image_build import Builder
from sandbox.node.images import Images
from sandbox.node.kube import client, server_address
from sandbox.node.objects import ApiObjects
from sandbox.node.pods import Pods
from sandbox.node.provisioner import Provisioner
from sandbox.node.registration import Registration, allocatable
from sandbox.node.runtime_bwrap import find_bubblewrap
from sandbox.node.runtime_plain import Plain
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.node.runtime import Runtime
    from sandbox.node.settings import Settings

_log = structlog.get_logger()


def run(settings: Settings) -> None:
    """Run the node until SIGTERM or SIGINT; then kill its containers and return.

    Raises:
        Problem: bubblewrap was demanded and does not work, or the port is taken (exit code 6).
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    runtime = choose_runtime(settings.runtime)
    _log.info("node.starting", runtime=runtime.name, isolation=runtime.isolation)
    models.learn()
    context = _context(settings, runtime, stop)
    pods = Pods(context)
    try:
        server = kubelet_api.serve(settings, pods)
    except OSError as error:
        raise Problem(
            f"the node's endpoint cannot be served: {error.strerror or error}",
            where=f"127.0.0.1:{settings.listen_port}",
            fix="stop what uses the port, then run `make up` again",
            exit_code=ExitCode.SANDBOX,
        ) from error
    binder_api = client(settings.binder_kubeconfig, "kube-scheduler")
    provisioner_api = client(settings.provisioner_kubeconfig, "groundwork-provisioner")
    registration = Registration(context.api, settings, runtime.name, runtime.isolation)
    binder = Binder(binder_api, Recorder(binder_api, "default-scheduler"))
    provisioner = Provisioner(provisioner_api, Recorder(provisioner_api, "groundwork-provisioner"), settings)
    for part in (registration.run, pods.run, binder.run, provisioner.run):
        _start(part, stop)
    stop.wait()
    _log.info("node.ending")
    pods.join()
    server.shutdown()
    context.images.close()


def choose_runtime(wanted: str) -> Runtime:
    """Bubblewrap where it works, else plain processes; ``wanted`` may demand either.

    Raises:
        Problem: ``bwrap`` is demanded and does not work.
    """
    found = None if wanted == "plain" else find_bubblewrap()
    if found is None and wanted == "bwrap":
        raise Problem(
            "bubblewrap is not there or does not work for this user",
            fix="install it (`apt install bubblewrap`) and allow user namespaces, or use --runtime plain",
            exit_code=ExitCode.SANDBOX,
        )
    return found or Plain()


def _context(settings: Settings, runtime: Runtime, stop: threading.Event) -> Context:
    api = client(settings.kubeconfig, "kubelet")
    host, port = server_address(settings.kubeconfig)
    service = {
        "KUBERNETES_SERVICE_HOST": host,
        "KUBERNETES_SERVICE_PORT": str(port),
        "KUBERNETES_SERVICE_PORT_HTTPS": str(port),
    }
    builder = Builder(settings.images, settings.checkout, Path(sys.executable), settings.uv)
    return Context(
        api=api,
        settings=settings,
        runtime=runtime,
        images=Images(settings.image_table, settings.checkout, builder),
        recorder=Recorder(api, "kubelet"),
        resolver=Resolver(ApiObjects(api), allocatable(), service),
        stop=stop,
    )


def _start(part: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """Run a part in a thread; one that breaks ends the node, which its supervisor then starts again."""

    def guarded() -> None:
        try:
            part(stop)
        finally:
            if not stop.is_set():
                _log.error("node.part_ended", part=getattr(part, "__qualname__", repr(part)))
                stop.set()

    threading.Thread(target=guarded, name=getattr(part, "__qualname__", "part"), daemon=True).start()
