"""The buckets that a capture writes to: one may fail, the others go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from backup.failure import Failure
from backup.upload import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backup.events import Tell
    from backup.vault import Vault

Result = TypeVar("Result")


class Targets:
    """Vaults that are written alike.

    Args:
        vaults: the first is asked first, for the time and for the restored copy.
        tell: hears of each vault that drops out.

    Attributes:
        alive: those that have not failed, in order.
        failures: the first failure of each that has, by the store's name.
    """

    def __init__(self, vaults: Sequence[Vault], tell: Tell) -> None:
        self.alive = list(vaults)
        self.failures: dict[str, Failure] = {}
        self._tell = tell
        self._uploads: dict[str, Upload] = {}

    def each(self, act: Callable[[Vault], Result]) -> list[Result]:
        """Do `act` with every vault that is alive; one that fails drops out.

        Raises:
            Failure: the first one, when none is left.
        """
        results = []
        for vault in list(self.alive):
            try:
                results.append(act(vault))
            except Failure as failure:
                self._drop(vault, failure)
        if not self.alive:
            raise next(iter(self.failures.values()))
        return results

    def begin(self, key: str) -> None:
        """Start one object in every vault."""
        self._uploads = {vault.store.name: Upload(vault.store, key) for vault in self.alive}

    def add(self, part: bytes) -> None:
        """Send one part of it everywhere."""
        self.each(lambda vault: self._uploads[vault.store.name].add(part))

    def finish(self) -> None:
        """Make it visible everywhere."""
        self.each(lambda vault: self._uploads[vault.store.name].finish())
        self._uploads.clear()  # only now: one that failed in its last parts had to be found, to be aborted

    def abandon(self) -> None:
        """Stop what is still under way."""
        while self._uploads:
            _, upload = self._uploads.popitem()
            upload.abandon()

    def discard(self, key: str) -> None:
        """Delete an object that must not stay, as far as the stores let us; without a manifest it never counts."""
        for vault in self.alive:
            try:
                vault.store.delete(key)
            except Failure as failure:
                self._tell("discard_failed", store=vault.store.name, message=failure.message, key=key)

    def _drop(self, vault: Vault, failure: Failure) -> None:
        """Go on without `vault`."""
        name = vault.store.name
        self.alive.remove(vault)
        self.failures[name] = failure
        if upload := self._uploads.pop(name, None):
            upload.abandon()
        self._tell("store_failed", store=name, code=int(failure.code), message=failure.message, where=failure.where)
