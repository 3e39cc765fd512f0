"""The kubernetes stand-in's operations against a real API server."""

from __future__ import annotations

import base64
import itertools
import re
import threading
from typing import TYPE_CHECKING, Any, cast

import pytest

from providers.kit import UNKNOWN, Call, Checked, Incomplete, Properties, ProviderError, Stored
from providers.kit.values import at
from sandbox.plugins.kubernetes.objects import identity, metadata
from sandbox.plugins.kubernetes.tokens import Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.plugins.kubernetes.cluster import Cluster
    from sandbox.plugins.kubernetes.provider import Kubernetes
    from sandbox.plugins.kubernetes.resource import KubernetesObject

pytestmark = pytest.mark.e2e

CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
CRON_JOB = "kubernetes:batch/v1:CronJob"
JOB = "kubernetes:batch/v1:Job"
NAMESPACE = "kubernetes:core/v1:Namespace"
SECRET = "kubernetes:core/v1:Secret"  # noqa: S105 - a type

POD: Properties = {
    "metadata": {"labels": {"app": "a"}},
    "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "busybox"}]},
}

_numbers = itertools.count()


class Trial:
    """One resource through its life, as the engine would lead it."""

    def __init__(self, provider: Kubernetes, token: str, **inputs: Any) -> None:  # noqa: ANN401 - a program's inputs
        self.handler: KubernetesObject = provider.handler(token)
        self.name = f"trial-{next(_numbers)}"
        self.urn = f"urn:pulumi:t::t::{token}::{self.name}"
        self.stored = Stored("")
        self.inputs: Properties = {"metadata": {"name": self.name}, **inputs}

    def call(self, *, preview: bool = False, timeout: float = 20.0) -> Call:
        """What the engine tells of an operation."""
        return Call(urn=self.urn, name=self.name, preview=preview, timeout=timeout, seed=self.name.encode())

    def checked(self, **changes: Any) -> Checked:  # noqa: ANN401 - a program's inputs
        """The inputs, with changes, as the check gives them."""
        self.inputs = {**self.inputs, **changes}
        return self.handler.check(self.call(), self.inputs, self.stored.inputs or None)

    def preview(self) -> Properties:
        """The outputs of a preview of the creation."""
        return self.handler.create(self.call(preview=True), self.checked().inputs).outputs

    def create(self, timeout: float = 20.0) -> Trial:
        """Make it."""
        inputs = self.checked().inputs
        made = self.handler.create(self.call(timeout=timeout), inputs)
        self.stored = Stored(made.id, inputs, made.outputs)
        return self

    def diff(self, **changes: Any) -> dict[str, bool]:  # noqa: ANN401 - a program's inputs
        """Top-level and second keys of what an update to the changed inputs changes, with whether each replaces."""
        diff = self.handler.diff(self.call(), self.stored, self.checked(**changes).inputs)
        return {".".join(str(part) for part in change.path): change.replaces for change in diff.changes}

    def update(self, **changes: Any) -> Properties:  # noqa: ANN401 - a program's inputs
        """Update it to the changed inputs."""
        inputs = self.checked(**changes).inputs
        outputs = self.handler.update(self.call(), self.stored, inputs)
        self.stored = Stored(self.stored.id, inputs, outputs)
        return outputs

    def refresh(self) -> Stored | None:
        """Read it, and keep what was read, as a refresh does."""
        found = self.handler.read(self.call(), self.stored)
        self.stored = found or self.stored
        return found

    def delete(self, timeout: float = 20.0) -> None:
        """Delete it."""
        self.handler.delete(self.call(timeout=timeout), self.stored)


@pytest.fixture(scope="module")
def cluster(provider: Kubernetes) -> Cluster:
    """The API server, to change things behind the provider's back."""
    found = provider.cluster()
    assert found is not None
    return found


def _edit(cluster: Cluster, api_version: str, kind: str, trial: Trial, **changes: Any) -> None:  # noqa: ANN401 - JSON
    """Change fields of a live object as another manager, by force, as ``kubectl edit`` would."""
    where = cluster.find(Type(api_version, kind))
    assert where is not None
    meta = {key: metadata(trial.stored.outputs)[key] for key in ("name", "namespace")}
    wanted = {"apiVersion": api_version, "kind": kind, "metadata": meta, **changes}
    cluster.apply(where, wanted, manager="someone-else", force=True, dry_run=False, log=lambda _text: None)


def test_life(provider: Kubernetes) -> None:
    """An object is made, needs no change, is changed in place, and goes."""
    trial = Trial(provider, CRON_JOB, spec={"schedule": "0 * * * *", "jobTemplate": {"spec": {"template": POD}}})
    trial.create()
    same = trial.diff()
    spec = cast("Properties", trial.inputs["spec"])
    changed = trial.diff(spec={**spec, "schedule": "5 * * * *"})
    schedule = at(trial.update(), ("spec", "schedule"))
    trial.delete()
    assert ({}, {"spec.schedule": False}, "5 * * * *", None) == (same, changed, schedule, trial.refresh())


