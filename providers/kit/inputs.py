"""Typed inputs: one model gives a resource's schema, its check, what is compared, and what is secret.

A field's marker stands in its type: ``region: Annotated[str | None, ServerDefault(), Replaces()] = None``. Whatever
the program may leave out has the vendor's documented default in the model: check fills it in, it is sent and
compared, and so a change of it behind our back is found. None is the same as absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

if TYPE_CHECKING:
    from providers.kit.handler import Checked
    from providers.kit.values import Properties


class Inputs(BaseModel):
    """A resource's inputs (or a part of them): snake_case in Python, camelCase on the wire.

    Validators never see an unknown value: a field that holds one is not validated in the preview that it is unknown
    in. A name that `to_camel` does not give is written out: ``Field(alias="memoryGB")``.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, hide_input_in_errors=True
    )


@dataclass(frozen=True)
class Replaces:
    """A change of the field needs a new resource."""


@dataclass(frozen=True)
class Secret:
    """The field is secret by its nature: the whole value, and of a dict or list every entry."""


@dataclass(frozen=True)
class Unordered:
    """A list whose order means nothing: it is sent and compared sorted, answers may come in any order."""


@dataclass(frozen=True)
class ServerDefault:
    """None: the server decides. Compared only when the program gives it; the live value is in the outputs."""


@dataclass(frozen=True)
class WriteOnly:
    """The API never gives it back: a read keeps what the state holds."""


def check(model: type[Inputs], inputs: Properties) -> Checked:
    """The inputs with defaults filled in and lists of `Unordered` sorted, or every failure with its path.

    Unknown values pass. A key that the model does not have is a failure that names the nearest one it has.
    """
    raise NotImplementedError


def wire(inputs: Inputs) -> Properties:
    """The model as it travels: camelCase, without what is None, lists of `Unordered` sorted."""
    raise NotImplementedError
