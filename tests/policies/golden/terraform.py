"""Terraform's plans, written by hand: the witness that knows nothing of how the bridge makes its own.

What stands here is what Terraform's documentation of its JSON output says: a value that is not known is left out of
`planned_values` (null, where it is an entry of a list), true in `after_unknown`, and what it is computed from stands
in `configuration` (https://developer.hashicorp.com/terraform/internals/json-format). What is not set may be left out,
as in the source: Terraform writes null or an empty list for it, which a few checks take for a value (`unset.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Ref:
    """A value that is computed from others while the plan is applied.

    Attributes:
        to: attributes of other resources, as in ``aws_s3_bucket.logs.arn``.
    """

    to: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A value that comes from another resource, and that the plan knows, as the name of a bucket.

    Attributes:
        value: what it is.
        ref: where it comes from.
    """

    value: bool | float | str
    ref: Ref


#: A block is a list of mappings, also where there is but one; a mapping alone is a map, as tags are.
Value: TypeAlias = "bool | float | str | Ref | Known | Sequence[Value] | Mapping[str, Value] | None"


@dataclass(frozen=True)
class Resource:
    """One resource of a plan.

    Attributes:
        type: as in ``aws_s3_bucket``.
        name: Terraform's own name of it.
        values: by the names of Terraform's documentation.
        program: the same resource in the Pulumi program: the names of its parents and its own, with slashes.
    """

    type: str
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    program: str = ""

    @property
    def address(self) -> str:
        """As in ``aws_s3_bucket.logs``."""
        return f"{self.type}.{self.name}"


@dataclass(frozen=True)
class Plan:
    """The plan that makes every resource of a pair; an account is a resource whose type is the provider's name."""

    resources: tuple[Resource, ...]
    accounts: tuple[Resource, ...] = ()

    def programs(self) -> dict[str, str]:
        """Address -> the resource in the Pulumi program."""
        return {resource.address: resource.program for resource in (*self.resources, *self.accounts)}

    def document(self) -> dict[str, Any]:
        """The plan as ``terraform show -json`` writes one."""
        return {
            "format_version": "1.2",
            "terraform_version": "1.9.8",
            "planned_values": {"root_module": {"resources": [_planned(item) for item in self.resources]}},
            "resource_changes": [_change(item) for item in self.resources],
            "configuration": {
                "provider_config": {account.address: _account(account) for account in self.accounts},
                "root_module": {"resources": [_configured(item) for item in self.resources]},
            },
        }


def plan(*resources: Resource, accounts: tuple[Resource, ...] = ()) -> Plan:
    """A plan of these resources, with the providers that are configured for it."""
    return Plan(resources, accounts)


def resource(type_: str, name: str, values: Mapping[str, Value] | None = None, *, program: str = "") -> Resource:
    """One resource; `program` where the Pulumi program names it otherwise."""
    return Resource(type_, name, values or {}, program or name)


def ref(*to: str) -> Ref:
    """What is computed from these attributes of other resources."""
    return Ref(to)


def known(value: bool | float | str, *to: str) -> Known:  # noqa: FBT001 - a value, no switch
    """What comes from these attributes of other resources, and is known."""
    return Known(value, Ref(to))


def _account(item: Resource) -> dict[str, Any]:
    return {"name": item.type, "alias": item.name, "expressions": _expressions(item.values)}


def _planned(item: Resource) -> dict[str, Any]:
    return {
        "address": item.address,
        "mode": "managed",
        "type": item.type,
        "name": item.name,
        "values": _settled(item.values),
    }


def _change(item: Resource) -> dict[str, Any]:
    return {
        "address": item.address,
        "mode": "managed",
        "type": item.type,
        "name": item.name,
        "change": {
            "actions": ["create"],
            "before": None,
            "after": _settled(item.values),
            "after_unknown": {"id": True} | _unknown(item.values),
        },
    }


def _configured(item: Resource) -> dict[str, Any]:
    return {
        "address": item.address,
        "mode": "managed",
        "type": item.type,
        "name": item.name,
        "expressions": _expressions(item.values),
    }


def _settled(value: Value) -> Any:  # noqa: ANN401 - JSON
    """What the plan knows of a value."""
    match value:
        case Known():
            return value.value
        case Mapping():
            return {key: _settled(entry) for key, entry in value.items() if not isinstance(entry, Ref)}
        case str():
            return value
        case Sequence():
            return [None if isinstance(entry, Ref) else _settled(entry) for entry in value]
        case _:
            return value


def _unknown(value: Value) -> Any:  # noqa: ANN401 - JSON
    """Where the value is not known: true there, nothing elsewhere."""
    match value:
        case Ref():
            return True
        case Mapping():
            return {key: found for key, entry in value.items() if (found := _unknown(entry))}
        case str():
            return False
        case Sequence():
            return [_unknown(entry) for entry in value]
        case _:
            return False


def _expressions(values: Mapping[str, Value]) -> dict[str, Any]:
    """The configuration that the values come from: blocks into their depth, all else whole."""
    return {key: _expression(value) for key, value in values.items() if value is not None}


def _expression(value: Value) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        blocks = [entry for entry in value if isinstance(entry, Mapping)]
        if len(blocks) == len(value):
            return [_expressions(entry) for entry in blocks]
    references = list(dict.fromkeys(_references(value)))
    return {"references": references} if references else {"constant_value": _settled(value)}


def _references(value: Value) -> Iterator[str]:
    """Every attribute that a value comes from, each followed by its resource, as Terraform lists them."""
    match value:
        case Ref():
            for to in value.to:
                yield to
                yield ".".join(to.split(".")[:2])
        case Known():
            yield from _references(value.ref)
        case Mapping():
            for entry in value.values():
                yield from _references(entry)
        case str():
            return
        case Sequence():
            for entry in value:
                yield from _references(entry)
        case _:
            return