def test_namespace_is_filled_in(provider: Kubernetes) -> None:
    """An object without a namespace goes to the context's, and its id says so."""
    trial = Trial(provider, CONFIG_MAP).create()
    assert f"default/{trial.name}" == trial.stored.id


def test_unnamed_objects_get_a_name(provider: Kubernetes) -> None:
    """An object without a name gets one, keeps it, and is replaced before it is deleted."""
    trial = Trial(provider, CONFIG_MAP, metadata={}, data={"a": "1"}).create()
    diff = trial.handler.diff(trial.call(), trial.stored, trial.checked(data={"a": "2"}).inputs)
    made = re.fullmatch(rf"default/{trial.name}-[0-9a-f]{{8}}", trial.stored.id)
    assert (True, True) == (bool(made), diff.replaces)


def test_named_objects_are_deleted_before_replace(provider: Kubernetes) -> None:
    """Two objects of one name cannot be there at once."""
    trial = Trial(provider, CONFIG_MAP, data={"a": "1"}).create()
    diff = trial.handler.diff(trial.call(), trial.stored, trial.checked(data={"a": "2"}).inputs)
    assert (True, True) == (diff.replaces, diff.delete_before_replace)


def test_mutable_config_map(configured: Callable[..., Kubernetes]) -> None:
    """With the vendor's setting a ConfigMap's data is updated in place."""
    trial = Trial(configured(enableConfigMapMutable="true"), CONFIG_MAP, data={"a": "1"}).create()
    assert ({"data.a": False}, {"a": "2"}) == (trial.diff(data={"a": "2"}), trial.update()["data"])


def test_server_knows_immutable_fields(provider: Kubernetes) -> None:
    """A field that only the server knows to be immutable replaces too."""
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}, "storageClassName": "x"}
    annotations: Properties = {"pulumi.com/skipAwait": "true"}
    trial = Trial(provider, "kubernetes:core/v1:PersistentVolumeClaim", spec=claim)
    trial.inputs["metadata"] = {"name": trial.name, "annotations": annotations}
    trial.create()
    diff = trial.diff(spec={**claim, "volumeAttributesClassName": "y"})
    assert {"spec.volumeAttributesClassName": True} == diff


def test_job_template_replaces(provider: Kubernetes) -> None:
    """A Job's template is immutable."""
    trial = Trial(provider, JOB, spec={"suspend": True, "template": POD}).create()
    other = {**POD, "metadata": {"labels": {"app": "b"}}}
    assert {"spec.template.metadata.labels.app": True} == trial.diff(spec={"suspend": True, "template": other})


def test_job_is_waited_for(provider: Kubernetes) -> None:
    """A Job that does not end in time is made, recorded as not ready, and says why."""
    trial = Trial(provider, JOB, spec={"template": POD})
    with pytest.raises(Incomplete, match="not ready after 1 s: 0 of 1 pods have succeeded") as caught:
        trial.create(timeout=1)
    assert f"default/{trial.name}" == caught.value.id


def test_failed_job(provider: Kubernetes) -> None:
    """A Job that failed for good is not waited for until the end."""
    trial = Trial(provider, JOB, spec={"activeDeadlineSeconds": 1, "template": POD})
    with pytest.raises(Incomplete, match="DeadlineExceeded"):
        trial.create()


def test_wait_can_be_skipped(provider: Kubernetes) -> None:
    """The annotation pulumi.com/skipAwait ends the wait before it begins."""
    trial = Trial(provider, JOB, spec={"template": POD})
    trial.inputs["metadata"] = {"name": trial.name, "annotations": {"pulumi.com/skipAwait": "true"}}
    assert f"default/{trial.name}" == trial.create().stored.id


def test_wait_can_be_cancelled(provider: Kubernetes) -> None:
    """Cancelling ends the wait at once."""
    trial = Trial(provider, JOB, spec={"template": POD})
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Incomplete, match="cancelled"):
        trial.handler.create(Call(urn=trial.urn, name=trial.name, cancelled=cancelled), trial.checked().inputs)


def test_unsupported_annotation(provider: Kubernetes) -> None:
    """An annotation of Pulumi's that would do nothing is refused at its path."""
    metadata_: Properties = {"annotations": {"pulumi.com/waitFor": "condition=Ready"}}
    checked = Trial(provider, CONFIG_MAP, metadata=metadata_).checked()
    assert [("metadata", "annotations", "pulumi.com/waitFor")] == [failure.path for failure in checked.failures]


