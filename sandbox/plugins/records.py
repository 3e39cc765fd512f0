"""Recorded resources: a folder with one file for each, for what has no real service in the sandbox.

A file tells what stands there (token, id, URN, times) in plain JSON; the property values are encrypted, because no
one can tell afterwards which of them were secret. The key lies beside them, 0600: this guards against values turning
up in searches, archives and bug reports, not against the user's own account.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from cryptography.fernet import Fernet, InvalidToken

from providers.kit import Properties, ProviderError
from toolchain import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FOLDER = 0o700


def now() -> str:
    """The time, as records write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Record:
    """One recorded resource.

    Attributes:
        token: its type.
        id: its identity.
        urn: the resource of the program that made it.
        made: when, in ISO 8601.
        inputs: what was asked for.
        outputs: what was answered.
    """

    token: str
    id: str
    urn: str
    made: str
    inputs: Properties
    outputs: Properties


@dataclass(frozen=True)
class Records:
    """The records of one stand-in.

    Attributes:
        folder: ``.sandbox/recorded/<plugin>``.
    """

    folder: Path

    @classmethod
    def below(cls, root: Path, plugin: str) -> Self:
        """The records of a plugin, in the sandbox's folder."""
        return cls(root / "recorded" / plugin)

    def read(self, token: str, identity: str) -> Record | None:
        """The record, None when there is none.

        Raises:
            ProviderError: the file is damaged, or was written with another key.
        """
        path = self._path(token, identity)
        try:
            held = json.loads(path.read_bytes())
            values = json.loads(self._cipher.decrypt(held["values"]))
            return Record(
                held["token"], held["id"], held["urn"], held["made"], inputs=values["inputs"], outputs=values["outputs"]
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, InvalidToken) as error:
            raise ProviderError(f"the record of {token} {identity!r} cannot be read: remove {path}") from error

    def write(self, record: Record) -> None:
        """Keep a record, in place of one of the same type and id."""
        values = json.dumps({"inputs": record.inputs, "outputs": record.outputs}).encode()
        held: Mapping[str, str | list[str]] = {
            "about": "recorded by Groundwork's stand-in plugin: nothing real stands behind it",
            "token": record.token,
            "id": record.id,
            "urn": record.urn,
            "made": record.made,
            "properties": sorted(record.outputs),
            "values": self._cipher.encrypt(values).decode(),
        }
        self._prepare()
        files.write(self._path(record.token, record.id), json.dumps(held, indent=1).encode())

    def remove(self, token: str, identity: str) -> None:
        """Forget a record; one that is gone already is no error."""
        self._path(token, identity).unlink(missing_ok=True)

    def _path(self, token: str, identity: str) -> Path:
        """A file name that any id fits into: ids hold slashes and colons."""
        digest = hashlib.sha256(f"{token}\0{identity}".encode()).hexdigest()[:16]
        return self.folder / f"{token.rpartition(':')[2]}-{digest}.json"

    @cached_property
    def _cipher(self) -> Fernet:
        """The cipher, with the sandbox's key for records; two plugins that start at once agree on one key."""
        path = self.folder.parent / "key"
        if not path.exists():
            self._prepare()
            mine = path.with_name(f".key.{secrets.token_hex(8)}")
            files.write(mine, Fernet.generate_key())
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(mine)  # unlike a rename, this does not take the place of another's
            mine.unlink()
        return Fernet(path.read_bytes())

    def _prepare(self) -> None:
        """Make the folders, for this user alone."""
        for folder in (self.folder.parent, self.folder):
            folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
