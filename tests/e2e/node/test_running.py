"""Pods on the real API server: they start, end, fail and are reported as Kubernetes has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def test_success(node: Cluster) -> None:
    """A pod whose command ends with 0 is Succeeded, its container Completed."""
    pod = node.finish(node.run("echo done"))
    assert (node.phase(pod), node.ending(pod).exitCode, node.ending(pod).reason) == ("Succeeded", 0, "Completed")


def test_failure(node: Cluster) -> None:
    """A pod whose command ends with 3 is Failed, its container's exit code 3."""
    pod = node.finish(node.run("exit 3"))
    assert (node.phase(pod), node.ending(pod).exitCode, node.ending(pod).reason) == ("Failed", 3, "Error")


def test_logs(node: Cluster) -> None:
    """The API server serves what the container wrote to both streams, in order."""
    pod = node.finish(node.run("echo one; echo two >&2; printf three"))
    assert node.log(pod) == "one\ntwo\nthree\n"


def test_log_tail(node: Cluster) -> None:
    """The last lines of a log can be asked for."""
    pod = node.finish(node.run("for i in 1 2 3 4; do echo $i; done"))
    assert node.log(pod, tail_lines=2) == "3\n4\n"


def test_log_follow(node: Cluster) -> None:
    """A followed log goes on until the container ends."""
    pod = node.run("echo early; sleep 1; echo late")
    node.reach(pod, lambda now: node.phase(now) != "Pending", "the pod to run")
    assert node.log(pod, follow=True) == "early\nlate\n"


def test_image(node: Cluster) -> None:
    """Without a command the image's entrypoint, command, environment, user and folder hold."""
    pod = node.create({"containers": [{"name": "main", "image": "sandbox/trial:dev"}], "restartPolicy": "Never"})
    assert node.log(node.finish(pod)) == "hello from the image as 65532:65532 in /work\n"


def test_image_id(node: Cluster) -> None:
    """The status names the image by its content's digest."""
    pod = node.finish(node.run("true"))
    assert node.container(pod).imageID.startswith("sha256:")


def test_events(node: Cluster) -> None:
    """A pod's life can be read from its events."""
    pod = node.finish(node.run("true"))
    node.heard(pod, "Started")
    assert {"Scheduled", "Pulling", "Pulled", "Created", "Started"} <= node.events(pod).keys()


def test_restart_on_failure(node: Cluster) -> None:
    """With OnFailure a failed container is started again, and the pod succeeds when it does."""
    command = "test -e /keep/seen && exit 0; touch /keep/seen; exit 1"
    mount = {"volumeMounts": [{"name": "keep", "mountPath": "/keep"}]}
    pod = node.run(command, restartPolicy="OnFailure", volumes=[{"name": "keep", "emptyDir": {}}], container=mount)
    pod = node.finish(pod)
    assert (node.phase(pod), node.container(pod).restartCount) == ("Succeeded", 1)


def test_crash_loop(node: Cluster) -> None:
    """A container that fails again and again waits longer and longer, and the pod says so."""
    pod = node.run("exit 1", restartPolicy="Always")
    pod = node.reach(pod, lambda now: node.waiting(now) == "CrashLoopBackOff", "CrashLoopBackOff")
    state = node.container(pod).state
    assert state is not None
    assert state.waiting is not None
    assert (state.waiting.message or "").startswith("back-off 10s restarting failed container=main pod=")


def test_previous_log(node: Cluster) -> None:
    """The log of a container's earlier run is still there."""
    pod = node.run("echo run; exit 1", restartPolicy="Always")
    node.reach(pod, lambda now: node.restarts(now) == 1, "a restart")
    assert node.previous_log(pod) == "run\n"


def test_deadline(node: Cluster) -> None:
    """A pod that outlives its deadline is ended and Failed with DeadlineExceeded."""
    pod = node.finish(node.run("exec sleep 31557606.5", activeDeadlineSeconds=1))
    assert pod.status is not None
    assert (pod.status.reason, node.phase(pod), node.runs_anywhere("31557606.5")) == (
        "DeadlineExceeded",
        "Failed",
        False,
    )


