"""kube-controller-manager: the real controllers that turn CronJobs into Jobs and Jobs into Pods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.credentials import User
from sandbox.loopback import LOOPBACK
from sandbox.services.service import HttpProbe, Name, Service, surroundings

if TYPE_CHECKING:
    from sandbox.services.setting import Setting

#: Names as of Kubernetes v1.36 (``kube-controller-manager --help``, flag ``--controllers``).
CONTROLLERS = (
    "cronjob-controller",
    "deployment-controller",
    "endpointslice-controller",
    "garbage-collector-controller",
    "job-controller",
    "namespace-controller",
    "node-lifecycle-controller",
    "persistentvolume-binder-controller",
    "persistentvolume-protection-controller",
    "persistentvolumeclaim-protection-controller",
    "pod-garbage-collector-controller",
    "replicaset-controller",
    "resourcequota-controller",
    "root-ca-certificate-publisher-controller",
    "serviceaccount-controller",
    "statefulset-controller",
    "ttl-after-finished-controller",
)


def define(setting: Setting) -> Service:
    """Only the controllers that something here needs; each with a service account of its own, as in a cluster."""
    credentials = setting.credentials
    return Service(
        name=Name.CONTROLLERS,
        command=(
            str(setting.binaries[Name.CONTROLLERS]),
            f"--bind-address={LOOPBACK}",
            f"--secure-port={setting.ports[Name.CONTROLLERS]}",
            f"--tls-cert-file={credentials.server.certificate}",
            f"--tls-private-key-file={credentials.server.key}",
            f"--kubeconfig={credentials.kubeconfig(User.CONTROLLERS)}",
            f"--controllers={','.join(CONTROLLERS)}",
            "--use-service-account-credentials=true",
            f"--service-account-private-key-file={credentials.service_accounts.key}",
            f"--root-ca-file={credentials.authority}",
            "--leader-elect=false",
            "--kube-api-qps=200",
            "--kube-api-burst=400",
            "--profiling=false",
        ),
        folder=setting.layout.root,
        port=setting.ports[Name.CONTROLLERS],
        probe=HttpProbe(f"https://{setting.address(Name.CONTROLLERS)}/healthz", authority=credentials.authority),
        environment=surroundings() | {"GOMEMLIMIT": "192MiB", "GOGC": "50"},
        needs=(Name.API_SERVER,),
    )
