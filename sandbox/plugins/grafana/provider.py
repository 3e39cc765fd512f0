"""Grafana's resources, each of them recorded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sandbox.connections import Connections
from sandbox.plugins.recorded import RecordedHandler
from sandbox.plugins.records import Records
from sandbox.plugins.typed import TypedProvider

if TYPE_CHECKING:
    from providers.kit import Handler, Pattern
    from sandbox.plugins.sdk_types import ResourceType

#: What replaces, beside the organisation: the keys by which Grafana knows them.
REPLACES: dict[str, tuple[Pattern, ...]] = {
    "grafana:alerting/ruleGroup:RuleGroup": (("name",), ("folderUid",)),
    "grafana:alerting/contactPoint:ContactPoint": (("name",),),
    "grafana:alerting/muteTiming:MuteTiming": (("name",),),
    "grafana:alerting/messageTemplate:MessageTemplate": (("name",),),
    "grafana:oss/folder:Folder": (("uid",),),
}


class Grafana(TypedProvider):
    """The stand-in for pulumiverse-grafana."""

    def __init__(self) -> None:
        super().__init__("pulumiverse_grafana")

    def build(self, kind: ResourceType) -> Handler:
        """A recorded handler."""
        return RecordedHandler(kind, self.checker, lambda: self._records, replace_on=REPLACES.get(kind.token, ()))

    @cached_property
    def _records(self) -> Records:
        return Records.below(Connections.load().root, "grafana")
