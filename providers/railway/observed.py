"""What others do to a thing without changing anything that we declare, shown by a refresh all the same.

The engine compares inputs when it refreshes. So an output that has changed behind our back is put among the inputs
that a read gives; a check keeps it there, so that no plan finds a difference; and an update leaves it alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from providers.kit.inputs import Inputs
from providers.kit.native import Resource
from providers.railway.client import Client

if TYPE_CHECKING:
    from providers.kit.handler import Call, Checked, Stored
    from providers.kit.values import Properties

I = TypeVar("I", bound=Inputs)  # noqa: E741 - inputs


class Observed(Resource[I, Client]):
    """A resource with one output that others change.

    Attributes:
        observed: the output.
    """

    observed: ClassVar[str]

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """As ever; what a refresh has seen stays."""
        checked = super().check(call, inputs, old)
        seen: Any = (old or {}).get(self.observed)
        return replace(checked, inputs={**checked.inputs, self.observed: seen}) if seen else checked

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """As ever; what others have changed stands among the inputs."""
        found = super().read(call, stored)
        if found is None or not stored.outputs:
            return found
        live, before = found.outputs.get(self.observed), stored.outputs.get(self.observed)
        seen = stored.inputs.get(self.observed) if live == before else live
        return replace(found, inputs={**found.inputs, self.observed: seen}) if seen else found

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """As ever, with what the program says."""
        return super().update(call, stored, {name: value for name, value in inputs.items() if name != self.observed})
