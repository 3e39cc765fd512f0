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
from typing import TYPE_CHECKING, Any, TypeVar

import httpx2
import stamina
from lightkube import ApiError, Client
from lightkube.models.core_v1 import EnvVar
from lightkube.models.meta_v1 import ObjectMeta, OwnerReference
from lightkube.resources.batch_v1 import CronJob, Job
from lightkube.resources.core_v1 import Pod
from lightkube.types import CascadeType

from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolchain.events import Emit

T = TypeVar("T")

_POLL_SECONDS = 0.25
_LIMIT_SECONDS = 1800.0
#: How long the API server may be away: the supervisor starts it again within seconds.
_AWAY_SECONDS = 60.0
#: How long a pod may wait for what will not come by itself.
_STUCK_SECONDS = 120.0
_STUCK = frozenset({"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError"})
_CONFLICT, _TOO_MANY, _SERVER_FAULT = 409, 429, 500
_STARTED = {"groundwork.dev/started-by": "gw"}


@dataclass(frozen=True)
class Change:
    """What differs from the CronJob's own template.

    Attributes:
        environment: variables to set on the first container, taken as they are.
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

    An API server that is away for less than a minute is waited for.

    Raises:
        Problem: its pod cannot start (exit code 6), or no end within 30 minutes (exit code 9).
        httpx2.HTTPError: no such CronJob, or the API server refuses.
    """
    name = f"{cron_job[:40]}-now-{secrets.token_hex(4)}"
    _patiently(lambda: _make(client, namespace, cron_job, name, change or Change()))
    return _wait(client, namespace, name, emit)


def forget(client: Client, namespace: str) -> None:
    """Delete the Jobs made here with their pods, so that nothing holds the volumes that they used."""
    for job in client.list(Job, namespace=namespace, labels={**_STARTED}):
        if job.metadata and job.metadata.name:
            client.delete(Job, job.metadata.name, namespace=namespace, cascade=CascadeType.BACKGROUND)


def _make(client: Client, namespace: str, cron_job: str, name: str, change: Change) -> None:
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
        # Kubernetes would expand $(NAME); a doubled dollar is a dollar.
        given = {key: value.replace("$", "$$") for key, value in change.environment.items()}
        container.env = kept + [EnvVar(name=key, value=value) for key, value in given.items()]
        for volume in pod.volumes or []:
            claim = volume.persistentVolumeClaim
            if claim is not None:
                claim.claimName = change.claims.get(claim.claimName, claim.claimName)
    inherited = (template.metadata.labels if template.metadata else None) or {}
    metadata = ObjectMeta(
        name=name,
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
    try:
        client.create(Job(metadata=metadata, spec=spec))
    except ApiError as error:
        if error.status.code != _CONFLICT:  # made by the try before, whose answer was lost
            raise


def _wait(client: Client, namespace: str, name: str, emit: Emit) -> Ended:
    deadline = time.monotonic() + _LIMIT_SECONDS
    told = ""
    well = time.monotonic()
    while (now := time.monotonic()) < deadline:
        reason, pods = _patiently(lambda: _look(client, namespace, name))
        if reason:
            return _ended(client, namespace, name, pods, reason)
        state = _waiting(pods)
        if state != told:
            emit(Event("cluster.job", f"{name}: {state}", {"job": name, "state": state}))
            told = state
        if state not in _STUCK:
            well = now
        if now - well > _STUCK_SECONDS:
            raise Problem(
                f"the pod of Job {name} cannot start: {state}",
                where=f"namespace {namespace}",
                fix="gw logs node; the images are those of groundwork:images in Pulumi.local.yaml",
                exit_code=ExitCode.SANDBOX,
            )
        time.sleep(_POLL_SECONDS)
    raise Problem(
        f"Job {name} did not end within {_LIMIT_SECONDS:.0f} s (last state: {told})",
        where=f"namespace {namespace}",
        fix="gw logs node",
        exit_code=ExitCode.TIMEOUT,
    )


def _look(client: Client, namespace: str, name: str) -> tuple[str, list[Pod]]:
    """Why the Job ended, empty while it has not, and its pods."""
    job = client.get(Job, name, namespace=namespace)
    true = [row for row in (job.status.conditions if job.status else None) or [] if row.status == "True"]
    final = next((row for row in true if row.type in {"Complete", "Failed"}), None)
    pods = list(client.list(Pod, namespace=namespace, labels={"batch.kubernetes.io/job-name": name}))
    return (final.reason or final.type) if final else "", pods


def _patiently(action: Callable[[], T]) -> T:
    """Do it, again and again while the API server is away."""
    for attempt in stamina.retry_context(on=_passes, attempts=None, timeout=_AWAY_SECONDS, wait_max=2.0):
        with attempt:
            return action()
    raise AssertionError("a retry ends with a value or an error")


def _passes(error: Exception) -> bool:
    """Whether it is the API server's own trouble, and may be over in a moment."""
    if isinstance(error, httpx2.HTTPStatusError):  # an `ApiError` is one
        code = error.status.code if isinstance(error, ApiError) else error.response.status_code
        return code == _TOO_MANY or (code or 0) >= _SERVER_FAULT
    return isinstance(error, httpx2.TransportError)


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
    pod = pods[-1] if pods else Pod()
    if pod.metadata is None or pod.metadata.name is None:
        return Ended(name=name, exit_code=None, reason=reason, lines=[])
    pod_name = pod.metadata.name
    code: int | None = None
    for container in (pod.status.containerStatuses if pod.status else None) or []:
        if container.state and container.state.terminated:
            code, reason = container.state.terminated.exitCode, container.state.terminated.reason or reason
    lines: list[dict[str, Any]] = []
    if code is not None:
        printed = _patiently(lambda: list(client.log(pod_name, namespace=namespace)))
        lines = [row for row in map(_parsed, printed) if row is not None]
    return Ended(name=name, exit_code=code, reason=reason, lines=lines)


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        loaded = json.loads(line)
    except json.JSONDecodeError:
        return None
    return loaded if isinstance(loaded, dict) else None
