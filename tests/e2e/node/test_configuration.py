"""Secrets, ConfigMaps, facts of the pod and arguments reach a container as Kubernetes has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.node.cluster import Cluster

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("node")]


def test_secret_in_environment(node: Cluster, namespace: str) -> None:
    """A key of a Secret reaches the environment."""
    node.secret(namespace, "keys", {"token": "s3cret"})
    env = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "token"}}}]
    pod = node.finish(node.run("echo $TOKEN", namespace, container={"env": env}))
    assert node.log(pod) == "s3cret\n"


def test_whole_config_map(node: Cluster, namespace: str) -> None:
    """Every key of a ConfigMap reaches the environment, with the prefix."""
    node.config_map(namespace, "settings", {"A": "1", "B": "2"})
    source = [{"prefix": "X_", "configMapRef": {"name": "settings"}}]
    pod = node.finish(node.run("echo $X_A $X_B", namespace, container={"envFrom": source}))
    assert node.log(pod) == "1 2\n"


def test_missing_secret(node: Cluster, namespace: str) -> None:
    """A missing Secret holds the container up with the kubelet's message, and its coming heals it."""
    env = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "late", "key": "token"}}}]
    pod = node.run("echo $TOKEN", namespace, container={"env": env})
    held = node.reach(pod, lambda now: node.waiting(now) == "CreateContainerConfigError", "the config error")
    node.secret(namespace, "late", {"token": "here"})
    assert (node.message(held), node.log(node.finish(pod))) == ('secret "late" not found', "here\n")


def test_missing_key(node: Cluster, namespace: str) -> None:
    """A missing key of a Secret holds the container up with the kubelet's message."""
    node.secret(namespace, "keys", {"other": "x"})
    env = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "token"}}}]
    pod = node.run("true", namespace, container={"env": env})
    pod = node.reach(pod, lambda now: node.waiting(now) == "CreateContainerConfigError", "the config error")
    assert node.message(pod) == f"couldn't find key token in Secret {namespace}/keys"


def test_optional(node: Cluster) -> None:
    """An optional reference to a missing Secret leaves the variable out."""
    reference = {"name": "absent", "key": "token", "optional": True}
    env = [{"name": "TOKEN", "valueFrom": {"secretKeyRef": reference}}]
    pod = node.finish(node.run("echo ${TOKEN-unset}", container={"env": env}))
    assert node.log(pod) == "unset\n"


def test_facts(node: Cluster) -> None:
    """A pod can ask for its own name, labels and limits."""
    env = [
        {"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}},
        {"name": "MEMORY", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "1Mi"}}},
    ]
    resources = {"limits": {"memory": "64Mi"}}
    pod = node.finish(node.run("echo $NAME $NODE $MEMORY", container={"env": env, "resources": resources}))
    assert node.log(pod) == f"{pod.metadata.name if pod.metadata else ''} sandbox 64\n"


def test_expansion(node: Cluster) -> None:
    """References in arguments are replaced, escaped ones are not."""
    env = [{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)2"}]
    pod = node.finish(node.run(["/bin/echo", "$(B)", "$$(B)", "$(C)"], container={"env": env}))
    assert node.log(pod) == "12 $(B) $(C)\n"


def test_secret_volume(node: Cluster, namespace: str) -> None:
    """A Secret is mounted as files with the mode asked for, and cannot be written."""
    node.secret(namespace, "keys", {"token": "s3cret"})
    volume = {"name": "keys", "secret": {"secretName": "keys", "defaultMode": 0o400}}
    mount = [{"name": "keys", "mountPath": "/keys"}]
    command = "cat /keys/token; stat -c ' %a' /keys/token; touch /keys/x 2>/dev/null || echo refused"
    pod = node.finish(node.run(command, namespace, volumes=[volume], container={"volumeMounts": mount}))
    assert node.log(pod) == "s3cret 400\nrefused\n"


def test_secret_on_no_disk(node: Cluster, namespace: str) -> None:
    """Nothing of a Secret is left on this machine once its pod has ended."""
    node.secret(namespace, "keys", {"token": "s3cret"})
    volume = {"name": "keys", "secret": {"secretName": "keys"}}
    mount = [{"name": "keys", "mountPath": "/keys"}]
    pod = node.finish(node.run("true", namespace, volumes=[volume], container={"volumeMounts": mount}))
    uid = (pod.metadata.uid if pod.metadata else None) or ""
    node.until(lambda: not node.traces(uid), "the pod's folders to be removed")
    assert node.traces(uid) == []


def test_service_account_token(node: Cluster, namespace: str) -> None:
    """A pod that wants to speak to the API server finds a token, the authority and the address."""
    node.until(lambda: node.has_account(namespace), "the service account")
    command = "cd /var/run/secrets/kubernetes.io/serviceaccount; cat namespace; test -s token && test -s ca.crt"
    pod = node.run(f"{command} && echo :$KUBERNETES_SERVICE_HOST", namespace, automountServiceAccountToken=True)
    assert node.log(node.finish(pod)) == f"{namespace}:127.0.0.1\n"


def test_termination_message(node: Cluster) -> None:
    """What a container writes to its termination log is in its status."""
    pod = node.finish(node.run("printf 'no such table' > /dev/termination-log; exit 1"))
    assert node.ending(pod).message == "no such table"
