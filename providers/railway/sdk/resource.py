"""What every resource class of the package shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pulumi import CustomResource, ResourceOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi import Output

T = TypeVar("T")


class Computed(Generic[T]):
    """A property of a resource, as an `Output` under its own name on the wire."""

    def __init__(self, wire: str) -> None:
        self._wire = wire

    def __get__(self, resource: CustomResource, _owner: type) -> Output[T]:
        """The output, known after the resource is."""
        return resource.__dict__[self._wire]  # type: ignore[no-any-return]  # the SDK puts an Output there for each


class Railway(CustomResource):
    """A resource of the package."""

    #: Its type token.
    token: str

    def __init__(
        self,
        resource_name: str,
        inputs: Mapping[str, Any],  # Input[...] of each property's own type
        opts: ResourceOptions | None,
        *,
        secret: tuple[str, ...] = (),
    ) -> None:
        """Declare it: what the class computes besides the inputs becomes an output too."""
        computed = {item._wire: None for item in vars(type(self)).values() if isinstance(item, Computed)}  # noqa: SLF001 - the class beside it
        hidden = ResourceOptions(additional_secret_outputs=list(secret))
        super().__init__(self.token, resource_name, {**computed, **inputs}, ResourceOptions.merge(hidden, opts))