def test_late_binding_claim(provider: Kubernetes) -> None:
    """A claim whose storage class waits for the first pod is ready without a volume."""
    storage = Trial(
        provider,
        "kubernetes:storage.k8s.io/v1:StorageClass",
        provisioner="example.com/none",
        volumeBindingMode="WaitForFirstConsumer",
    ).create()
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "1Gi"}},
        "storageClassName": storage.name,
    }
    claim = Trial(provider, "kubernetes:core/v1:PersistentVolumeClaim", spec=spec).create()
    assert "Pending" == at(claim.stored.outputs, ("status", "phase"))


def test_preview_finds_a_bad_field(provider: Kubernetes) -> None:
    """A preview in a namespace that is yet to be made names the faulty field's path all the same."""
    spec = {"schedule": "every hour", "jobTemplate": {"spec": {"template": POD}}}
    trial = Trial(provider, CRON_JOB, spec=spec, metadata={"name": "a", "namespace": "to-be-made"})
    with pytest.raises(ProviderError, match=r"spec\.schedule: Invalid value"):
        trial.preview()


def test_preview_finds_an_unknown_field(provider: Kubernetes) -> None:
    """A misspelt field is named at preview."""
    trial = Trial(provider, CRON_JOB, spec={"schedul": "0 * * * *", "jobTemplate": {"spec": {"template": POD}}})
    with pytest.raises(ProviderError, match=r'unknown field "spec\.schedul"'):
        trial.preview()


def test_preview_stores_nothing(provider: Kubernetes, cluster: Cluster) -> None:
    """A preview gives the server's defaults, leaves identity unknown, and makes no object."""
    spec = {"ports": [{"port": 80}]}
    trial = Trial(provider, "kubernetes:core/v1:Service", spec=spec)
    outputs = trial.preview()
    where = cluster.find(Type("v1", "Service"))
    assert where is not None
    assert ("TCP", UNKNOWN, UNKNOWN, None) == (
        at(outputs, ("spec", "ports", 0, "protocol")),
        at(outputs, ("spec", "clusterIP")),
        at(outputs, ("metadata", "uid")),
        cluster.get(where, "default", trial.name),
    )


def test_preview_with_unknowns(provider: Kubernetes) -> None:
    """A preview whose spec is not known yet gives the inputs and leaves the rest unknown."""
    outputs = Trial(provider, CONFIG_MAP, data={"a": UNKNOWN}).preview()
    assert ({"a": UNKNOWN}, UNKNOWN) == (outputs["data"], metadata(outputs)["uid"])


def test_preview_with_an_unknown_namespace(provider: Kubernetes) -> None:
    """A namespace that is not known yet does not keep the server from finding faults."""
    trial = Trial(provider, CONFIG_MAP, metadata={"name": "a", "namespace": UNKNOWN}, dta={"a": "1"})
    with pytest.raises(ProviderError, match='unknown field "dta"'):
        trial.preview()


def test_preview_of_an_update(provider: Kubernetes) -> None:
    """The preview of an update is a dry run: it shows the result and changes nothing."""
    trial = Trial(provider, NAMESPACE).create()
    labels = {"metadata": {"name": trial.name, "labels": {"a": "1"}}}
    inputs = trial.checked(**labels).inputs
    outputs = trial.handler.update(trial.call(preview=True), trial.stored, inputs)
    live = trial.handler.read(trial.call(), trial.stored)
    assert live is not None
    assert ("1", None) == (at(outputs, ("metadata", "labels", "a")), at(live.outputs, ("metadata", "labels", "a")))


def test_existing_objects_are_left_alone(provider: Kubernetes) -> None:
    """An object that someone else made is not taken over."""
    one = Trial(provider, CONFIG_MAP).create()
    other = Trial(provider, CONFIG_MAP, metadata={"name": one.name})
    with pytest.raises(ProviderError, match=f'"default/{one.name}" already exists'):
        other.create()


def test_existing_objects_are_taken_over_on_request(configured: Callable[..., Kubernetes]) -> None:
    """With upsertExistingObjects, an object that is there is taken over."""
    provider = configured(upsertExistingObjects="true")
    one = Trial(provider, CONFIG_MAP).create()
    other = Trial(provider, CONFIG_MAP, metadata={"name": one.name}, data={"a": "1"}).create()
    assert {"a": "1"} == other.stored.outputs["data"]


def test_an_interrupted_create_is_taken_up(provider: Kubernetes) -> None:
    """An object that a killed run made, and that the state does not know, is no obstacle to the next run."""
    trial = Trial(provider, CONFIG_MAP, data={"a": "1"}).create()
    uid = at(trial.stored.outputs, ("metadata", "uid"))
    trial.stored = Stored("")
    assert uid == at(trial.create().stored.outputs, ("metadata", "uid"))


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
    _edit(cluster, "v1", "ConfigMap", trial, data={"a": "theirs"})
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
