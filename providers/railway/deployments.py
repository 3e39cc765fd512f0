"""Deploying: once, until it serves, and back to what served before when it does not.

Railway starts a new deployment beside the one that serves and switches over when its health check passes, so a failed
one mostly leaves the old one serving. Not so where a volume is attached (only one may hold it), and not when it
crashes later: then we roll back.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from providers.kit.api import Ambiguous, ApiError, NotFound
from providers.kit.handler import ProviderError, Severity
from providers.railway.answers import ENDED, Deployment, Serving, present, read
from providers.railway.graphql import SETTLE, Graph, nodes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from providers.kit.handler import Call

#: Seconds that a deployment is waited for where no one says otherwise: Railway gives a health check 300 by default,
#: and an image must come first.
TIMEOUT: Final = 600

#: Seconds that going back may take, above what was waited for.
_BACK = 300.0

#: Seconds for the requests around a wait.
_AROUND = 60.0


@dataclass(frozen=True)
class Release:
    """A deployment that serves, and the one that served before it, if any did."""

    deployment: Deployment
    previous: Deployment | None


class DeployError(ProviderError):
    """A deployment does not serve.

    Attributes:
        deployment_id: the one that failed.
        serving: the one that serves in its place; None when none does.
    """

    def __init__(self, message: str, deployment_id: str, serving: Deployment | None = None) -> None:
        super().__init__(message)
        self.deployment_id = deployment_id
        self.serving = serving


class UnhealthyError(DeployError):
    """A deployment has failed, or did not serve in time.

    Attributes:
        late: it may still come.
    """

    def __init__(self, message: str, deployment_id: str, *, late: bool = False) -> None:
        super().__init__(message, deployment_id)
        self.late = late


class Deployments(Graph):
    """What has to do with deployments."""

    def serving(self, call: Call, service_id: str, environment_id: str) -> Serving:
        """What runs of a service in an environment.

        Raises:
            NotFound: the service is not in that environment.
        """
        data = self.send(call, "latestDeployment", serviceId=service_id, environmentId=environment_id)
        return read(Serving, data["serviceInstance"])

    def deployment(self, call: Call, id: str) -> Deployment:  # noqa: A002 - the API's word
        """One deployment.

        Raises:
            NotFound: there is no such.
        """
        return read(Deployment, self.send(call, "deployment", id=id)["deployment"])

    def deployments(self, call: Call, service_id: str, environment_id: str, first: int = 20) -> list[Deployment]:
        """The newest deployments of a service in an environment, the newest first."""
        where = {"serviceId": service_id, "environmentId": environment_id}
        found = present(Deployment, nodes(self.send(call, "deployments", input=where, first=first)["deployments"]))
        return sorted(found, key=lambda item: item.created_at, reverse=True)

    def release(self, call: Call, service_id: str, environment_id: str, timeout: float = TIMEOUT) -> Release:
        """Deploy, wait until it serves, and go back when it does not.

        Args:
            call: whose cancellation ends the wait; what was begun goes on at Railway then.
            service_id: the service.
            environment_id: where.
            timeout: seconds until it must serve; the call's own limit goes before it.

        Raises:
            DeployError: it does not serve; the message says what does.
            ApiError: Railway could not be asked.
        """
        timeout = min(timeout, call.timeout or timeout)
        call = _patient(call, timeout)
        before = self.serving(call, service_id, environment_id)
        deployment_id = self.deploy(call, service_id, environment_id, before)
        try:
            return Release(self.wait(call, deployment_id, timeout), before.good)
        except UnhealthyError as error:
            raise self._back(_patient(call, _BACK), error, before.good, service_id, environment_id) from None

    def deploy(self, call: Call, service_id: str, environment_id: str, before: Serving | None = None) -> str:
        """Start one deployment and give its id; never two, even when the answer is lost.

        Args:
            call: whose time limit and cancellation hold.
            service_id: the service.
            environment_id: where.
            before: what `serving` said just before; asked for where it is left out.
        """
        where = (service_id, environment_id)

        def start() -> str:
            answer = self.send(call, "serviceInstanceDeployV2", serviceId=service_id, environmentId=environment_id)
            return str(answer["serviceInstanceDeployV2"])

        return self._once(call, where, before or self.serving(call, *where), start)

    def wait(self, call: Call, deployment_id: str, timeout: float = TIMEOUT) -> Deployment:
        """Wait until a deployment serves.

        Raises:
            UnhealthyError: it failed, was removed, needs an approval, or the time is over.
            ApiError: the user cancelled, or Railway could not be asked.
        """
        call = _patient(call, timeout)
        shown = ""
        for left in self.looks(call, timeout):
            try:
                found = self.deployment(call, deployment_id)
            except NotFound:
                if timeout - left > SETTLE:
                    raise
                continue
            if found.serves:
                return found
            if found.status in ENDED or found.status == "NEEDS_APPROVAL":
                raise UnhealthyError(_ended(found), deployment_id)
            if found.status != shown:
                shown = found.status
                call.log(Severity.STATUS, f"deployment {deployment_id} is {shown}, {left:.0f} s left")
        if call.cancelled.is_set():
            raise ApiError(f"the wait for deployment {deployment_id} was ended; it goes on at Railway")
        state = shown or "not there yet"
        raise UnhealthyError(f"deployment {deployment_id} is {state} after {timeout:.0f} s", deployment_id, late=True)

    def rollback(self, call: Call, service_id: str, environment_id: str, deployment_id: str) -> Deployment:
        """Go back to a deployment, and wait until what it was made of serves again.

        Args:
            call: whose time limit and cancellation hold.
            service_id: the service.
            environment_id: where.
            deployment_id: one that `can_rollback`.

        Raises:
            DeployError: nothing that is new serves in time.
            ApiError: Railway refuses, or could not be asked.
        """
        call = _patient(call, _BACK)
        where = (service_id, environment_id)
        before = self.serving(call, *where)
        old = {item.id for item in before.active_deployments} - {deployment_id}
        latest = before.latest_deployment.id if before.latest_deployment else ""

        def start() -> str:
            self.send(call, "deploymentRollback", id=deployment_id)
            return ""

        self._once(call, where, before, start)
        for _ in self.looks(call, _BACK):
            now = self.serving(call, *where)
            if now.good is not None and now.good.id not in old:
                return now.good
            newest = now.latest_deployment
            if newest is not None and newest.id != latest and newest.status in ENDED:
                raise DeployError(f"going back to deployment {deployment_id}: {_ended(newest)}", deployment_id)
        if call.cancelled.is_set():
            raise ApiError(f"the wait for going back to deployment {deployment_id} was ended; it goes on at Railway")
        raise DeployError(f"going back to deployment {deployment_id} did not come to an end", deployment_id)

    def remove_deployments(self, call: Call, service_id: str, environment_id: str) -> None:
        """Stop what runs of a service in an environment, and what is about to."""
        now = self.serving(call, service_id, environment_id)
        active = {item.id for item in now.active_deployments}
        if (latest := now.latest_deployment) and latest.id not in active and latest.status not in ENDED:
            self.cancel(call, latest.id)
        for item in now.active_deployments:
            self.send(call, "deploymentRemove", again=True, id=item.id)

    def _once(self, call: Call, where: tuple[str, str], before: Serving, start: Callable[[], str]) -> str:
        """What `start` gives; when its answer is lost, the id of what it left, or it is sent once more.

        Raises:
            Ambiguous: nobody can know whether anything was begun.
        """
        try:
            return start()
        except Ambiguous:
            call.log(Severity.STATUS, "the answer was lost: looking for the deployment")
            if found := self._newer(call, where, before):
                return found
            if call.cancelled.is_set():
                raise
        try:
            return start()
        except Ambiguous:
            if found := self._newer(call, where, before):
                return found
            raise

    def _newer(self, call: Call, where: tuple[str, str], before: Serving) -> str:
        """Id of the deployment that has come since; empty when none shows."""
        latest = before.latest_deployment.id if before.latest_deployment else ""
        for _ in self.looks(call, SETTLE):
            found = self.serving(call, *where).latest_deployment
            if found is not None and found.id != latest:
                return found.id
        return ""

    def _back(
        self, call: Call, error: UnhealthyError, previous: Deployment | None, service_id: str, environment_id: str
    ) -> DeployError:
        """Go back from a deployment that failed; the error says what failed and what serves now."""
        try:
            if error.late:
                self.cancel(call, error.deployment_id)
            serving, told = self._serve_again(call, error.deployment_id, previous, service_id, environment_id)
        except ProviderError as second:
            serving, told = None, f"going back failed too: {second}"
        return DeployError(f"{error}; {told}", error.deployment_id, serving)

    def cancel(self, call: Call, deployment_id: str) -> None:
        """Stop a deployment that is late, so that it does not take over after all."""
        try:
            self.send(call, "deploymentCancel", again=True, id=deployment_id)
        except ApiError as error:
            call.log(Severity.WARNING, f"deployment {deployment_id} could not be cancelled: {error}")

    def _serve_again(
        self, call: Call, failed: str, previous: Deployment | None, service_id: str, environment_id: str
    ) -> tuple[Deployment | None, str]:
        """What serves in place of the deployment that failed, and how to say it."""
        now = self.serving(call, service_id, environment_id)
        if now.good is not None:  # the one that was late, it may be
            return now.good, f"deployment {now.good.id} serves {'on' if now.good.id != failed else 'after all'}"
        newest = now.latest_deployment
        if newest is not None and newest.id != failed and newest.status not in ENDED:
            return None, f"somebody's deployment {newest.id} takes its place, and is {newest.status}"
        target = self._target(call, failed, previous, service_id, environment_id)
        if target is None:
            return None, "no deployment before it can be gone back to, so nothing serves"
        serving = self.rollback(call, service_id, environment_id, target.id)
        return serving, f"went back to deployment {target.id}, which serves now as {serving.id}"

    def _target(
        self, call: Call, failed: str, previous: Deployment | None, service_id: str, environment_id: str
    ) -> Deployment | None:
        """The deployment to go back to: the one that served, else the newest that Railway can go back to."""
        able = [item for item in self.deployments(call, service_id, environment_id) if item.can_rollback]
        able = [item for item in able if item.id != failed]
        return next((item for item in able if previous and item.id == previous.id), able[0] if able else None)


def _patient(call: Call, seconds: float) -> Call:
    """The same call, with time from now for a wait of so many seconds and the requests around it."""
    return replace(call, started=time.monotonic(), timeout=seconds + _AROUND)


def _ended(deployment: Deployment) -> str:
    reasons = {
        "NEEDS_APPROVAL": "waits for an approval in Railway's dashboard",
        "REMOVED": "was removed before it served, by somebody or for another deployment",
        "REMOVING": "is being removed before it served, by somebody or for another deployment",
        "SKIPPED": "was skipped: a check of its commit failed, or nothing that its watch patterns name has changed",
    }
    return f"deployment {deployment.id} {reasons.get(deployment.status, f'has {deployment.status}')}"
