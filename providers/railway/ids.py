"""Identities: of one part where Railway can find a thing by its own id, else of all that it wants to know."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from providers.kit.handler import ProviderError
from providers.kit.markers import Replaces

#: Something's id. Railway's are UUIDs; one that is empty would ask for everything.
Id: TypeAlias = Annotated[str, Field(min_length=1)]

#: The id of what a thing belongs to: it cannot move.
Home: TypeAlias = Annotated[Id, Replaces()]


def join(*parts: str) -> str:
    """The identity of these parts."""
    return ":".join(parts)


def split(id: str, shape: str) -> list[str]:  # noqa: A002 - the engine's word
    """The parts of an identity; `shape` names them as in ``projectId:id``.

    Raises:
        ProviderError: it has another number of parts: somebody typed it for an import.
    """
    parts = id.split(":")
    if len(parts) != len(shape.split(":")) or not all(parts):
        raise ProviderError(f"{id} is not an identity of the shape {shape}")
    return parts
