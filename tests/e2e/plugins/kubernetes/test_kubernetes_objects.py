"""The kubernetes stand-in's operations against a real API server."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, cast

import pytest

from providers.kit import UNKNOWN, Call, Incomplete, Properties, ProviderError, Stored
from providers.kit.values import at
from sandbox.plugins.kubernetes.objects import metadata
from sandbox.plugins.kubernetes.tokens import Type
from tests.e2e.plugins.kubernetes.trial import CONFIG_MAP, CRON_JOB, JOB, NAMESPACE, POD, Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.plugins.kubernetes.cluster import Cluster
    from sandbox.plugins.kubernetes.provider import Kubernetes

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("kubernetes")]


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
