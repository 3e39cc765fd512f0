"""Resource tokens of the kubernetes stand-in."""

from __future__ import annotations

import json

import pytest

from providers.kit import Call, ProviderError
from sandbox.plugins.kubernetes.provider import Kubernetes
from sandbox.plugins.kubernetes.tokens import Type, parse


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("kubernetes:core/v1:Namespace", Type("v1", "Namespace")),
        ("kubernetes:apps/v1:Deployment", Type("apps/v1", "Deployment")),
        ("kubernetes:rbac.authorization.k8s.io/v1:Role", Type("rbac.authorization.k8s.io/v1", "Role")),
        ("kubernetes:example.com/v1:Widget", Type("example.com/v1", "Widget")),
        ("kubernetes:example.com/v1:ShoppingList", Type("example.com/v1", "ShoppingList")),
    ],
)
def test_type(token: str, expected: Type) -> None:
    """A token names an API version and a kind, the core group without its name."""
    assert expected == parse(token)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("kubernetes:core/v1:ConfigMapPatch", "manage the whole object"),
        ("kubernetes:core/v1:ConfigMapList", "each of its items"),
        ("kubernetes:helm.sh/v3:Release", "render the chart"),
        ("kubernetes:yaml:ConfigFile", "resources of their own"),
        ("kubernetes:yaml/v2:ConfigGroup", "resources of their own"),
        ("kubernetes:kustomize:Directory", "GitOps"),
        ("aws:s3/bucket:Bucket", "no type of kubernetes"),
        ("kubernetes:Pod", "no type of kubernetes"),
    ],
)
def test_refused(token: str, words: str) -> None:
    """What the stand-in does not offer is refused with what to do instead."""
    with pytest.raises(ProviderError, match=words):
        parse(token)


@pytest.mark.parametrize("function", ["kubernetes:yaml:decode", "kubernetes:helm:template", "kubernetes:core/v1:get"])
def test_functions_are_refused(function: str) -> None:
    """The vendor's client-side helpers are refused by name."""
    with pytest.raises(ProviderError, match=f"{function} is not offered by the Groundwork stand-in"):
        Kubernetes().invoke(Call(), function, {})


def test_labelled() -> None:
    """Who asks for the schema is told that this is a stand-in."""
    assert "Kubernetes (Groundwork stand-in)" == json.loads(Kubernetes.schema)["displayName"]
