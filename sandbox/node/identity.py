"""Which user a container runs as, and whether its pod allows that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lightkube.models.core_v1 import Container, PodSecurityContext, SecurityContext

    from sandbox.node.kube import PodRef

#: Numbers of users that images name: distroless' ``nonroot``, and the first ordinary user of a Debian image.
_NONROOT = 65532
_ORDINARY = 1000


class RefusedUserError(Exception):
    """The pod asks for a user that is not root, and this container's is, or may be."""


@dataclass(frozen=True)
class Identity:
    """User and group numbers, as the container sees them."""

    uid: int
    gid: int


def identity(ref: PodRef, pod: PodSecurityContext | None, container: Container, image_user: str) -> Identity:
    """Settle the user by container, pod, then image (``USER``), as the kubelet does.

    Raises:
        RefusedUserError: runAsNonRoot is set and the user is root, or a name, which cannot be checked.
    """
    own = container.securityContext
    name, _, group = image_user.partition(":")
    chosen = _first(own, pod, "runAsUser")
    must_not_be_root = bool(_first(own, pod, "runAsNonRoot"))
    where = f'(pod: "{ref}", container: {container.name})'
    if chosen is None and must_not_be_root and name and not name.isdigit() and name != "root":
        msg = f"container has runAsNonRoot and image has non-numeric user ({name}), cannot verify user is non-root"
        raise RefusedUserError(f"{msg} {where}")
    uid = chosen if chosen is not None else _number(name)
    if must_not_be_root and uid == 0:
        what = "container's runAsUser breaks non-root policy" if chosen is not None else _ROOT_IMAGE
        raise RefusedUserError(f"{what} {where}")
    gid = _first(own, pod, "runAsGroup")
    return Identity(uid, gid if gid is not None else (_number(group) if group else _group(chosen, uid)))


_ROOT_IMAGE = "container has runAsNonRoot and image will run as root"


def _group(chosen: int | None, uid: int) -> int:
    """A user by number that no image knows has group 0; an image's user its own."""
    return 0 if chosen is not None else uid


def _number(name: str) -> int:
    if name in {"", "root"}:
        return 0
    if name.isdigit():
        return int(name)
    return _NONROOT if name == "nonroot" else _ORDINARY


def _first(own: SecurityContext | None, pod: PodSecurityContext | None, name: str) -> int | None:
    for context in (own, pod):
        value: int | None = getattr(context, name, None)
        if value is not None:
            return value
    return None
