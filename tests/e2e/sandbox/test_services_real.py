"""The whole sandbox: real services, reached as `Connections` says, closed to everyone else."""

from __future__ import annotations

import socket
import ssl
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import psutil
import pytest
import yaml
from botocore.exceptions import ClientError

from sandbox.credentials import Credentials, User
from sandbox.loopback import LOOPBACK
from sandbox.services.service import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from types_boto3_s3 import S3Client

    from tests.e2e.sandbox.conftest import Running

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("cloud")]

_LIMIT_SECONDS = 60.0


@pytest.fixture(scope="module")
def kube(cloud: Running) -> Iterator[httpx.Client]:
    """The administrator's client of the API server."""
    with _client(cloud, User.ADMIN) as client:
        yield client


def _client(cloud: Running, user: User) -> httpx.Client:
    credentials = Credentials(cloud.sandbox.layout.credentials)
    document = yaml.safe_load(credentials.kubeconfig(user).read_text())
    return httpx.Client(
        base_url=document["clusters"][0]["cluster"]["server"],
        headers={"Authorization": f"Bearer {document['users'][0]['user']['token']}"},
        verify=ssl.create_default_context(cafile=document["clusters"][0]["cluster"]["certificate-authority"]),
        trust_env=False,
    )


def _session(cloud: Running, **keys: str) -> boto3.session.Session:
    own = cloud.connections.keys()
    return boto3.session.Session(
        aws_access_key_id=keys.get("key_id", own.access_key_id),
        aws_secret_access_key=keys.get("secret", own.secret_access_key),
        region_name="us-east-1",
    )


def _store(cloud: Running, **keys: str) -> S3Client:
    return _session(cloud, **keys).client("s3", endpoint_url=cloud.connections.object_store)


def _until(look: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is looked for
    deadline = time.monotonic() + _LIMIT_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    return look()


def test_every_service_is_ready(cloud: Running) -> None:
    """Starting ends when all are, each in a process of its own."""
    status = cloud.sandbox.status()

    expected = {name for name in Name if name is not Name.NODE}
    pids = {service.pid for service in status}
    assert (expected, {"ready"}, len(expected)) == (
        {service.name for service in status},
        {service.state for service in status},
        len(pids - {None}),
    )


def test_starting_again_changes_nothing(cloud: Running) -> None:
    """The same addresses from the same processes."""
    before = [service.pid for service in cloud.sandbox.status()]

    again = cloud.sandbox.start()

    assert (cloud.connections, before) == (again, [service.pid for service in cloud.sandbox.status()])


def test_all_services_together_stay_within_their_memory(cloud: Running) -> None:
    """1.5 GiB resident at most, the node's share of 200 MiB left out."""
    assert sum(service.rss for service in cloud.sandbox.status()) < 1300 * 1024**2


def test_every_port_is_on_loopback(cloud: Running) -> None:
    """No service, and no child of one, can be reached from another machine."""
    pids = [service.pid for service in cloud.sandbox.status() if service.pid]
    family = [process for pid in pids for process in (psutil.Process(pid), *psutil.Process(pid).children())]
    listening = [
        connection.laddr.ip
        for process in family
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]

    assert [LOOPBACK] * len(pids) == listening


def test_no_secret_is_in_any_command_line(cloud: Running) -> None:
    """Any user of the machine may read `/proc/*/cmdline`."""
    credentials = Credentials(cloud.sandbox.layout.credentials)
    keys = credentials.keys()
    secrets = [credentials.token(user) for user in User] + [keys.access_key_id, keys.secret_access_key]
    secrets.append(credentials.edge_token.read_text())
    lines = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(place.read_bytes().decode(errors="replace"))
        except OSError:
            continue  # it ended meanwhile

    assert (True, []) == (len(lines) > 5, [line for line in lines if any(secret in line for secret in secrets)])


def test_no_secret_is_in_any_log(cloud: Running) -> None:
    """Logs are what one sends to others."""
    credentials = Credentials(cloud.sandbox.layout.credentials)
    secrets = [credentials.token(user) for user in User] + [credentials.keys().secret_access_key]
    secrets.append(credentials.edge_token.read_text())
    logs = {path.name: path.read_text(errors="replace") for path in cloud.sandbox.layout.logs.iterdir()}

    assert [] == [name for name, text in logs.items() if any(secret in text for secret in secrets)]


def test_nobody_else_can_look_into_the_folder(cloud: Running) -> None:
    """The folder and its parts are the user's alone, and so is each file with a secret."""
    layout = cloud.sandbox.layout
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (layout.root, layout.credentials, layout.edge)}
    files = {stat.S_IMODE(path.stat().st_mode) for path in layout.credentials.iterdir()}

    assert ({0o700}, {0o600}) == (folders, files)


def test_without_a_token_nobody_gets_in(kube: httpx.Client) -> None:
    """Not even to the version."""
    answer = httpx.get(
        f"{kube.base_url}/version",
        verify=False,  # noqa: S501 - what a stranger would do
        trust_env=False,
    )

    assert (401, 200) == (answer.status_code, kube.get("/version").status_code)


@pytest.mark.parametrize(
    ("user", "path", "status"),
    [
        (User.PROVISIONER, "/api/v1/persistentvolumes", 200),
        (User.PROVISIONER, "/api/v1/persistentvolumeclaims", 200),
        (User.PROVISIONER, "/api/v1/secrets", 403),
        (User.BINDER, "/api/v1/pods", 200),
        (User.BINDER, "/api/v1/secrets", 403),
        (User.NODE, "/api/v1/nodes/sandbox", 404),
        (User.NODE, "/api/v1/nodes/other", 403),
        (User.NODE, "/api/v1/secrets", 403),
    ],
)
def test_each_user_may_do_its_own_work_only(cloud: Running, user: User, path: str, status: int) -> None:
    """The node's three parts have the rights of a cluster's node, scheduler and provisioner."""
    with _client(cloud, user) as client:
        assert status == client.get(path).status_code


