"""A package's schema, made from its models (https://www.pulumi.com/docs/using-pulumi/pulumi-packages/schema/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from providers.kit.inputs import Inputs
    from providers.kit.native import Resource


def package(name: str, version: str, config: type[Inputs], resources: Iterable[type[Resource[Any, Any]]]) -> str:
    """The schema's JSON: what `pulumi package get-schema` shows."""
    raise NotImplementedError
