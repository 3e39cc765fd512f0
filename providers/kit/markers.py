"""What a field's type says about it, beside its values: ``Annotated[str | None, ServerDefault(), Replaces()]``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marker:
    """One of the words below."""


@dataclass(frozen=True)
class Replaces(Marker):
    """A change of the field needs a new resource."""


@dataclass(frozen=True)
class Secret(Marker):
    """The field is secret by its nature: the whole value, and of a dict or list every entry."""


@dataclass(frozen=True)
class Unordered(Marker):
    """A list whose order means nothing: it is sent and compared sorted, answers may come in any order."""


@dataclass(frozen=True)
class ServerDefault(Marker):
    """None: the server decides. Compared only when the program gives it; the live value is in the outputs."""


@dataclass(frozen=True)
class WriteOnly(Marker):
    """The API never gives it back: a read keeps what the state holds."""
