"""The kubernetes stand-in's operations on objects that live, change and go."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from providers.kit import Properties, ProviderError, Stored
from sandbox.plugins.kubernetes.objects import identity, metadata
from sandbox.plugins.kubernetes.tokens import Type
from tests.e2e.plugins.kubernetes.trial import CLAIM, CONFIG_MAP, CRON_JOB, NAMESPACE, POD, SECRET, Trial, edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.plugins.kubernetes.cluster import Cluster
    from sandbox.plugins.kubernetes.provider import Kubernetes

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("kubernetes")]


def test_drift(provider: Kubernetes, cluster: Cluster) -> None:
    """A refresh shows the live value of a field that someone changed; the next update would change it back."""
    trial = Trial(provider, NAMESPACE)
    trial.inputs["metadata"] = {"name": trial.name, "labels": {"mine": "1"}}
    trial.create()
    where = cluster.find(Type("v1", "Namespace"))
    assert where is not None
    labels = {"mine": "changed", "theirs": "2"}
    wanted = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": trial.name, "labels": labels}}
    cluster.apply(where, wanted, manager="someone-else", force=True, dry_run=False, log=lambda _text: None)
    trial.refresh()
    assert ({"mine": "changed"}, {"metadata.labels.mine": False}) == (
        metadata(trial.stored.inputs)["labels"],
        trial.diff(),
    )


def test_refresh_finds_nothing(provider: Kubernetes) -> None:
    """A refresh of an untouched object changes no input, whatever defaults the server gave it."""
    spec = {"schedule": "0 * * * *", "jobTemplate": {"spec": {"template": POD}}}
    trial = Trial(provider, CRON_JOB, spec=spec).create()
    before = trial.stored.inputs
    trial.refresh()
    assert (before, {}) == (trial.stored.inputs, trial.diff())


def test_conflict(configured: Callable[..., Kubernetes], cluster: Cluster) -> None:
    """An update of a field that someone else took names them and the field; patchForce takes it back."""
    trial = Trial(configured(enableConfigMapMutable="true"), CONFIG_MAP, data={"a": "1"}).create()
    edit(cluster, "v1", "ConfigMap", trial, data={"a": "theirs"})
    with pytest.raises(ProviderError, match=r'conflict with "someone-else"[^$]*\.data\.a'):
        trial.update(data={"a": "2"})
    forced = {"name": trial.name, "annotations": {"pulumi.com/patchForce": "true"}}
    assert {"a": "2"} == trial.update(metadata=forced)["data"]


def test_removed_fields_go(configured: Callable[..., Kubernetes]) -> None:
    """A key that the program drops goes from the object."""
    trial = Trial(configured(enableSecretMutable="true"), SECRET, stringData={"a": "1", "b": "2"}).create()
    assert {"a": base64.b64encode(b"1").decode()} == trial.update(stringData={"a": "1"})["data"]


def test_import(provider: Kubernetes) -> None:
    """An imported object needs no change by a program that asks for less than the server shows."""
    spec = {"schedule": "0 * * * *", "jobTemplate": {"spec": {"template": POD}}}
    made = Trial(provider, CRON_JOB, spec=spec).create()
    found = Trial(provider, CRON_JOB, spec={**spec, "suspend": False}, metadata={"name": made.name})
    found.stored = Stored(made.stored.id)
    found.refresh()
    assert (made.stored.id, spec, {}) == (found.stored.id, found.stored.inputs["spec"], found.diff())


def test_import_of_nothing(provider: Kubernetes) -> None:
    """An object that is not there cannot be imported."""
    trial = Trial(provider, CONFIG_MAP)
    trial.stored = Stored("default/nothing")
    assert trial.refresh() is None


def test_delete_waits_for_finalizers(provider: Kubernetes) -> None:
    """A deletion that something holds up names what does."""
    trial = Trial(provider, CONFIG_MAP)
    trial.inputs["metadata"] = {"name": trial.name, "finalizers": ["example.com/hold"]}
    trial.create()
    with pytest.raises(ProviderError, match=r"not gone after 1 s; it is held by finalizer example\.com/hold"):
        trial.delete(timeout=1)


def test_delete_of_a_claim_in_use(provider: Kubernetes) -> None:
    """A claim that a pod uses is not waited for beyond the limit; the error names the pod, and what to do."""
    unwatched: Properties = {"pulumi.com/skipAwait": "true"}
    claim, pod = Trial(provider, CLAIM), Trial(provider, "kubernetes:core/v1:Pod")
    claim.inputs |= {
        "metadata": {"name": claim.name, "annotations": unwatched},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}},
    }
    pod.inputs |= {
        "metadata": {"name": pod.name, "annotations": unwatched},
        "spec": {
            "nodeName": "nowhere",
            "containers": [{"name": "main", "image": "busybox"}],
            "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": claim.name}}],
        },
    }
    claim.create()
    pod.create()
    with pytest.raises(ProviderError, match=f'not gone after 1 s.*used by pod "{pod.name}": delete it'):
        claim.delete(timeout=1)


def test_delete_of_what_is_gone(provider: Kubernetes) -> None:
    """Deleting an object twice is no error."""
    trial = Trial(provider, CONFIG_MAP).create()
    trial.delete()
    trial.delete()
    assert trial.refresh() is None


def test_custom_resources(provider: Kubernetes) -> None:
    """A kind that the program defines is there for the next resource, in its preview and after its definition."""
    group, plural = "groundwork.example.com", "widgets"
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}
    versions = [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}]
    names = {"plural": plural, "singular": "widget", "kind": "Widget"}
    definition = Trial(
        provider,
        "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        spec={"group": group, "scope": "Namespaced", "names": names, "versions": versions},
        metadata={"name": f"{plural}.{group}"},
    )
    widget = Trial(provider, f"kubernetes:{group}/v1:Widget", spec={"size": 1})
    # The garbage collector, which a foreground deletion waits for, looks for new kinds every 30 s only.
    background: Properties = {"pulumi.com/deletionPropagationPolicy": "background"}
    widget.inputs["metadata"] = {"name": widget.name, "annotations": background}
    early = widget.preview()
    definition.create()
    made = widget.create().stored
    bad = Trial(provider, f"kubernetes:{group}/v1:Widget", spec={"size": "big"})
    with pytest.raises(ProviderError, match=r"spec\.size"):
        bad.preview()
    widget.delete()
    definition.delete()
    assert ({"size": 1}, {"size": 1}, None) == (early["spec"], made.outputs["spec"], widget.refresh())


def test_missing_kind(provider: Kubernetes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that the server does not have is named, after a moment's patience."""
    monkeypatch.setattr("sandbox.plugins.kubernetes.resource._DISCOVERY", 0.1)
    with pytest.raises(ProviderError, match=r"no kind Gadget in example\.com/v1"):
        Trial(provider, "kubernetes:example.com/v1:Gadget").create()


