"""Kubernetes objects of a preview as manifests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov.manifests import manifests
from tests.policies.digest import SECRET_JSON, UNKNOWN_JSON, preview, step, urn

if TYPE_CHECKING:
    from pathlib import Path

POD = "kubernetes:core/v1:Pod"


def manifest(folder: Path, token: str, inputs: object, **state: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """The manifest of one object."""
    (made,) = manifests(preview(folder, step(token, inputs, **state))).values()
    return dict(made)


def pod(folder: Path, spec: object) -> Any:  # noqa: ANN401 - JSON
    """The spec of a pod's manifest."""
    return manifest(folder, POD, {"spec": spec}).get("spec")


def test_an_object_is_its_inputs(tmp_path: Path) -> None:
    """A manifest holds what the program declares, under the resource's URN."""
    inputs = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop", "labels": {"a": "b"}},
        "spec": {"replicas": 2.0, "paused": None, "__defaults": []},
    }
    token = "kubernetes:apps/v1:Deployment"  # noqa: S105 - a type

    assert manifests(preview(tmp_path, step(token, inputs))) == {urn(token): {**inputs, "spec": {"replicas": 2}}}


@pytest.mark.parametrize(
    ("token", "version", "kind"),
    [
        ("kubernetes:core/v1:Pod", "v1", "Pod"),
        ("kubernetes:batch/v1:CronJob", "batch/v1", "CronJob"),
        ("kubernetes:external-secrets.io/v1:ExternalSecret", "external-secrets.io/v1", "ExternalSecret"),
    ],
)
def test_what_an_object_is_stands_in_its_token_too(tmp_path: Path, token: str, version: str, kind: str) -> None:
    """An object whose inputs do not say what it is is what its token says; its name is the resource's."""
    assert manifest(tmp_path, token, {}) == {"apiVersion": version, "kind": kind, "metadata": {"name": "thing"}}


@pytest.mark.parametrize(
    "token",
    [
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:helm.sh/v4:Chart",
        "kubernetes:yaml/v2:ConfigGroup",
        "kubernetes:kustomize/v2:Directory",
        "kubernetes:apps/v1:DeploymentPatch",
        "aws:s3/bucket:Bucket",
    ],
)
def test_what_is_no_object_has_no_manifest(tmp_path: Path, token: str) -> None:
    """A chart, a file of objects and a patch are none."""
    assert manifests(preview(tmp_path, step(token))) == {}


def test_a_component_has_no_manifest(tmp_path: Path) -> None:
    """What no provider makes is no object."""
    assert manifests(preview(tmp_path, step(POD, custom=False))) == {}


def test_a_list_is_of_kind_list(tmp_path: Path) -> None:
    """A list of objects is one that checkov takes apart, each entry with what it is."""
    items = [{"metadata": {"name": "a"}}, {"kind": "Pod", "metadata": {"name": "b"}}]

    assert manifest(tmp_path, "kubernetes:core/v1:PodList", {"items": items}) == {
        "apiVersion": "v1",
        "kind": "List",
        "items": [
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}},
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}},
        ],
    }


def test_no_data_of_a_secret_is_written(tmp_path: Path) -> None:
    """Of a Secret's data the keys stay; a copy of it in an annotation does not."""
    annotations = {"kubectl.kubernetes.io/last-applied-configuration": "plain-text", "other": "stays"}
    inputs = {
        "kind": "Secret",
        "metadata": {"name": "s", "annotations": annotations},
        "data": {"KEY": "cGxhaW4tdGV4dA=="},
        "stringData": {"TOKEN": "plain-text", "OTHER": SECRET_JSON},
        "type": "Opaque",
    }
    found = manifest(tmp_path, "kubernetes:core/v1:Secret", inputs)

    assert found["data"] == {"KEY": "[secret]"}
    assert found["stringData"].keys() <= {"TOKEN", "OTHER"}
    assert set(found["stringData"].values()) == {"[secret]"}
    assert found["metadata"] == {"name": "s", "annotations": {"other": "stays"}}
    assert "plain" not in json.dumps(found)


def test_no_data_of_a_secret_in_a_list_is_written(tmp_path: Path) -> None:
    """A list of Secrets holds no data either."""
    found = manifest(tmp_path, "kubernetes:core/v1:SecretList", {"items": [{"data": {"KEY": "cGxhaW4="}}]})

    assert found["items"][0]["data"] == {"KEY": "[secret]"}