def test_claims_have_a_default_class(kube: httpx.Client) -> None:
    """A claim that names no class is the sandbox's to provide for."""
    found = kube.get("/apis/storage.k8s.io/v1/storageclasses/sandbox").json()

    annotation = found["metadata"]["annotations"]["storageclass.kubernetes.io/is-default-class"]
    assert ("true", "groundwork.dev/sandbox") == (annotation, found["provisioner"])


def test_a_cron_job_becomes_a_job_and_a_pod(kube: httpx.Client) -> None:
    """The real controllers do it; without a node the pod stays pending."""
    kube.post("/api/v1/namespaces", json={"metadata": {"name": "cron"}}).raise_for_status()
    _until(lambda: kube.get("/api/v1/namespaces/cron/serviceaccounts/default").is_success)
    container = {"name": "main", "image": "sandbox/none:dev"}
    job = {"template": {"spec": {"restartPolicy": "Never", "containers": [container]}}}
    spec = {"schedule": "@every 1s", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": job}}
    made = kube.post("/apis/batch/v1/namespaces/cron/cronjobs", json={"metadata": {"name": "tick"}, "spec": spec})
    made.raise_for_status()

    pods = _until(lambda: kube.get("/api/v1/namespaces/cron/pods").json()["items"])

    phases = [(pod["status"]["phase"], pod["metadata"]["ownerReferences"][0]["kind"]) for pod in pods]
    assert [("Pending", "Job")] == phases


def test_a_deleted_namespace_goes_with_all_that_is_in_it(kube: httpx.Client) -> None:
    """The namespace controller and the garbage collector are at work."""
    kube.post("/api/v1/namespaces", json={"metadata": {"name": "gone"}}).raise_for_status()
    kube.post("/api/v1/namespaces/gone/configmaps", json={"metadata": {"name": "a"}}).raise_for_status()

    kube.delete("/api/v1/namespaces/gone").raise_for_status()

    assert _until(lambda: kube.get("/api/v1/namespaces/gone").status_code == 404)


def test_etcd_asks_for_the_sandboxs_certificate(cloud: Running) -> None:
    """Whoever reads etcd reads every secret: a client without the certificate is refused in the handshake."""
    port = next(service.port for service in cloud.sandbox.status() if service.name == Name.ETCD)

    with pytest.raises(httpx.TransportError):
        httpx.get(f"https://{LOOPBACK}:{port}/readyz", verify=False, trust_env=False)  # noqa: S501 - as a stranger would


def test_objects_are_stored_and_read_back(cloud: Running) -> None:
    """The S3 server takes the sandbox's keys."""
    store = _store(cloud)
    store.create_bucket(Bucket="round-trip")
    store.put_object(Bucket="round-trip", Key="hourly/a", Body=b"rows")

    assert store.get_object(Bucket="round-trip", Key="hourly/a")["Body"].read() == b"rows"


def test_a_versioned_bucket_keeps_what_was_overwritten(cloud: Running) -> None:
    """The second copy's bucket is versioned."""
    store = _store(cloud)
    store.create_bucket(Bucket="versioned")
    store.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
    first = store.put_object(Bucket="versioned", Key="a", Body=b"one")["VersionId"]
    store.put_object(Bucket="versioned", Key="a", Body=b"two")

    assert store.get_object(Bucket="versioned", Key="a", VersionId=first)["Body"].read() == b"one"


@pytest.mark.parametrize(
    ("keys", "code"),
    [({"key_id": "stranger"}, "XAdminUserNotFound"), ({"secret": "wrong"}, "SignatureDoesNotMatch")],
)
def test_objects_are_closed_to_strangers(cloud: Running, keys: dict[str, str], code: str) -> None:
    """Another key, or another secret, is refused."""
    store = _store(cloud, **keys)

    with pytest.raises(ClientError) as error:
        store.list_buckets()

    assert code == error.value.response["Error"]["Code"]


def test_a_killed_etcd_comes_back_with_all_it_held(cloud: Running, kube: httpx.Client) -> None:
    """The supervisor starts it again; the API server finds its objects."""
    kube.post("/api/v1/namespaces/default/configmaps", json={"metadata": {"name": "kept"}}).raise_for_status()
    before = cloud.pid(Name.ETCD)
    assert before is not None

    psutil.Process(before).kill()

    def answered() -> bool:
        if cloud.pid(Name.ETCD) in {None, before}:
            return False
        try:
            return kube.get("/api/v1/namespaces/default/configmaps/kept").is_success
        except httpx.TransportError:
            return False

    assert _until(answered)


def test_a_killed_moto_remembers(cloud: Running) -> None:
    """Its state is on disk before the caller hears of it."""
    client = _session(cloud).client("secretsmanager", endpoint_url=cloud.connections.aws)
    arn = client.create_secret(Name="llm-keys", SecretString="v")["ARN"]
    before = cloud.pid(Name.AWS)
    assert before is not None

    psutil.Process(before).kill()
    _until(lambda: cloud.pid(Name.AWS) not in {None, before} and _listens(cloud.connections.aws))

    found = client.get_secret_value(SecretId="llm-keys")
    assert (arn, "v") == (found["ARN"], found["SecretString"])


def _listens(url: str) -> bool:
    try:
        socket.create_connection((LOOPBACK, int(url.rpartition(":")[2])), 1).close()
    except OSError:
        return False
    return True
