"""The resource class that the bench's programs use."""

from __future__ import annotations

from pulumi import CustomResource, ResourceOptions

from sandbox.plugins.noop.kind import TOKEN, VERSION


class Resource(CustomResource):
    """A resource that does nothing with the properties that it is given."""

    def __init__(
        self, name: str, properties: dict[str, object] | None = None, opts: ResourceOptions | None = None
    ) -> None:
        """Declare it.

        Args:
            name: its name in the program.
            properties: any.
            opts: as for every resource.
        """
        pinned = ResourceOptions.merge(ResourceOptions(version=VERSION), opts)
        super().__init__(TOKEN, name, dict(properties or {}), pinned)
