"""What the handlers of AWS resources share: the surroundings, and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.plugins.live import LiveHandler, tags_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from providers.kit import Properties, Stored
    from sandbox.plugins.aws.surroundings import Surroundings
    from sandbox.plugins.sdk_check import Checker
    from sandbox.plugins.sdk_types import ResourceType
    from sandbox.plugins.services import Services


class AwsHandler(LiveHandler):
    """A resource on moto or the S3 server."""

    def __init__(
        self, kind: ResourceType, checker: Checker, services: Callable[[], Services], surroundings: Surroundings
    ) -> None:
        super().__init__(kind, checker, services, settle=surroundings.settle)
        self.surroundings = surroundings

    def tag_list(self, inputs: Properties, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
        """All tags of a resource as most services take them."""
        found = tags_of(self.surroundings.all_tags(inputs.get("tags")))
        return [{key: name, value: item} for name, item in found.items()]

    def tags_input(self, stored: Stored, tags: list[dict[str, str]], key: str = "Key") -> Properties:
        """The ``tags`` input that explains what a service lists."""
        value = "Value" if key == "Key" else "TagValue"
        return self.surroundings.own_tags({tag[key]: tag[value] for tag in tags}, stored.inputs.get("tags"))

    def stale_tags(self, stored: Stored, inputs: Properties) -> list[str]:
        """The names of the tags that an update takes away."""
        kept = tags_of(self.surroundings.all_tags(inputs.get("tags")))
        return [name for name in tags_of(stored.outputs.get("tagsAll")) if name not in kept]
