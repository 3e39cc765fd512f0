"""Which user a container runs as."""

from __future__ import annotations

import pytest
from lightkube.models.core_v1 import Container, PodSecurityContext, SecurityContext

from sandbox.node.identity import Identity, RefusedUserError, identity
from sandbox.node.kube import PodRef

_REF = PodRef("shop", "pod", "u")


def _identity(user: str, own: SecurityContext | None = None, pod: PodSecurityContext | None = None) -> Identity:
    return identity(_REF, pod, Container(name="main", securityContext=own), user)


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("", Identity(0, 0)),
        ("root", Identity(0, 0)),
        ("65532", Identity(65532, 65532)),
        ("65532:100", Identity(65532, 100)),
        ("nonroot", Identity(65532, 65532)),
        ("app", Identity(1000, 1000)),
    ],
)
def test_image_user(user: str, expected: Identity) -> None:
    """Without a setting the image's user counts."""
    assert _identity(user) == expected


def test_container_first() -> None:
    """The container's user wins over the pod's, the pod's over the image's."""
    own, pod = SecurityContext(runAsUser=1), PodSecurityContext(runAsUser=2, runAsGroup=3)
    assert (_identity("9", own, pod), _identity("9", None, pod)) == (Identity(1, 3), Identity(2, 3))


@pytest.mark.parametrize(
    ("user", "own", "message"),
    [
        ("", SecurityContext(runAsNonRoot=True), "container has runAsNonRoot and image will run as root"),
        ("0", SecurityContext(runAsNonRoot=True), "container has runAsNonRoot and image will run as root"),
        ("5", SecurityContext(runAsNonRoot=True, runAsUser=0), "container's runAsUser breaks non-root policy"),
        (
            "app",
            SecurityContext(runAsNonRoot=True),
            "container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root",
        ),
    ],
)
def test_refusal(user: str, own: SecurityContext, message: str) -> None:
    """A container that must not be root and is, or may be, is refused in the kubelet's words."""
    with pytest.raises(RefusedUserError) as caught:
        _identity(user, own)
    assert str(caught.value) == f'{message} (pod: "pod_shop(u)", container: main)'
