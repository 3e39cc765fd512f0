"""Adopt or fail: what a create does about things that are there already, and about answers that were lost."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from providers.kit.api import Ambiguous, ApiError
from providers.kit.handler import Incomplete, ProviderError, Severity
from providers.kit.inputs import Inputs, lenient
from providers.kit.paths import render

if TYPE_CHECKING:
    from providers.kit.diff import Change
    from providers.kit.handler import Call
    from providers.kit.native import Live, Resource
    from providers.kit.values import Properties

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs
C = TypeVar("C")

#: Seconds between two looks for what a lost answer may have made: they double up to the most.
_FIRST_LOOK, _LATER_LOOKS = 0.25, 2.0


@dataclass(frozen=True)
class Creation(Generic[I, C]):
    """One create.

    Attributes:
        kind: how such a thing is found and made.
        client: the API's.
        call: its circumstances.
        inputs: what is asked for, checked.
        wanted: the same, typed.
    """

    kind: Resource[I, C]
    client: C
    call: Call
    inputs: Properties
    wanted: I

    def adopted(self) -> Live | None:
        """What has the natural key already and is as asked for; None where nothing has it.

        Raises:
            ProviderError: it is not as asked for, or it is another resource of the program.
        """
        live = self.kind.find(self.client, self.call, self.wanted)
        if live is None or self.kind.claims.holder(live.id) == self.call.urn:  # its own predecessor, to be replaced
            return None
        self.kind.claims.free(live.id, self.call.urn)
        if differing := self._differing(live):
            raise ProviderError(
                f"{live.id} is there already, has the same natural key, and differs in: {differing}\n"
                f"  fix: import it, then decide what it is to be: {self._import(live.id)}"
            )
        self.call.log(Severity.INFO, f"{live.id} is there already, as it should be: adopted")
        if self.kind.write_only & self.inputs.keys():  # nobody can read whether these are as they should be
            there: I = lenient(type(self.wanted), live.inputs)
            return self.kind.change(self.client, self.call, live.id, there, self.wanted)
        return live

    def made(self) -> Live:
        """Make it: at most twice, and the second time only when the first has left nothing.

        Raises:
            Incomplete: it was made and is not as it should be.
            Ambiguous: nobody can know whether it was made.
            ProviderError: it was not made.
        """
        try:
            return self.kind.make(self.client, self.call, self.wanted)
        except Ambiguous as lost:
            live = self._left_by(lost)
        if live is not None:
            return live
        try:
            return self.kind.make(self.client, self.call, self.wanted)
        except Ambiguous as lost:
            live = self._left_by(lost)
            if live is None:
                raise
            return live

    def _left_by(self, lost: Ambiguous) -> Live | None:
        """What a create left whose answer was lost; None when nothing shows in time.

        Raises:
            Incomplete: it shows, and does not become as asked for in time.
            Ambiguous: it cannot be looked for.
        """
        if not self.kind.findable:
            raise self._unknown(lost)
        end, pause = time.monotonic() + self.kind.settle_seconds, _FIRST_LOOK
        while True:
            try:
                live = self.kind.find(self.client, self.call, self.wanted)
            except ApiError as error:
                raise self._unknown(lost) from error
            before = live is not None and self.kind.claims.holder(live.id) is not None  # as its own predecessor is
            differing = self._differing(live) if live else ""
            if live is not None and not before and not differing:
                return live
            if time.monotonic() >= end:
                break
            if self.call.cancelled.wait(pause):
                raise self._unknown(lost)
            pause = min(2 * pause, _LATER_LOOKS)
        if live is None:
            return None
        if before:  # what was made may stand behind it
            raise self._unknown(lost)
        outputs = self.kind.state(self.call, {}, live)
        reason = f"the answer to its create was lost ({lost}), and it differs in: {differing}"
        raise Incomplete(live.id, outputs, reason, inputs=live.inputs) from lost

    def _differing(self, live: Live) -> str:
        """Where the thing differs from what is asked for; what cannot be read does not."""
        found: tuple[Change, ...] = self.kind.changes(live.inputs, self.inputs, self.kind.write_only)
        return ", ".join(render(change.path) for change in found)

    def _unknown(self, lost: Ambiguous) -> Ambiguous:
        return Ambiguous(
            f"{lost}\n  fix: look whether it was made; if so: {self._import('<id>')}",
            status=lost.status,
            code=lost.code,
        )

    def _import(self, id: Any) -> str:  # noqa: A002, ANN401 - the engine's own word
        return f"pulumi import {self.kind.token} {self.call.name} {id}"