def test_generated_names(provider: Kubernetes) -> None:
    """With generateName the server makes the name, and updates keep to it."""
    trial = Trial(provider, CONFIG_MAP, metadata={"generateName": "made-"}).create()
    again = trial.update(metadata={"generateName": "made-", "labels": {"a": "1"}})
    assert (True, trial.stored.id) == (trial.stored.id.startswith("default/made-"), identity(again))


def test_unreachable_server(configured: Callable[..., Kubernetes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is not there is named, with what to do."""
    monkeypatch.setattr("sandbox.plugins.kubernetes.cluster._TRIES", 2)
    kubeconfig = (
        '{"clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}], "current-context": "c", '
        '"contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}], "users": [{"name": "u", "user": {}}]}'
    )
    trial = Trial(configured(kubeconfig=kubeconfig), CONFIG_MAP)
    with pytest.raises(ProviderError, match=r"http://127\.0\.0\.1:1.* cannot be reached.*make up"):
        trial.checked()


def test_clusters_elsewhere_are_refused(configured: Callable[..., Kubernetes]) -> None:
    """A kubeconfig that leads to a cluster on another machine is not acted on."""
    kubeconfig = (
        '{"clusters": [{"name": "c", "cluster": {"server": "https://prod.example.com"}}], "current-context": "c", '
        '"contexts": [{"name": "c", "context": {"cluster": "c"}}]}'
    )
    with pytest.raises(ProviderError, match=r"https://prod\.example\.com.*sandbox's own API server only"):
        Trial(configured(kubeconfig=kubeconfig), CONFIG_MAP).checked()


def test_missing_kubeconfig(configured: Callable[..., Kubernetes]) -> None:
    """A kubeconfig that is not there is named."""
    with pytest.raises(ProviderError, match="/nowhere/config"):
        Trial(configured(kubeconfig="/nowhere/config"), CONFIG_MAP).checked()
