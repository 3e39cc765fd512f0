"""The environment of a container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from lightkube.models.core_v1 import Container
from lightkube.resources.core_v1 import Pod

from sandbox.node.environment import Environment, Resolver
from sandbox.node.objects import MissingError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stored:
    """Secrets and ConfigMaps in memory."""

    def secret(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """One Secret is there."""
        return {"token": b"s3cret"} if (namespace, name) == ("shop", "keys") else None

    def config_map(self, namespace: str, name: str) -> Mapping[str, bytes] | None:
        """One ConfigMap is there."""
        return {"A": b"1", "B": b"2"} if (namespace, name) == ("shop", "settings") else None


def _resolve(image: dict[str, str] | None = None, **container: object) -> Environment:
    spec = msgspec.convert({"name": "main"} | container, Container)
    meta = {"name": "pod", "namespace": "shop", "uid": "u", "labels": {"app": "x"}, "annotations": {"k": 'v"w'}}
    pod = msgspec.convert({"metadata": meta, "spec": {"containers": []}}, Pod)
    resolver = Resolver(Stored(), {"memory": "8Gi", "cpu": "2"}, {"KUBERNETES_SERVICE_HOST": "127.0.0.1"})
    return resolver.resolve(pod, spec, image or {})


def _one(source: dict[str, Any], **container: object) -> str | None:
    found = _resolve(None, env=[{"name": "X", "valueFrom": source}], **container)
    return found.values.get("X")


def test_only_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any setting there is the image's own and where the API server is, nothing of the node's."""
    monkeypatch.setenv("NODE_SECRET", "x")
    assert _resolve({"PATH": "/bin"}).values == {"PATH": "/bin", "KUBERNETES_SERVICE_HOST": "127.0.0.1"}


def test_order() -> None:
    """The spec's own variable wins over envFrom, which wins over the image."""
    found = _resolve(
        {"A": "image", "B": "image", "C": "image"},
        envFrom=[{"configMapRef": {"name": "settings"}}],
        env=[{"name": "B", "value": "own"}],
    )
    assert {key: found.values[key] for key in "ABC"} == {"A": "1", "B": "own", "C": "image"}


def test_reference_to_earlier() -> None:
    """A value refers to variables before it, not after."""
    env = [{"name": "X", "value": "$(Y)"}, {"name": "Y", "value": "1"}, {"name": "Z", "value": "$(Y)"}]
    found = _resolve(env=env).values
    assert (found["X"], found["Z"]) == ("$(Y)", "1")


def test_reference_to_the_server() -> None:
    """A value may refer to where the API server is."""
    env = [{"name": "URL", "value": "https://$(KUBERNETES_SERVICE_HOST)"}]
    assert _resolve(env=env).values["URL"] == "https://127.0.0.1"


def test_whole_secret_is_marked() -> None:
    """Every name that a whole Secret brings is known as secret."""
    assert _resolve(envFrom=[{"prefix": "P_", "secretRef": {"name": "keys"}}]).secret == frozenset({"P_token"})


def test_secrets_are_marked() -> None:
    """Names whose values came from Secrets are known, an overwritten one is not."""
    reference = {"secretKeyRef": {"name": "keys", "key": "token"}}
    env = [{"name": "X", "valueFrom": reference}, {"name": "token", "value": "plain"}]
    found = _resolve(env=env, envFrom=[{"secretRef": {"name": "keys"}}])
    assert found.secret == frozenset({"X"})


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"secretKeyRef": {"name": "no", "key": "k"}}, 'secret "no" not found'),
        ({"configMapKeyRef": {"name": "no", "key": "k"}}, 'configmap "no" not found'),
        ({"secretKeyRef": {"name": "keys", "key": "k"}}, "couldn't find key k in Secret shop/keys"),
        ({"configMapKeyRef": {"name": "settings", "key": "k"}}, "couldn't find key k in ConfigMap shop/settings"),
    ],
)
def test_missing(source: dict[str, Any], message: str) -> None:
    """What is missing is named in the kubelet's words."""
    with pytest.raises(MissingError) as caught:
        _one(source)
    assert str(caught.value) == message


@pytest.mark.parametrize("reference", [{"name": "no", "key": "k"}, {"name": "keys", "key": "k"}])
def test_optional(reference: dict[str, Any]) -> None:
    """An optional reference to what is missing leaves the variable out."""
    assert _one({"secretKeyRef": reference | {"optional": True}}) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("metadata.name", "pod"),
        ("metadata.namespace", "shop"),
        ("metadata.uid", "u"),
        ("metadata.labels['app']", "x"),
        ("metadata.labels['none']", ""),
        ("metadata.labels", 'app="x"'),
        ("metadata.annotations", 'k="v\\"w"'),
        ("spec.nodeName", "sandbox"),
        ("status.podIP", "127.0.0.1"),
    ],
)
def test_field(path: str, expected: str) -> None:
    """Each fact of the pod has its path."""
    assert _one({"fieldRef": {"fieldPath": path}}) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ({"resource": "limits.memory"}, "67108864"),
        ({"resource": "limits.memory", "divisor": "1Mi"}, "64"),
        ({"resource": "limits.cpu"}, "2"),
        ({"resource": "requests.cpu"}, "1"),
        ({"resource": "requests.cpu", "divisor": "1m"}, "250"),
        ({"resource": "requests.memory"}, "0"),
    ],
)
def test_resource(reference: dict[str, Any], expected: str) -> None:
    """Limits and requests come in units of the divisor, rounded up; an unset limit is the node's."""
    resources = {"limits": {"memory": "64Mi"}, "requests": {"cpu": "250m"}}
    assert _one({"resourceFieldRef": reference}, resources=resources) == expected
