"""Images: pulled from the repository by a table, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def test_unknown_image(node: Cluster) -> None:
    """An unknown image leaves the pod Pending with ErrImagePull, then ImagePullBackOff."""
    pod = node.run("true", container={"image": "nobody/knows:this"})
    node.reach(pod, lambda now: node.waiting(now) == "ErrImagePull", "ErrImagePull")
    pod = node.reach(pod, lambda now: node.waiting(now) == "ImagePullBackOff", "ImagePullBackOff")
    assert node.phase(pod) == "Pending"


def test_image_comes(node: Cluster) -> None:
    """A pod whose image is added to the table starts without being asked again."""
    pod = node.run("echo came", container={"image": "sandbox/late:dev"})
    node.reach(pod, lambda now: node.waiting(now) in {"ErrImagePull", "ImagePullBackOff"}, "the failed pull")
    table = json.loads((node.root / "images.json").read_text()) | {"sandbox/late:dev": "jobs/trial"}
    (node.root / "images.json").write_text(json.dumps(table))
    assert node.log(node.finish(pod)) == "came\n"


def test_new_content(node: Cluster) -> None:
    """A job that was changed is another image, by digest and in what it runs."""
    source = node.checkout / "jobs" / "trial" / "Dockerfile"
    before = source.read_text()
    first = node.finish(node.run(["trial", "greet"]))
    try:
        source.write_text(before.replace("hello from", "changed in"))
        second = node.finish(node.run(["trial", "greet"]))
    finally:
        source.write_text(before)
    assert (node.container(first).imageID != node.container(second).imageID, node.log(second)[:20]) == (
        True,
        "changed in the image",
    )


def test_policy_against_root(node: Cluster) -> None:
    """A pod that must not run as root does not, where its image would."""
    security = {"runAsNonRoot": True, "runAsUser": 0}
    pod = node.run("true", container={"securityContext": security})
    pod = node.reach(pod, lambda now: node.waiting(now) == "CreateContainerConfigError", "the refusal")
    assert node.message(pod).startswith("container's runAsUser breaks non-root policy")
