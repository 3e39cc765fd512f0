"""What the resource classes of every package share; imports `pulumi` and nothing else, so that programs start fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from pulumi import CustomResource, Input, Output, ResourceOptions

T = TypeVar("T")

Texts: TypeAlias = Input[Sequence[Input[str]]]
Numbers: TypeAlias = Input[Sequence[Input[int]]]
Map: TypeAlias = Input[Mapping[str, Input[str]]]
#: A nested value, with the names of its model.
Object: TypeAlias = Input[Mapping[str, Any]]


def secret(value: object) -> Output[Any] | None:
    """The value as a secret; None as it is."""
    return None if value is None else Output.secret(value)


class Computed(Generic[T]):
    """An output beside the inputs, as an `Output` under its own name on the wire."""

    def __init__(self, wire: str) -> None:
        self.wire = wire

    def __get__(self, resource: CustomResource, _owner: type) -> Output[T]:
        """The output, known after the resource is."""
        return resource.__dict__[self.wire]  # type: ignore[no-any-return]  # the SDK puts an Output there for each


class Declared(CustomResource):
    """A resource of one of our packages."""

    #: Its type token.
    token: ClassVar[str]

    def __init__(
        self,
        resource_name: str,
        inputs: Mapping[str, object],
        opts: ResourceOptions | None,
        *,
        secret: tuple[str, ...] = (),
    ) -> None:
        """Declare it: what the class computes besides the inputs becomes an output too."""
        computed = {item.wire: None for item in vars(type(self)).values() if isinstance(item, Computed)}
        hidden = ResourceOptions(additional_secret_outputs=list(secret))
        super().__init__(self.token, resource_name, {**computed, **inputs}, ResourceOptions.merge(hidden, opts))
