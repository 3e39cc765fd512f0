"""Requests that each operation on one resource sends, by type: of a create, a read, an update and a delete.

Counted in this process, with the resources that the conformance suite tries a provider with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from providers.kit import Call, Stored
from providers.railway.provider import railway
from providers.uptimerobot.provider import uptimerobot
from tests.bench.figure import Figure
from tests.e2e.providers.railway.subject import RailwaySubject
from tests.e2e.providers.uptimerobot.subject import UptimeRobotSubject
from tests.providers.conformance.story import served

if TYPE_CHECKING:
    from providers.kit import Properties
    from providers.kit.package import Package
    from tests.providers.conformance.subject import Declared, Subject

#: The most that any type may send for an operation; a deployment is asked about until it runs.
_MOST: Final = {"create": 6, "read": 3, "update": 8, "delete": 6}
_MOST_OF_A_DEPLOYMENT: Final = 12


def run() -> list[Figure]:
    """Count them for both providers."""
    return [*_count(RailwaySubject(), railway()), *_count(UptimeRobotSubject(), uptimerobot())]


def _count(subject: Subject, package: Package[Any, Any]) -> list[Figure]:
    counts: dict[tuple[str, str], int] = {}
    states: dict[str, Stored] = {}
    with served(subject.application) as url:
        package.configure(dict(subject.configuration(url)))

        def call(item: Declared) -> Call:
            return Call(urn=item.name, token=item.type, name=item.name)

        def note(item: Declared, operation: str, before: int) -> None:
            key = item.type.rpartition(":")[2], operation
            counts[key] = max(counts.get(key, 0), subject.requests() - before)

        for item in subject.resources:
            handler = package.handler(item.type)
            inputs = handler.check(call(item), _resolved(item.properties, states), None).inputs
            before = subject.requests()
            made = handler.create(call(item), inputs)
            note(item, "create", before)
            states[item.name] = Stored(made.id, inputs, made.outputs)
        for item in subject.resources:
            before = subject.requests()
            found = package.handler(item.type).read(call(item), states[item.name])
            assert found is not None, item.name
            note(item, "read", before)
        for item in subject.changed:
            if item.name in subject.updates:
                handler = package.handler(item.type)
                inputs = handler.check(call(item), _resolved(item.properties, states), None).inputs
                before = subject.requests()
                outputs = handler.update(call(item), states[item.name], inputs)
                note(item, "update", before)
                states[item.name] = Stored(states[item.name].id, inputs, outputs)
        for item in reversed(subject.resources):
            before = subject.requests()
            package.handler(item.type).delete(call(item), states[item.name])
            note(item, "delete", before)
        package.close()
    return [
        Figure.of(
            f"edge.requests.{subject.package}.{kind}.{operation}",
            count,
            "requests",
            limit=_MOST_OF_A_DEPLOYMENT if kind == "Deployment" else _MOST[operation],
        )
        for (kind, operation), count in counts.items()
    ]


def _resolved(value: Any, states: dict[str, Stored]) -> Properties:  # noqa: ANN401 - JSON
    resolved: Properties = {key: _value(child, states) for key, child in value.items()}
    return resolved


def _value(value: Any, states: dict[str, Stored]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        if "$secret" in value:
            return value["$secret"]
        if "$output" in value:
            name, output = value["$output"]
            return states[name].id if output == "id" else states[name].outputs[output]
        return {key: _value(child, states) for key, child in value.items()}
    if isinstance(value, list):
        return [_value(child, states) for child in value]
    return value
