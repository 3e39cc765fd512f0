"""The Kubernetes types that the node reads, learned before any thread reads one.

lightkube decodes with msgspec, which learns a type's fields when it first meets it. Two threads that first meet types
that share a part read it half learned, and the process ends with a segmentation fault (seen with msgspec 0.22).
"""

from __future__ import annotations

import msgspec
from lightkube.core.decoders import decode_list, decode_status, decode_watch_event
from lightkube.resources.coordination_v1 import Lease
from lightkube.resources.core_v1 import (
    ConfigMap,
    Event,
    Node,
    NodeStatus,
    PersistentVolume,
    PersistentVolumeClaim,
    Pod,
    PodBinding,
    PodStatus,
    Secret,
    ServiceAccountToken,
)
from lightkube.resources.storage_v1 import StorageClass

#: Every resource that the node sends or asks for: the answer to each is read, also that to a patch of a status.
READ = (
    Lease,
    ConfigMap,
    Event,
    Node,
    NodeStatus,
    PersistentVolume,
    PersistentVolumeClaim,
    Pod,
    PodBinding,
    PodStatus,
    Secret,
    ServiceAccountToken,
    StorageClass,
)


def learn() -> None:
    """Meet every type once, in this thread."""
    for kind in READ:
        msgspec.json.Decoder(kind)
        decode_list(b'{"items": []}', kind)
    decode_status(b"{}")
    decode_watch_event(b'{"type": "BOOKMARK", "object": {}}')
