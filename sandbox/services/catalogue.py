"""All services of a sandbox."""

from __future__ import annotations

import hashlib
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.services import edge, etcd, kube_apiserver, kube_controller_manager, moto, node, versitygw
from sandbox.services.service import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sandbox.services.service import Service
    from sandbox.services.setting import Setting

_PACKAGE = Path(__file__).parents[1]
_MAKERS: Mapping[Name, Callable[[Setting], Service]] = {
    Name.ETCD: etcd.define,
    Name.API_SERVER: kube_apiserver.define,
    Name.CONTROLLERS: kube_controller_manager.define,
    Name.OBJECT_STORE: versitygw.define,
    Name.AWS: moto.define,
    Name.RAILWAY: partial(edge.define, name=Name.RAILWAY),
    Name.UPTIMEROBOT: partial(edge.define, name=Name.UPTIMEROBOT),
    Name.CLOUDFLARE: partial(edge.define, name=Name.CLOUDFLARE),
    Name.NODE: node.define,
}


def define(setting: Setting, without: frozenset[str] = frozenset()) -> tuple[Service, ...]:
    """The services but those left out, each after those that it needs.

    Raises:
        KeyError: a binary or a port is missing in the setting.
        OSError: a credential cannot be read.
    """
    return tuple(make(setting) for name, make in _MAKERS.items() if name not in without)


def fingerprint(services: Iterable[Service], setting: Setting) -> str:
    """A digest of what is run: commands, each executable's size and time of change, our own code, the credentials.

    A running supervisor with another fingerprint runs something else than what is wanted now. The environment is left
    out: a new terminal is no reason to start everything again.

    Raises:
        OSError: a credential, or our own code, cannot be read.
    """
    digest = hashlib.sha256()
    for path in [*_code(), *setting.credentials.services]:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for service in services:
        digest.update("\0".join(service.command).encode())
        found = shutil.which(service.command[0])
        if found is not None:
            status = Path(found).stat()
            digest.update(f"\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _code() -> list[Path]:
    """What the supervisor and our own services are made of; the stand-ins are started anew by each engine."""
    files = [*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.graphql")]
    own = sorted(path for path in files if not path.is_relative_to(_PACKAGE / "plugins"))
    lock = _PACKAGE.parent / "uv.lock"
    return [*own, lock] if lock.exists() else own