def test_an_entry_of_an_odd_kind_is_still_a_secret(tmp_path: Path) -> None:
    """What a Secret's entry says of its kind does not bring its data to light."""
    found = manifest(tmp_path, "kubernetes:core/v1:SecretList", {"items": [{"kind": {"a": 1}, "data": {"K": "plain"}}]})

    assert found["items"][0]["data"] == {"K": "[secret]"}


def test_data_that_is_hidden_as_a_whole_is_empty(tmp_path: Path) -> None:
    """Where even the keys are secret, nothing is written."""
    assert "data" not in manifest(tmp_path, "kubernetes:core/v1:Secret", {"data": SECRET_JSON})


@pytest.mark.parametrize("prefix", ["checkov.io/skip1", "bridgecrew.io/skip", "cortex.io/skip2"])
def test_an_annotation_switches_no_check_off(tmp_path: Path, prefix: str) -> None:
    """What checkov would obey, and names neither owner nor end, is left out."""
    inputs = {"metadata": {"name": "x", "annotations": {prefix: "CKV_K8S_43=because", "a": "b"}}}

    assert manifest(tmp_path, POD, inputs)["metadata"]["annotations"] == {"a": "b"}


@pytest.mark.parametrize("value", [UNKNOWN_JSON, SECRET_JSON], ids=["unknown", "secret"])
@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"containers": [{"image": "VALUE"}]}, {"containers": [{"image": "unknown"}]}),
        ({"containers": ["VALUE"]}, {"containers": [{"name": "unknown", "image": "unknown"}]}),
        ({"containers": "VALUE"}, {"containers": [{"name": "unknown", "image": "unknown"}]}),
        ({"hostNetwork": "VALUE"}, {"hostNetwork": True}),
        ({"securityContext": {"privileged": "VALUE"}}, {"securityContext": {"privileged": True}}),
        ({"securityContext": {"runAsNonRoot": "VALUE"}}, {"securityContext": {}}),
        ({"securityContext": {"capabilities": {"drop": "VALUE"}}}, {"securityContext": {"capabilities": {}}}),
        (
            {"securityContext": {"capabilities": {"add": ["VALUE"]}}},
            {"securityContext": {"capabilities": {"add": ["ALL"]}}},
        ),
        ({"resources": {"limits": {"memory": "VALUE"}}}, {"resources": {"limits": {}}}),
        ({"env": [{"name": "A", "value": "VALUE"}]}, {"env": [{"name": "A"}]}),
        ({"args": ["VALUE", "b"]}, {"args": ["b"]}),
    ],
)
def test_what_is_not_known_is_the_worst(tmp_path: Path, value: object, spec: object, expected: object) -> None:
    """A value that is not known is left out, or the worst where its absence would be the safe choice."""
    told = json.loads(json.dumps(spec).replace('"VALUE"', json.dumps(value)))

    assert pod(tmp_path, told) == expected


@pytest.mark.parametrize(
    ("token", "path"),
    [
        (POD, ()),
        ("kubernetes:apps/v1:Deployment", ("template", "spec")),
        ("kubernetes:batch/v1:CronJob", ("jobTemplate", "spec", "template", "spec")),
    ],
)
def test_a_spec_that_is_not_known_has_the_worst_pod(tmp_path: Path, token: str, path: tuple[str, ...]) -> None:
    """A workload of which nothing is known does not pass for one without containers."""
    found: Any = manifest(tmp_path, token, {"spec": UNKNOWN_JSON})["spec"]
    for key in path:
        found = found[key]

    assert found["containers"] == [{"name": "unknown", "image": "unknown"}]
    assert found["hostNetwork"] is True


@pytest.mark.parametrize("metadata", [{"namespace": UNKNOWN_JSON}, {"name": UNKNOWN_JSON, "namespace": UNKNOWN_JSON}])
def test_a_namespace_that_is_not_known_is_not_the_default_one(tmp_path: Path, metadata: object) -> None:
    """An object in a namespace of unknown name is in a namespace of its own."""
    assert manifest(tmp_path, POD, {"metadata": metadata})["metadata"] == {"name": "thing", "namespace": "unknown"}


@pytest.mark.parametrize("inputs", [{"metadata": 3}, {"items": 3}, {"kind": 3, "apiVersion": []}, {"metadata": [1]}])
def test_odd_objects_have_a_manifest(tmp_path: Path, inputs: object) -> None:
    """What has not the form of an object still says what it is."""
    found = manifest(tmp_path, "kubernetes:core/v1:PodList", inputs)

    assert (found["apiVersion"], found["kind"], found["metadata"]["name"]) == ("v1", "PodList", "thing")