def test_out_of_memory(node: Cluster) -> None:
    """A container that takes more memory than its limit is killed: OOMKilled, 137."""
    limits = {"resources": {"limits": {"memory": "64Mi"}}}
    pod = node.finish(node.run(["trial", "eat", "200"], container=limits))
    assert (node.ending(pod).reason, node.ending(pod).exitCode) == ("OOMKilled", 137)


def test_within_memory(node: Cluster) -> None:
    """A container that keeps within its limit is left alone."""
    limits = {"resources": {"limits": {"memory": "64Mi"}}}
    pod = node.finish(node.run("head -c 20000000 /dev/zero | tail -c 1 >/dev/null", container=limits))
    assert node.phase(pod) == "Succeeded"


def test_init_containers(node: Cluster) -> None:
    """Init containers run one after the other before the others."""
    mounts = [{"name": "shared", "mountPath": "/shared"}]

    def step(name: str, command: str) -> dict[str, object]:
        words = ["/bin/sh", "-c", command]
        return {"name": name, "image": "sandbox/trial:dev", "command": words, "volumeMounts": mounts}

    pod = node.create(
        {
            "restartPolicy": "Never",
            "volumes": [{"name": "shared", "emptyDir": {"medium": "Memory"}}],
            "initContainers": [step("a", "echo a > /shared/x"), step("b", "echo b >> /shared/x")],
            "containers": [step("main", "cat /shared/x")],
        }
    )
    assert node.log(node.finish(pod), container="main") == "a\nb\n"


def test_failed_init(node: Cluster) -> None:
    """A failed init container fails the pod, and the others never start."""
    step = {"image": "sandbox/trial:dev", "command": ["/bin/false"]}
    pod = node.create(
        {"restartPolicy": "Never", "initContainers": [{"name": "i"} | step], "containers": [{"name": "main"} | step]}
    )
    pod = node.finish(pod)
    assert (node.phase(pod), node.waiting(pod)) == ("Failed", "PodInitializing")


def test_missing_program(node: Cluster) -> None:
    """A program that is not there is a start error with code 128, as from a real runtime."""
    pod = node.finish(node.run(["no-such-program"]))
    assert (node.ending(pod).exitCode, node.ending(pod).reason) == (128, "StartError")


def test_delete(node: Cluster) -> None:
    """A deleted pod's process is asked to end, and both are gone."""
    mark = "31557600.5"
    pod = node.run(f"trap 'exit 0' TERM; sleep {mark} & wait")
    node.reach(pod, lambda now: node.phase(now) == "Running", "the pod to run")
    node.until(lambda: mark in node.processes(), "the process")
    node.delete(pod)
    assert mark not in node.processes()


def test_stubborn(node: Cluster) -> None:
    """A process that ignores SIGTERM is killed after the grace period."""
    pod = node.run("trap '' TERM; echo up; while :; do sleep 0.1; done", terminationGracePeriodSeconds=1)
    node.until(lambda: node.phase(node.get(pod)) == "Running" and node.log(pod) == "up\n", "the trap")
    node.delete(pod)
    assert node.heard(pod, "Killing") == "Stopping container main"


def test_cron_job(node: Cluster, namespace: str) -> None:
    """A Job made from a CronJob's template, as `kubectl create job --from` makes it, completes."""
    job = node.job(namespace, "echo from a job")
    node.until(lambda: node.succeeded(namespace, job), "the Job's success")
    (pod,) = node.pods(namespace)
    assert node.log(pod) == "from a job\n"


def test_job_fails(node: Cluster, namespace: str) -> None:
    """A Job whose pod fails has failed when no more retries are allowed."""
    job = node.job(namespace, "exit 1", backoffLimit=0)
    node.until(lambda: node.failed(namespace, job), "the Job's failure")
    assert [node.phase(pod) for pod in node.pods(namespace)] == ["Failed"]
