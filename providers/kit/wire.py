"""How answers and errors look on the wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import status_pb2

from providers.kit.diff import Change, Diff, Kind
from providers.kit.paths import render

if TYPE_CHECKING:
    from google.protobuf import message as protobuf

_KINDS = {
    (Kind.ADD, False): proto.PropertyDiff.ADD,
    (Kind.ADD, True): proto.PropertyDiff.ADD_REPLACE,
    (Kind.DELETE, False): proto.PropertyDiff.DELETE,
    (Kind.DELETE, True): proto.PropertyDiff.DELETE_REPLACE,
    (Kind.UPDATE, False): proto.PropertyDiff.UPDATE,
    (Kind.UPDATE, True): proto.PropertyDiff.UPDATE_REPLACE,
}


@dataclass(frozen=True)
class Status(grpc.Status):
    """An error with details, in the form that `grpc.ServicerContext.abort_with_status` takes."""

    code: grpc.StatusCode
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...] = ()


def detailed(text: str, detail: protobuf.Message) -> Status:
    """An error that carries a message of its own, as the engine reads it from ``grpc-status-details-bin``."""
    code = grpc.StatusCode.UNKNOWN
    status = status_pb2.Status(code=code.value[0], message=text)
    status.details.add().Pack(detail)
    return Status(code, text, (("grpc-status-details-bin", status.SerializeToString()),))


def diff_response(diff: Diff) -> proto.DiffResponse:
    """The diff with its details by path, and the same again by top-level key, as the protocol wants both."""
    return proto.DiffResponse(
        changes=proto.DiffResponse.DIFF_SOME if diff.changes else proto.DiffResponse.DIFF_NONE,
        diffs=_keys(diff.changes),
        replaces=_keys(tuple(change for change in diff.changes if change.replaces)),
        stables=diff.stables,
        deleteBeforeReplace=diff.delete_before_replace,
        hasDetailedDiff=True,
        detailedDiff={
            render(change.path): proto.PropertyDiff(
                kind=_KINDS[change.kind, change.replaces], inputDiff=change.of_inputs
            )
            for change in diff.changes
        },
    )


def _keys(changes: tuple[Change, ...]) -> list[str]:
    return list(dict.fromkeys(str(change.path[0]) for change in changes if change.path))
