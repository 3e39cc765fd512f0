"""What moto holds in memory, as a file, and back.

moto itself forgets everything when it ends, and its recorder repeats requests, which gives other ids and keys. So the
backends' objects themselves are pickled: ids, dates and key material come back as they were.
"""

from __future__ import annotations

import io
import pickle
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, SupportsIndex

import moto
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

from toolchain import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

_LOCK = type(threading.Lock())
_RLOCK = type(threading.RLock())
_PRIVATE = (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey, ed25519.Ed25519PrivateKey, ed448.Ed448PrivateKey)
_PUBLIC = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)

_Backends = dict[str, dict[str, dict[str, Any]]]


class UnreadableError(Exception):
    """The file is of another version of moto, or no snapshot at all."""


@dataclass(frozen=True)
class Snapshot:
    """The file.

    Attributes:
        path: where it is; in a 0700 folder, since reading it runs what its pickle says.
    """

    path: Path

    def save(self, content: bytes) -> None:
        """Replace the file.

        Raises:
            OSError: it cannot be written; the older one stays.
        """
        files.write(self.path, content)

    def load(self) -> bool:
        """Put what was saved back into moto; False where nothing was saved.

        Raises:
            UnreadableError: the file cannot be used.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return False
        restore(content)
        return True


def capture() -> bytes:
    """All backends in use, as bytes.

    Raises:
        TypeError: a backend holds something that cannot be pickled.
        pickle.PicklingError: as above.
    """
    backends: _Backends = {
        services.service_name: {account: dict(regions) for account, regions in dict.items(services)}
        for services in _in_use()
    }
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump((moto.__version__, backends))
    return buffer.getvalue()


def _in_use() -> list[BackendDict[Any]]:
    held: list[BackendDict[Any]] = vars(BackendDict)["_instances"]  # moto keeps its list of backends nowhere else
    return list(held)


def restore(content: bytes) -> None:
    """Put captured backends into this process' moto.

    Raises:
        UnreadableError: they are of another version of moto, or damaged.
    """
    try:
        version, backends = _Unpickler(io.BytesIO(content)).load()
    except Exception as error:  # a damaged pickle, or one of other classes, raises almost anything
        raise UnreadableError(f"the saved state cannot be read: {error}") from error
    if version != moto.__version__:
        raise UnreadableError(f"the saved state is of moto {version}, this is {moto.__version__}")
    for service, accounts in backends.items():
        for account, regions in accounts.items():
            held = get_backend(service)[account]
            for region, backend in regions.items():
                held[region] = backend


# Named here: pickle cannot find the library's own functions by the module they claim to be of.
def _private_key(content: bytes) -> PrivateKeyTypes:
    return load_der_private_key(content, None)


def _public_key(content: bytes) -> PublicKeyTypes:
    return load_der_public_key(content)


class _Pickler(pickle.Pickler):
    """Knows the few things in moto's objects that pickle does not."""

    def persistent_id(self, obj: object) -> object:
        # Some backends point at another service's: the pointer is kept, not a second copy.
        return obj.service_name if isinstance(obj, BackendDict) else None

    def reducer_override(self, obj: object) -> tuple[Callable[..., object], tuple[object, ...]] | Any:  # noqa: ANN401 - typeshed's own signature
        if isinstance(obj, _RLOCK):
            return threading.RLock, ()
        if isinstance(obj, _LOCK):
            return threading.Lock, ()
        if isinstance(obj, _PRIVATE):
            return _private_key, (obj.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),)
        if isinstance(obj, _PUBLIC):
            return _public_key, (obj.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: SupportsIndex | str) -> object:
        return get_backend(str(pid))  # type: ignore[call-overload]  # its parameter is a literal of all service names
