"""A CronJob's run: what is made of its template, how its end is read, what an API server in trouble does to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import stamina

from delivery import cluster_job
from delivery.cluster_job import Change
from tests.unit.delivery.cluster import ApiServer
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Iterator

_CRON_JOB: dict[str, Any] = {
    "metadata": {"name": "hourly", "namespace": "shop", "uid": "the-uid"},
    "spec": {
        "schedule": "0 * * * *",
        "jobTemplate": {
            "metadata": {"labels": {"product": "shop"}},
            "spec": {
                "backoffLimit": 3,
                "template": {
                    "spec": {
                        "containers": [
                            {"name": "job", "env": [{"name": "KEPT", "value": "1"}, {"name": "SET", "value": "old"}]}
                        ],
                        "volumes": [
                            {"name": "data", "persistentVolumeClaim": {"claimName": "theirs"}},
                            {"name": "other", "persistentVolumeClaim": {"claimName": "untouched"}},
                        ],
                    }
                },
            },
        },
    },
}


def _ends(code: int, reason: str = "Completed", waiting: str = "") -> ApiServer:
    """A server on which every Job's pod ends with the code at once, or waits for ever for the reason given."""

    def step(server: ApiServer) -> None:
        for name, job in server.of("jobs").items():
            state: dict[str, Any] = {"terminated": {"exitCode": code, "reason": reason}}
            if waiting:
                state = {"waiting": {"reason": waiting}}
            else:
                kind = "Failed" if code else "Complete"
                job["status"] = {"conditions": [{"type": kind, "status": "True", "reason": f"Job{kind}"}]}
            server.of("pods")[f"{name}-pod"] = {
                "metadata": {"name": f"{name}-pod", "labels": {"batch.kubernetes.io/job-name": name}},
                "status": {
                    "phase": "Pending" if waiting else "Succeeded",
                    "containerStatuses": [
                        {"name": "job", "image": "", "imageID": "", "ready": False, "restartCount": 0, "state": state}
                    ],
                },
            }

    return ApiServer(objects={"cronjobs": {"hourly": _CRON_JOB}}, step=step)


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    """Retries wait for nothing."""
    with stamina.set_testing(True, attempts=10):
        yield


def test_the_run_is_the_template_with_the_changes() -> None:
    """Variables and claims named are replaced, all others stay; a failed run is not tried again, and it is labelled."""
    server = _ends(0)
    change = Change(environment={"SET": "new"}, claims={"theirs": "mine"})

    cluster_job.run(server.client(), "shop", "hourly", ignore, change)

    (job,) = server.of("jobs").values()
    pod = job["spec"]["template"]["spec"]
    assert [{"name": "KEPT", "value": "1"}, {"name": "SET", "value": "new"}] == pod["containers"][0]["env"]
    assert ["mine", "untouched"] == [row["persistentVolumeClaim"]["claimName"] for row in pod["volumes"]]
    assert (0, "the-uid") == (job["spec"]["backoffLimit"], job["metadata"]["ownerReferences"][0]["uid"])
    assert {"product": "shop", "groundwork.dev/started-by": "gw"} == job["metadata"]["labels"]


def test_a_file_name_with_dollars_is_taken_as_it_is() -> None:
    """Kubernetes would expand $(NAME) and halve $$ in a variable; a path of the user's must come through."""
    server = _ends(0)

    cluster_job.run(server.client(), "shop", "hourly", ignore, Change(environment={"SET": "/data/a$(KEPT)$$.db"}))

    (job,) = server.of("jobs").values()
    variables = job["spec"]["template"]["spec"]["containers"][0]["env"]
    assert [{"name": "KEPT", "value": "1"}, {"name": "SET", "value": "/data/a$$(KEPT)$$$$.db"}] == variables


def test_what_the_container_said_is_read() -> None:
    """Lines of JSON are taken, the last one of a name counts, and anything else is passed over."""
    server = _ends(0)
    lines = [{"event": "captured", "rows": 1}, {"event": "captured", "rows": 2}, {"event": "closed"}]
    server.log = "not JSON\n3\n" + "\n".join(map(json.dumps, lines))

    ended = cluster_job.run(server.client(), "shop", "hourly", ignore)

    assert (0, "Completed", lines) == (ended.exit_code, ended.reason, ended.lines)
    assert ({"event": "captured", "rows": 2}, None) == (ended.event("captured"), ended.event("proven"))


def test_a_failed_run_tells_its_code_and_reason() -> None:
    """A container killed for its memory ends with 137 and OOMKilled."""
    ended = cluster_job.run(_ends(137, "OOMKilled").client(), "shop", "hourly", ignore)

    assert (137, "OOMKilled") == (ended.exit_code, ended.reason)


def test_a_run_whose_pod_is_gone_has_no_exit_code() -> None:
    """A Job that failed before it had a pod tells its own reason."""
    server = _ends(1)
    move = server.step

    def without_pods(served: ApiServer) -> None:
        move(served)
        served.of("pods").clear()

    server.step = without_pods

    ended = cluster_job.run(server.client(), "shop", "hourly", ignore)

    assert (None, "JobFailed", []) == (ended.exit_code, ended.reason, ended.lines)


@pytest.mark.parametrize("faults", [[503, 429, 500], [0, 0, 503], [200, 0], [200, 200, 0, 500], [200, 200, 200, 0]])
def test_an_api_server_that_is_away_for_a_moment_is_waited_for(faults: list[int]) -> None:
    """Server faults and broken connections, also one after the Job was made, give that one Job and its end."""
    server = _ends(0)
    server.faults = [*faults]

    ended = cluster_job.run(server.client(), "shop", "hourly", ignore)

    assert (0, 1, []) == (ended.exit_code, len(server.of("jobs")), server.faults)


def test_a_refusal_is_not_tried_again() -> None:
    """A CronJob that is not there is told at once."""
    server = ApiServer()

    with pytest.raises(httpx2.HTTPStatusError, match="404"):
        cluster_job.run(server.client(), "shop", "hourly", ignore)


def test_an_image_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pod that only waits for its image ends the run with exit code 6 and Kubernetes' word for it."""
    monkeypatch.setattr(cluster_job, "_STUCK_SECONDS", 0.2)
    told: list[Event] = []

    with pytest.raises(Problem, match="ImagePullBackOff") as problem:
        cluster_job.run(_ends(0, waiting="ImagePullBackOff").client(), "shop", "hourly", told.append)

    assert (ExitCode.SANDBOX, ["ImagePullBackOff"]) == (
        problem.value.exit_code,
        [event.fields["state"] for event in told if event.fields["state"] != "waiting for its pod"],
    )


def test_a_run_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pod that never ends is told with exit code 9 and its last state."""
    monkeypatch.setattr(cluster_job, "_LIMIT_SECONDS", 0.2)

    with pytest.raises(Problem, match="last state: ContainerCreating") as problem:
        cluster_job.run(_ends(0, waiting="ContainerCreating").client(), "shop", "hourly", ignore)

    assert problem.value.exit_code is ExitCode.TIMEOUT
