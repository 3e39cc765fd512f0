"""A CronJob's next run, now: a Job made from its template, followed to its end.

The same as `kubectl create job --from=cronjob/NAME`, with the container's environment and the claim changed where the
caller says so (that is how the user's own database is backed up by the very CronJob that Pulumi declared).
"""

from __future__ import annotations

import copy
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2
from lightkube import ApiError, Client
from lightkube.models.core_v1 import EnvVar
from lightkube.models.meta_v1 import ObjectMeta, OwnerReference
from lightkube.resources.batch_v1 import CronJob, Job
from lightkube.resources.core_v1 import Pod
from lightkube.types import CascadeType

from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolchain.events import Emit

_POLL_SECONDS = 0.25
_LIMIT_SECONDS = 1800.0
_STARTED = {"groundwork.dev/started-by": "gw"}


@dataclass(frozen=True)
class Change:
    """What differs from the CronJob's own template.

    Attributes:
        environment: variables to set on the first container.
        claims: claim name in the template -> claim name to use instead.
    """

    environment: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ended:
    """How a Job's pod ended.

    Attributes:
        name: the Job's name.
        exit_code: its container's; None when it never ran.
        reason: Kubernetes' word for the end, as in ``Completed``, ``OOMKilled`` or ``DeadlineExceeded``.
        lines: what the container printed, parsed; a line that is no JSON object is left out.
    """

    name: str
    exit_code: int | None
    reason: str
    lines: list[dict[str, Any]]

    def event(self, name: str) -> dict[str, Any] | None:
        """The last line whose ``event`` is ``name``."""
        return next((line for line in reversed(self.lines) if line.get("event") == name), None)


def run(client: Client, namespace: str, cron_job: str, emit: Emit, change: Change | None = None) -> Ended:
    """Make a Job from the CronJob, wait for its end, and return what its container said.

    Raises:
        Problem: no such CronJob, the API server refuses, or no end within 30 minutes (exit codes 6 and 9).
    """
    try:
        job = _make(client, namespace, cron_job, change or Change())
        name = (job.metadata.name if job.metadata else None) or cron_job
        return _wait(client, namespace, name, emit)
    except (ApiError, httpx2.HTTPError) as error:
        raise Problem(
            f"the API server did not run {cron_job}: {error}",
            where=f"namespace {namespace}",
            fix="gw status; gw logs kube-apiserver; then make up",
            exit_code=ExitCode.SANDBOX,
        ) from error


def forget(client: Client, namespace: str) -> None:
    """Delete the Jobs made here with their pods, so that nothing holds the volumes that they used."""
    for job in client.list(Job, namespace=namespace, labels={**_STARTED}):
        if job.metadata and job.metadata.name:
            client.delete(Job, job.metadata.name, namespace=namespace, cascade=CascadeType.BACKGROUND)


def _make(client: Client, namespace: str, cron_job: str, change: Change) -> Job:
    source = client.get(CronJob, cron_job, namespace=namespace)
    if source.spec is None or source.spec.jobTemplate.spec is None:
        raise Problem(f"CronJob {cron_job} has no template", where=f"namespace {namespace}", exit_code=ExitCode.SANDBOX)
    template = source.spec.jobTemplate
    spec = copy.deepcopy(source.spec.jobTemplate.spec)
    spec.backoffLimit = 0  # someone waits for this run: they hear of a failure at once, and may run it again
    pod = spec.template.spec
    if pod is not None:
        container = pod.containers[0]
        kept = [variable for variable in container.env or [] if variable.name not in change.environment]
        container.env = kept + [EnvVar(name=key, value=value) for key, value in change.environment.items()]
        for volume in pod.volumes or []:
            claim = volume.persistentVolumeClaim
            if claim is not None:
                claim.claimName = change.claims.get(claim.claimName, claim.claimName)
    inherited = (template.metadata.labels if template.metadata else None) or {}
    metadata = ObjectMeta(
        name=f"{cron_job[:40]}-now-{secrets.token_hex(4)}",
        namespace=namespace,
        labels={**inherited, **_STARTED},
        annotations={"cronjob.kubernetes.io/instantiate": "manual"},
        # With the CronJob go its runs, and with them their hold on its volumes.
        ownerReferences=[
            OwnerReference(
                apiVersion="batch/v1",
                kind="CronJob",
                name=cron_job,
                uid=(source.metadata.uid if source.metadata else None) or "",
            )
        ],
    )
    return client.create(Job(metadata=metadata, spec=spec))


def _wait(client: Client, namespace: str, name: str, emit: Emit) -> Ended:
    deadline = time.monotonic() + _LIMIT_SECONDS
    told = ""
    while time.monotonic() < deadline:
        job = client.get(Job, name, namespace=namespace)
        ended = [row for row in (job.status.conditions if job.status else None) or [] if row.status == "True"]
        final = next((row for row in ended if row.type in {"Complete", "Failed"}), None)
        pods = list(client.list(Pod, namespace=namespace, labels={"batch.kubernetes.io/job-name": name}))
        if final is not None:
            return _ended(client, namespace, name, pods, final.reason or final.type)
        state = _waiting(pods)
        if state != told:
            emit(Event("cluster.job", f"{name}: {state}", {"job": name, "state": state}))
            told = state
        time.sleep(_POLL_SECONDS)
    raise Problem(
        f"Job {name} did not end within {_LIMIT_SECONDS:.0f} s (last state: {told})",
        where=f"namespace {namespace}",
        fix="gw logs node",
        exit_code=ExitCode.TIMEOUT,
    )


def _waiting(pods: list[Pod]) -> str:
    """One word for how far the newest pod is, with the reason where it waits for something."""
    if not pods or pods[-1].status is None:
        return "waiting for its pod"
    status = pods[-1].status
    for container in status.containerStatuses or []:
        if container.state and container.state.waiting and container.state.waiting.reason:
            return container.state.waiting.reason
    return (status.phase or "Pending").lower()


def _ended(client: Client, namespace: str, name: str, pods: list[Pod], reason: str) -> Ended:
    if not pods or pods[-1].metadata is None or pods[-1].metadata.name is None:
        return Ended(name=name, exit_code=None, reason=reason, lines=[])
    pod = pods[-1]
    code: int | None = None
    for container in (pod.status.containerStatuses if pod.status else None) or []:
        if container.state and container.state.terminated:
            code, reason = container.state.terminated.exitCode, container.state.terminated.reason or reason
    lines: list[dict[str, Any]] = []
    if pod.metadata and pod.metadata.name and code is not None:
        lines = [row for row in map(_parsed, client.log(pod.metadata.name, namespace=namespace)) if row is not None]
    return Ended(name=name, exit_code=code, reason=reason, lines=lines)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        loaded = json.loads(line)
    except json.JSONDecodeError:
        return None
    return loaded if isinstance(loaded, dict) else None
