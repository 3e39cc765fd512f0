"""What the provider's configuration says: region and default tags, with the account that moto plays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from providers.kit import UNKNOWN, Properties, Value, has_unknown
from sandbox.plugins.live import tags_of, text
from sandbox.plugins.typed import unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.plugins.sdk_types import ResourceType

#: moto's account (moto.core.DEFAULT_ACCOUNT_ID, not imported: that costs a second).
ACCOUNT = "123456789012"

_DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True)
class Surroundings:
    """The provider's configuration.

    Attributes:
        region: where resources stand that do not say otherwise.
        default_tags: tags that every resource gets.
        account: the account's number.
    """

    region: str = _DEFAULT_REGION
    default_tags: Mapping[str, str] = field(default_factory=dict)
    account: str = ACCOUNT

    @classmethod
    def of(cls, inputs: Properties) -> Self:
        """Read the configuration as the engine gives it."""
        defaults = unpack(inputs.get("defaultTags"))
        tags = defaults.get("tags") if isinstance(defaults, dict) else None
        return cls(text(inputs, "region") or _DEFAULT_REGION, tags_of(tags))

    def settle(self, kind: ResourceType, inputs: Properties) -> Properties:
        """The outputs that follow from inputs and configuration: all tags, and the region."""
        settled: Properties = {}
        if "tagsAll" in kind.outputs and "tags" in kind.inputs:
            settled["tagsAll"] = self.all_tags(inputs.get("tags"))
        if "region" in kind.outputs and "region" in kind.inputs:
            settled["region"] = inputs.get("region") or self.region
        return settled

    def all_tags(self, tags: Value) -> Value:
        """A resource's tags over the default ones."""
        if tags is UNKNOWN:
            return UNKNOWN
        own = tags if isinstance(tags, dict) else {}
        merged: dict[str, Value] = {**self.default_tags, **own}
        return merged if has_unknown(merged) else {key: str(value) for key, value in merged.items()}

    def own_tags(self, found: Mapping[str, str], written: Value) -> Properties:
        """The ``tags`` input that explains the tags found: without those that the defaults account for."""
        wanted = written if isinstance(written, dict) else {}
        own: dict[str, Value] = {
            key: value for key, value in found.items() if key in wanted or self.default_tags.get(key) != value
        }
        return {"tags": own} if own or isinstance(written, dict) else {}

    def arn(self, service: str, rest: str, *, region: str | None = None) -> str:
        """An ARN in this account; without a region for the global services."""
        return f"arn:aws:{service}:{self.region if region is None else region}:{self.account}:{rest}"
