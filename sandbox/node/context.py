"""What every pod's worker needs of the node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading

    from lightkube.core.client import Client

    from sandbox.node.environment import Resolver
    from sandbox.node.events import Recorder
    from sandbox.node.images import Images
    from sandbox.node.runtime import Runtime
    from sandbox.node.settings import Settings


@dataclass(frozen=True)
class Context:
    """The node's parts, shared by its pods.

    Attributes:
        api: client of the node.
        settings: the node's settings.
        runtime: starts containers.
        images: pulls images.
        recorder: writes events.
        resolver: makes environments; also knows what the node offers and how to read objects.
        stop: set when the node ends.
    """

    api: Client
    settings: Settings
    runtime: Runtime
    images: Images
    recorder: Recorder
    resolver: Resolver
    stop: threading.Event
