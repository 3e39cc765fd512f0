"""The operations on one type of object; the same for every type, since the API server knows the differences."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, cast

from providers.kit import (
    UNKNOWN,
    Call,
    Change,
    Checked,
    Created,
    Diff,
    Failure,
    Handler,
    Incomplete,
    Kind,
    Properties,
    ProviderError,
    Severity,
    Stored,
    differ,
    has_unknown,
)
from providers.kit.diff import same
from providers.kit.values import at
from sandbox.plugins.kubernetes import drift, immutable, naming, objects
from sandbox.plugins.kubernetes.faults import CONFLICT, ApiError
from sandbox.plugins.kubernetes.wait import until_gone, until_ready

if TYPE_CHECKING:
    from sandbox.plugins.kubernetes.cluster import Cluster, Resource
    from sandbox.plugins.kubernetes.objects import Object
    from sandbox.plugins.kubernetes.settings import Settings
    from sandbox.plugins.kubernetes.tokens import Type

#: Seconds to wait for an object to be ready, unless the user sets customTimeouts: the vendor's ten minutes.
WAIT = 600.0

#: Seconds to wait for an object to be gone, likewise. Shorter than the vendor's: what takes longer here (a claim that a
#: pod uses, a finalizer without its controller) does not end by itself, and a `pulumi destroy` is to say so soon.
WAIT_GONE = 120.0

#: Seconds that a type may take to appear after its CustomResourceDefinition is established.
_DISCOVERY = 15.0
_DISCOVERY_PAUSE = 0.5

_OUR_PREFIX = "pulumi.com/"


class Home(Protocol):
    """What a handler needs of its provider."""

    @property
    def settings(self) -> Settings:
        """The provider's settings."""

    def cluster(self) -> Cluster | None:
        """The API server; None while it is not known."""


