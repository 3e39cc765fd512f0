"""Objects of a cluster: some keep checks, some break them, and some hang together."""

from __future__ import annotations

from typing import Any

_LOOSE = {"name": "main", "image": "nginx:latest", "securityContext": {"privileged": True}}
_FIRM = {
    "name": "main",
    "image": "nginx@sha256:" + "0" * 64,
    "imagePullPolicy": "Always",
    "resources": {"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1", "memory": "1Gi"}},
    "securityContext": {"readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}},
}

#: Objects of a cluster, one each as a preview has them.
MANIFESTS: dict[str, dict[str, Any]] = {
    "pod": {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "loose", "namespace": "shop", "labels": {"app": "loose"}},
        "spec": {"containers": [_LOOSE], "hostNetwork": True},
    },
    "deployment": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "firm", "namespace": "shop"},
        "spec": {
            "selector": {"matchLabels": {"app": "firm"}},
            "template": {
                "metadata": {"labels": {"app": "firm"}},
                "spec": {"containers": [_FIRM], "automountServiceAccountToken": False},
            },
        },
    },
    "policy": {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "deny", "namespace": "shop"},
        "spec": {"podSelector": {"matchLabels": {"app": "firm"}}, "policyTypes": ["Ingress"]},
    },
    "role": {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "all"},
        "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
    },
    "binding": {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "all"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "all"},
        "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "shop"}],
    },
    "cron": {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {
            "name": "cron",
            "namespace": "default",
            "annotations": {"checkov.io/skip1": "CKV_K8S_21=on purpose"},
        },
        "spec": {
            "schedule": "* * * * *",
            "jobTemplate": {"spec": {"template": {"spec": {"containers": [_LOOSE], "restartPolicy": "Never"}}}},
        },
    },
    "service": {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "loose", "namespace": "shop"},
        "spec": {"type": "LoadBalancer", "selector": {"app": "loose"}, "ports": [{"port": 80}]},
    },
    "account": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "shop"}},
}
