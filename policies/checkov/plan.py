"""A preview as a Terraform plan: what `terraform show -json` would print of the same resources."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policies.checkov import forward, manifests, mapping
from policies.checkov.mapping import Kind
from policies.preview import declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policies.checkov.mapping import Block, Mapped
    from policies.facts import Value
    from policies.preview import Preview, Resource

#: Versions of the plan's form, as Terraform 1.9 writes them.
_FORMAT_VERSION = "1.2"
_TERRAFORM_VERSION = "1.9.0"

_PROVIDER = "pulumi:providers:"
#: Operation of a Pulumi step -> actions of a Terraform change; the others change nothing.
_ACTIONS = {
    "create": ["create"],
    "update": ["update"],
    "replace": ["create", "delete"],
    "create-replacement": ["create", "delete"],
    "import-replacement": ["create", "delete"],
}
_NO_IDENTIFIER = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True)
class Bridged:
    """What came over the bridge.

    Attributes:
        plan: the Terraform plan; nothing in it is a marker of ours, `json.dumps` writes it.
        addresses: address in the plan, as ``aws_s3_bucket.logs`` -> URN.
        unmapped: what no table has, and is no Kubernetes object: checkov cannot judge it.
    """

    plan: dict[str, Any]
    addresses: Mapping[str, str]
    unmapped: tuple[Resource, ...]


def bridge(preview: Preview) -> Bridged:
    """Turn a preview into the plan that Terraform would make of the same resources.

    Its order is that of the URNs: a program declares side by side, and the same stack gives the same plan.
    """
    addresses = _Addresses()
    mapped: list[tuple[Resource, Mapped, str]] = []
    unmapped: list[Resource] = []
    for resource in sorted(declared(preview.resources), key=_urn):
        found = mapping.of_token(resource.token)
        if found:
            mapped.append((resource, found, addresses.take(found.type, resource.name, resource.urn)))
        elif not manifests.is_object(resource):
            unmapped.append(resource)
    made = [_Made.of(*entry) for entry in mapped]
    providers = dict(_providers(sorted(preview.resources, key=_urn), addresses))
    return Bridged(
        plan={
            "format_version": _FORMAT_VERSION,
            "terraform_version": _TERRAFORM_VERSION,
            "planned_values": {"root_module": {"resources": [entry.planned() for entry in made]}},
            "resource_changes": [*(entry.change() for entry in made), *_deleted(sorted(preview.gone), addresses)],
            "configuration": {
                "provider_config": providers,
                "root_module": {"resources": [entry.configuration(addresses.by_urn) for entry in made]},
            },
        },
        addresses={address: urn for urn, address in addresses.by_urn.items()},
        unmapped=tuple(unmapped),
    )


def _urn(resource: Resource) -> str:
    return resource.urn


class _Addresses:
    """Addresses, each given once."""

    def __init__(self) -> None:
        self.by_urn: dict[str, str] = {}
        self._taken: set[str] = set()

    def take(self, kind: str, name: str, urn: str) -> str:
        """An address of a resource; two that would be equal differ by a hash of their URN."""
        clean = _identifier(name)
        address, digest = f"{kind}.{clean}", urn
        while address in self._taken:
            digest = hashlib.sha256(digest.encode(errors="surrogatepass")).hexdigest()
            address = f"{kind}.{clean}-{digest[:8]}"
        self._taken.add(address)
        self.by_urn[urn] = address
        return address


@dataclass(frozen=True)
class _Made:
    """One resource of the plan."""

    resource: Resource
    mapped: Mapped
    address: str
    known: dict[str, Any]
    unknown: dict[str, Any]

    @classmethod
    def of(cls, resource: Resource, mapped: Mapped, address: str) -> _Made:
        return cls(resource, mapped, address, *forward.fields(resource.inputs, mapped.block))

    def planned(self) -> dict[str, Any]:
        return {**_head(self.address), "values": self.known}

    def change(self) -> dict[str, Any]:
        actions = _ACTIONS.get(self.resource.operation, ["no-op"])
        change = {"actions": actions, "before": None, "after": self.known, "after_unknown": self.unknown}
        return {**_head(self.address), "change": change}

    def configuration(self, addresses: Mapping[str, str]) -> dict[str, Any]:
        expressions: dict[str, Any] = {}
        for name, urns in self.resource.depends.items():
            targets = [addresses[urn] for urn in sorted(set(urns)) if urn in addresses]
            named = self.mapped.block.pulumi.get(name)
            if named and targets:
                references = {"references": [ref for target in targets for ref in (f"{target}.id", target)]}
                expressions[named[0]] = _expression(self.unknown.get(named[0]), references)
        return {**_head(self.address), "expressions": expressions}


def _expression(unknown: object, references: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON of some depth
    """The references of a field; of a block, those of each field in it that is not known.

    Pulumi says of a whole property what it depends on: which field within is meant shows in that it is not known.
    """
    if isinstance(unknown, list) and any(isinstance(entry, dict) for entry in unknown):
        return [_expression(entry, references) if isinstance(entry, dict) else {} for entry in unknown]
    if isinstance(unknown, dict):
        return {name: _expression(entry, references) for name, entry in unknown.items()}
    return references


def _deleted(urns: Sequence[str], addresses: _Addresses) -> Iterator[dict[str, Any]]:
    """What the update deletes: it is no more among the planned values."""
    for urn in urns:
        _, _, types, name = urn.split("::", 3)
        kind = mapping.token_to_type(types.rpartition("$")[2])
        if kind:
            change: dict[str, Any] = {"actions": ["delete"], "before": None, "after": None, "after_unknown": {}}
            yield {**_head(addresses.take(kind, name, urn)), "change": change}


def _providers(resources: Sequence[Resource], addresses: _Addresses) -> Iterator[tuple[str, dict[str, Any]]]:
    """The providers' configuration, with what is literally in it."""
    for resource in resources:
        package = resource.token.removeprefix(_PROVIDER)
        block = mapping.provider(package)
        if not resource.token.startswith(_PROVIDER) or block is None:
            continue
        address = addresses.take(package, resource.name, resource.urn)
        known, _ = forward.fields(_decoded(resource.inputs, block), block)
        expressions = {name: {"constant_value": value} for name, value in known.items() if value is not None}
        yield address, {"name": package, "alias": address.partition(".")[2], "expressions": expressions}


def _decoded(inputs: Mapping[str, Value], block: Block) -> dict[str, Value]:
    """A provider's inputs: the engine holds those that are no strings as JSON in a string."""
    return {
        name: _json(value) if name in block.pulumi and block.pulumi[name][1].kind is not Kind.STRING else value
        for name, value in inputs.items()
    }


def _json(value: Value) -> Value:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return value


def _head(address: str) -> dict[str, Any]:
    kind, _, name = address.partition(".")
    return {"address": address, "mode": "managed", "type": kind, "name": name}


def _identifier(name: str) -> str:
    """A name as Terraform takes it: no dot, as those separate the parts of an address; a letter first."""
    clean = _NO_IDENTIFIER.sub("_", name)
    return clean if clean[:1].isalpha() or clean[:1] == "_" else f"_{clean}"