class KubernetesObject(Handler):
    """Handler of all objects of one type."""

    def __init__(self, type_: Type, home: Home) -> None:
        self._type = type_
        self._home = home
        if objects.is_secret(type_):
            last_applied = ("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration")
            self.secret_patterns = (("data",), ("stringData",), last_applied)

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """Name and namespace filled in; annotations that would do nothing refused."""
        found: Properties = {**inputs, "apiVersion": self._type.api_version, "kind": self._type.kind}
        annotations = objects.metadata(found).get("annotations")
        failures = tuple(
            Failure(("metadata", "annotations", key), "not supported by the Groundwork stand-in for kubernetes")
            for key in (annotations if isinstance(annotations, dict) else {})
            if key.startswith(_OUR_PREFIX) and key not in objects.SUPPORTED
        )
        found = naming.named(found, old, resource=call.name, seed=call.seed)
        cluster = self._home.cluster()
        where = cluster.find(self._type) if cluster else None
        meta = objects.metadata(found)
        if cluster and where and where.namespaced and meta and not meta.get("namespace"):
            found["metadata"] = {**meta, "namespace": cluster.namespace}
        return Checked(found, failures)

    def diff(self, call: Call, stored: Stored, inputs: Properties) -> Diff:
        """Changes of what the program set; replacing where the table or the server says so."""
        needs = immutable.patterns(self._type, self._home.settings, stored.inputs)
        found = differ(stored.inputs, inputs, replace_on=needs)
        changes = self._real(found.changes, stored, inputs)
        if changes and not any(change.replaces for change in changes):
            changes = self._asked(call, changes, stored, inputs)
        once = immutable.in_place_name(stored.inputs, inputs)
        return Diff(changes, delete_before_replace=once and any(change.replaces for change in changes))

    def create(self, call: Call, inputs: Properties) -> Created:
        """Apply a new object and wait until it is ready; in a preview let the server rehearse it."""
        manager = self._manager(call, inputs, None)
        if call.preview:
            return Created(objects.identity(inputs), self._rehearsed(inputs, manager))
        cluster, where = self._place(call)
        wanted = self._manifest(where, cluster, inputs)
        self._keep_off(cluster, where, wanted, manager, call)
        live = self._apply(cluster, where, wanted, manager, call)
        return Created(*self._ready(cluster, where, live, manager, call))

    def read(self, call: Call, stored: Stored) -> Stored | None:
        """The object as it is; inputs changed where live fields are no longer what was applied."""
        cluster = self._home.cluster()
        where = cluster.find(self._type, fresh=True) if cluster else None
        if cluster is None or where is None:
            return None
        live = cluster.get(where, *objects.place(stored.id, cluster.namespace))
        if live is None:
            return None
        manager = self._manager(call, stored.inputs, stored.outputs)
        outputs = objects.outputs(live, manager)
        if not stored.inputs:
            outputs[objects.IMPORTED] = True
            return Stored(objects.identity(outputs), drift.imported(live), outputs)
        if objects.IMPORTED in stored.outputs:
            outputs[objects.IMPORTED] = True
        return Stored(stored.id, drift.settled(stored.inputs, stored.outputs, live), outputs)

    def update(self, call: Call, stored: Stored, inputs: Properties) -> Properties:
        """Apply the object anew and wait until it is ready; in a preview by a dry run."""
        manager = self._manager(call, inputs, stored.outputs)
        cluster = self._home.cluster()
        where = cluster.find(self._type) if cluster else None
        if call.preview and (cluster is None or where is None or has_unknown(inputs)):
            return self._guessed(stored, inputs, manager)
        cluster, where = self._place(call)
        name = objects.place(stored.id, "")[1]
        wanted = self._manifest(where, cluster, inputs, name=name)
        if call.preview:
            return objects.changed(self._apply(cluster, where, wanted, manager, call), manager)
        live = self._apply(cluster, where, wanted, manager, call)
        return self._ready(cluster, where, live, manager, call)[1]

    def delete(self, call: Call, stored: Stored) -> None:
        """Delete the object, with what it owns, and wait until it is gone."""
        cluster = self._home.cluster()
        where = cluster.find(self._type, fresh=True) if cluster else None
        if cluster is None or where is None:
            return  # its type is gone, and the object with it
        namespace, name = objects.place(stored.id, cluster.namespace)
        live = cluster.get(where, namespace, name)
        if live is None:
            return
        propagation = objects.annotation(stored.inputs, objects.PROPAGATION).capitalize() or "Foreground"
        cluster.delete(where, namespace, name, propagation=propagation)
        until_gone(cluster, where, live, call, seconds=self._seconds(call, stored.inputs, WAIT_GONE))

    def _real(self, changes: tuple[Change, ...], stored: Stored, inputs: Properties) -> tuple[Change, ...]:
        """The changes without those that only look like one."""
        if objects.is_secret(self._type):
            old, new = objects.secret_data(stored.inputs), objects.secret_data(inputs)
            if same(old.get("data"), new.get("data")):
                changes = tuple(change for change in changes if change.path[0] not in ("data", "stringData"))
        if objects.IMPORTED in stored.outputs:
            # Nothing has been applied yet: what the program leaves out is not ours to remove, and what it asks
            # for and is there already is no change.
            changes = tuple(
                change
                for change in changes
                if change.kind is not Kind.DELETE and not same(at(inputs, change.path), at(stored.outputs, change.path))
            )
        return changes

    def _asked(self, call: Call, changes: tuple[Change, ...], stored: Stored, inputs: Properties) -> tuple[Change, ...]:
        """The changes as the server judges them by a dry run: it alone knows every immutable field."""
        cluster = self._home.cluster()
        where = cluster.find(self._type) if cluster else None
        if cluster is None or where is None or has_unknown(inputs):
            return changes
        name = objects.place(stored.id, "")[1]
        wanted = self._manifest(where, cluster, inputs, name=name)
        manager = self._manager(call, inputs, stored.outputs)
        try:
            cluster.apply(where, wanted, manager=manager, force=True, dry_run=True, log=_no_log)
        except ApiError as error:
            return immutable.answered(changes, error.fixed_fields) if error.fixed_fields else changes
        return changes

    def _rehearsed(self, inputs: Properties, manager: str) -> Properties:
        """The outputs of a new object, by the server's own rehearsal as far as one can be held.

        When its namespace is to be made by the same update, the rehearsal is held in one that exists: the server
        then finds faulty fields all the same.
        """
        cluster = self._home.cluster()
        where = cluster.find(self._type, fresh=True) if cluster else None
        if cluster is None or where is None or has_unknown(_spec_of(inputs)):
            return objects.guessed(inputs, manager)
        known = _with_known_place(inputs, cluster.namespace)
        wanted = self._manifest(where, cluster, known)
        for namespace in dict.fromkeys((wanted["metadata"].get("namespace", ""), "default")):
            try:
                rehearsed = cluster.rehearse(where, wanted, namespace)
            except ApiError as error:
                if error.code == CONFLICT:
                    break  # it is valid, and there already: this may be a replacement
                if error.namespace_missing:
                    continue
                if namespace == wanted["metadata"].get("namespace", "") or error.rejects:
                    raise
                break
            return objects.expected(self._type, rehearsed, inputs, manager)
        return objects.guessed(inputs, manager)

    def _guessed(self, stored: Stored, inputs: Properties, manager: str) -> Properties:
        """The outputs of an update that cannot be rehearsed: the old state under the new inputs."""
        found = {**stored.outputs, **inputs, objects.MANAGER: manager}
        if isinstance(inputs.get("metadata"), dict):
            found["metadata"] = {**objects.metadata(stored.outputs), **objects.metadata(inputs)}
        return found

    def _keep_off(self, cluster: Cluster, where: Resource, wanted: Object, manager: str, call: Call) -> None:
        """Leave an object alone that someone else made."""
        meta = wanted["metadata"]
        if self._home.settings.upsert_existing_objects or "name" not in meta:
            return
        there = cluster.get(where, meta.get("namespace", ""), meta["name"])
        if there is None:
            return
        owners = {entry.get("manager") for entry in there["metadata"].get("managedFields") or ()}
        if manager in owners:
            call.log(Severity.INFO, "found as an interrupted update left it; going on from there")
            return
        raise ProviderError(
            f'{self._type.kind} "{objects.identity(cast("Properties", wanted))}" already exists; '
            "import it, or set upsertExistingObjects on the provider"
        )

    def _apply(self, cluster: Cluster, where: Resource, wanted: Object, manager: str, call: Call) -> Object:
        force = (
            self._home.settings.enable_patch_force
            or objects.annotation(cast("Properties", wanted), objects.PATCH_FORCE) == "true"
        )

        def warn(text: str) -> None:
            call.log(Severity.WARNING, text)

        if "name" not in wanted["metadata"]:
            return cluster.create(where, wanted, manager=manager)
        return cluster.apply(where, wanted, manager=manager, force=force, dry_run=call.preview, log=warn)

    def _ready(
        self, cluster: Cluster, where: Resource, live: Object, manager: str, call: Call
    ) -> tuple[str, Properties]:
        """Id and outputs, when the object is ready.

        Raises:
            Incomplete: it is not.
        """
        reason = ""
        values = cast("Properties", live)
        if objects.annotation(values, objects.SKIP_AWAIT) != "true":
            live, reason = until_ready(cluster, where, live, call, seconds=self._seconds(call, values, WAIT))
        outputs = objects.outputs(live, manager)
        name = objects.identity(outputs)
        if reason:
            raise Incomplete(name, outputs, f'{self._type.kind} "{name}" is not ready: {reason}')
        return name, outputs

    def _manifest(self, where: Resource, cluster: Cluster, inputs: Properties, name: str = "") -> Object:
        namespace = cluster.namespace if where.namespaced else ""
        return objects.manifest(self._type, inputs, namespace=namespace, name=name)

    def _manager(self, call: Call, inputs: Properties, outputs: Properties | None) -> str:
        before = (outputs or {}).get(objects.MANAGER)
        own = objects.annotation(inputs, objects.PATCH_MANAGER)
        return own or (before if isinstance(before, str) else naming.manager(call.urn))

    def _seconds(self, call: Call, inputs: Properties, default: float) -> float:
        text = objects.annotation(inputs, objects.TIMEOUT)
        return call.timeout or (float(text) if text.isdecimal() else default)

    def _place(self, call: Call) -> tuple[Cluster, Resource]:
        """The cluster and where the type is found; a type may take a moment after its definition.

        Raises:
            ProviderError: there is no such type.
        """
        cluster = self._home.cluster()
        if cluster is None:
            raise ProviderError("the provider's configuration is not known")
        end = time.monotonic() + _DISCOVERY
        while (where := cluster.find(self._type, fresh=True)) is None:
            if time.monotonic() > end or call.cancelled.wait(_DISCOVERY_PAUSE):
                raise ProviderError(
                    f"the API server has no kind {self._type.kind} in {self._type.api_version}; "
                    "is its CustomResourceDefinition part of the program, and named in depends_on?"
                )
        return cluster, where


def _no_log(_text: str) -> None:
    """A dry run's warnings come again with the real one."""


def _spec_of(inputs: Properties) -> Properties:
    """The inputs without name and namespace, which a rehearsal can make up."""
    meta = {key: value for key, value in objects.metadata(inputs).items() if key not in ("name", "namespace")}
    if inputs.get("metadata") is UNKNOWN:
        return inputs
    return {**inputs, "metadata": meta}


def _with_known_place(inputs: Properties, namespace: str) -> Properties:
    meta = objects.metadata(inputs)
    made = {
        "namespace": namespace if meta.get("namespace") is UNKNOWN else meta.get("namespace"),
        "name": "groundwork-preview" if meta.get("name") is UNKNOWN else meta.get("name"),
    }
    return {**inputs, "metadata": {**meta, **made}}
