"""Both sides of every pair before checkov, and where they do not agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policies.checkov.plan import bridge
from tests.policies.golden.ask import ask
from tests.policies.golden.pairs import pairs
from tests.policies.golden.preview import by_pair, lineage, preview
from tests.policies.golden.values import strange

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policies.preview import Preview
    from tests.policies.golden.ask import Answer

_BRIDGED, _WRITTEN = "bridged ", "written "


@dataclass(frozen=True, order=True)
class Subject:
    """One resource of a pair, as both sides can name it.

    Attributes:
        type: Terraform's type.
        path: the names of its parents in the program and its own, with slashes.
    """

    type: str
    path: str


@dataclass(frozen=True, order=True)
class Verdict:
    """What one check says of one resource.

    Attributes:
        check: its id, as ``CKV_AWS_18``.
        subject: the resource.
        said: ``passed``, ``failed``, or ``unjudged`` where the check itself broke down.
    """

    check: str
    subject: Subject
    said: str


@dataclass(frozen=True)
class Side:
    """One side of a pair.

    Attributes:
        values: its resources, each with what the plan knows of it.
        verdicts: what checkov says of them.
    """

    values: Mapping[Subject, Mapping[str, Any]]
    verdicts: frozenset[Verdict]


@dataclass(frozen=True)
class Compared:
    """Every pair.

    Attributes:
        bridged: name of a pair -> its Pulumi program, over the bridge.
        written: name of a pair -> its Terraform plan, as it was written.
        titles: id of a check -> what it demands.
    """

    bridged: Mapping[str, Side]
    written: Mapping[str, Side]
    titles: Mapping[str, str]

    def strays(self) -> list[str]:
        """One line for each resource that only one side has."""
        return [
            f"{pair}: {subject}"
            for pair, side in self.bridged.items()
            for subject in sorted(side.values.keys() ^ self.written[pair].values.keys())
        ]

    def inventions(self) -> list[str]:
        """One line for each value that the bridge wrote and the plan by hand has not."""
        return [
            f"{pair}: {subject}: {place}"
            for pair, side in self.bridged.items()
            for subject in sorted(side.values.keys() & self.written[pair].values.keys())
            for place in strange(side.values[subject], self.written[pair].values[subject])
        ]

    def differences(self) -> list[str]:
        """One line for each verdict that only one side has."""
        lines = []
        for pair, bridged in self.bridged.items():
            ours, theirs = bridged.verdicts, self.written[pair].verdicts
            lines += [f"{pair}: only of the Pulumi program: {verdict}" for verdict in sorted(ours - theirs)]
            lines += [f"{pair}: only of the Terraform plan: {verdict}" for verdict in sorted(theirs - ours)]
        return lines

    def agreed(self) -> list[Verdict]:
        """The verdicts that both sides have, of all pairs."""
        return [
            verdict
            for pair, side in self.bridged.items()
            for verdict in sorted(side.verdicts & self.written[pair].verdicts)
        ]


def compare(folder: Path) -> Compared:
    """Run the programs, take them over the bridge, and have checkov judge them and the written plans.

    Args:
        folder: an empty one, for the engine.
    """
    plans: dict[str, Any] = {}
    paths: dict[str, Mapping[str, str]] = {}
    parts = by_pair(preview(folder))
    for pair, module in pairs().items():
        bridged = bridge(parts[pair])
        programs = _programs(parts[pair])
        plans[_BRIDGED + pair] = bridged.plan
        paths[_BRIDGED + pair] = {address: programs[urn] for address, urn in bridged.addresses.items()}
        plans[_WRITTEN + pair] = module.PLAN.document()
        paths[_WRITTEN + pair] = module.PLAN.programs()
    answers = ask(plans)
    sides = {name: _side(answer, paths[name], plans[name]) for name, answer in answers.items()}
    return Compared(
        bridged={pair: sides[_BRIDGED + pair] for pair in parts},
        written={pair: sides[_WRITTEN + pair] for pair in parts},
        titles={check: title for answer in answers.values() for check, title in answer.titles.items()},
    )


def _programs(part: Preview) -> dict[str, str]:
    """URN -> the names of its parents and its own; the pair's component is not among them."""
    by_urn = {resource.urn: resource for resource in part.resources}
    return {urn: "/".join(step.name for step in lineage(resource, by_urn)) for urn, resource in by_urn.items()}


def _side(answer: Answer, paths: Mapping[str, str], plan: Mapping[str, Any]) -> Side:
    subjects = {address: Subject(address.partition(".")[0], path) for address, path in paths.items()}
    planned = {item["address"]: item["values"] for item in plan["planned_values"]["root_module"]["resources"]}
    verdicts = (Verdict(check, subjects[address], said) for (check, address), said in answer.said.items())
    return Side({subject: planned.get(address, {}) for address, subject in subjects.items()}, frozenset(verdicts))
