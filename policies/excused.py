"""What is excused while the engine runs: by the one file, and by the components above a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.gate.suppressions import covering, of_component

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from policies.facts import Value
    from policies.suppression import Suppression


class Excused:
    """Learns of components as the engine shows them: it shows each before its children, and names every parent.

    Args:
        suppressions: what the file holds.
        today: the day (UTC) until which an excuse must hold.
    """

    def __init__(self, suppressions: Iterable[Suppression], today: dt.date) -> None:
        self._file = tuple(suppressions)
        self._today = today
        self._parents: dict[str, str] = {}
        self._components: dict[str, tuple[Suppression, ...]] = {}

    def learn(self, urn: str, parent: str, inputs: Mapping[str, Value]) -> None:
        """Take note of a resource; malformed excuses excuse nothing, the gate tells of them.

        Args:
            urn: the resource.
            parent: URN of what it hangs below; empty for the stack.
            inputs: of a component; of what a provider makes, none: it excuses nothing.
        """
        self._parents[urn] = parent
        self._components[urn] = of_component(inputs, urn, None, self._today).suppressions

    def by(self, rule: str, urn: str) -> Suppression | None:
        """What excuses a rule's violation by a resource; None: nothing does."""
        above = self._above(urn)
        rows = [row for place in (urn, *above) for row in self._components.get(place, ())]
        stack = urn.removeprefix("urn:pulumi:").partition("::")[0]
        return covering([*self._file, *rows], finding_id=rule, urn=urn, parents=above, stack=stack, today=self._today)

    def _above(self, urn: str) -> list[str]:
        """URNs of what a resource hangs below, the nearest first."""
        found: list[str] = []
        while (urn := self._parents.get(urn, "")) and urn not in found:
            found.append(urn)
        return found
