"""Volumes: claims are kept, scratch is not, host paths are confined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def _with(source: Mapping[str, object], **mount: object) -> dict[str, Any]:
    volume = {"name": "v"} | dict(source)
    return {"volumes": [volume], "container": {"volumeMounts": [{"name": "v", "mountPath": "/data"} | mount]}}


def test_claim(node: Cluster, namespace: str) -> None:
    """What one pod writes to a claim, a later one reads."""
    node.claim(namespace, "kept")
    source = _with({"persistentVolumeClaim": {"claimName": "kept"}})
    node.finish(node.run("echo kept > /data/file", namespace, **source))
    pod = node.finish(node.run("cat /data/file", namespace, **source))
    assert node.log(pod) == "kept\n"


def test_claim_folder(node: Cluster, namespace: str) -> None:
    """A claim's data is below the sandbox's folder under its namespace and name."""
    node.claim(namespace, "kept")
    node.finish(node.run("echo x > /data/file", namespace, **_with({"persistentVolumeClaim": {"claimName": "kept"}})))
    assert (node.root / "volumes" / namespace / "kept" / "file").read_text() == "x\n"


def test_read_only(node: Cluster, namespace: str) -> None:
    """A read-only mount cannot be written."""
    node.claim(namespace, "kept")
    source = _with({"persistentVolumeClaim": {"claimName": "kept"}}, readOnly=True)
    pod = node.finish(node.run("touch /data/x 2>/dev/null || echo refused", namespace, **source))
    assert node.log(pod) == "refused\n"


def test_sub_path(node: Cluster, namespace: str) -> None:
    """A subPath shows one folder of a volume."""
    node.claim(namespace, "kept")
    source = {"persistentVolumeClaim": {"claimName": "kept"}}
    node.finish(node.run("echo in > /data/file", namespace, **_with(source, subPath="inner")))
    pod = node.finish(node.run("cat /data/inner/file", namespace, **_with(source)))
    assert node.log(pod) == "in\n"


def test_scratch_is_private(node: Cluster) -> None:
    """Each pod has its own emptyDir, gone with it."""
    source = _with({"emptyDir": {}})
    node.finish(node.run("touch /data/x", **source))
    pod = node.finish(node.run("ls -A /data", **source))
    assert node.log(pod) == ""


def test_scratch_limit(node: Cluster) -> None:
    """A pod whose emptyDir outgrows its limit is evicted."""
    source = _with({"emptyDir": {"sizeLimit": "1Mi"}})
    pod = node.finish(node.run("head -c 3000000 /dev/zero > /data/x; sleep 60", **source))
    assert pod.status is not None
    assert (pod.status.reason, pod.status.message) == (
        "Evicted",
        'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ',
    )


def test_missing_claim(node: Cluster, namespace: str) -> None:
    """A pod whose claim does not exist is not scheduled, and says so."""
    pod = node.run("true", namespace, **_with({"persistentVolumeClaim": {"claimName": "absent"}}))
    message = node.heard(pod, "FailedScheduling")
    assert message == '0/1 nodes are available: persistentvolumeclaim "absent" not found.'


@pytest.mark.parametrize("path", ["/etc", "{root}/credentials", "{root}"])
def test_host_path_outside(node: Cluster, path: str) -> None:
    """A hostPath outside the folders meant for it is refused."""
    pod = node.run("true", **_with({"hostPath": {"path": path.format(root=node.root)}}))
    assert "is outside the sandbox" in node.heard(pod, "FailedMount")


def test_host_path_inside(node: Cluster) -> None:
    """A hostPath below the sandbox's volumes is mounted."""
    place = node.root / "shared" / "given"
    pod = node.run("echo x > /data/file", **_with({"hostPath": {"path": str(place), "type": "DirectoryOrCreate"}}))
    node.finish(pod)
    assert (place / "file").read_text() == "x\n"


def test_volume_by_hand(node: Cluster, namespace: str) -> None:
    """A volume that an administrator made may be anywhere, as a user's own database is."""
    place = node.checkout.parent / f"elsewhere-{namespace}"
    place.mkdir()
    (place / "users.db").write_text("rows")
    node.volume_by_hand(namespace, "users", place)
    pod = node.run("cat /data/users.db", namespace, **_with({"persistentVolumeClaim": {"claimName": "users"}}))
    assert node.log(node.finish(pod)) == "rows\n"
