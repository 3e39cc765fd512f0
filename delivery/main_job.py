"""The main job of `gw up`: the declared CronJobs, run now, on a live database, to a proven backup."""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import lightkube
from lightkube import Client
from lightkube.models.core_v1 import (
    HostPathVolumeSource,
    ObjectReference,
    PersistentVolumeClaimSpec,
    PersistentVolumeSpec,
    VolumeResourceRequirements,
)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import PersistentVolume, PersistentVolumeClaim

from delivery import cluster_job
from delivery.summary import Proof
from sandbox import sample
from sandbox.layout import Layout
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sandbox.connections import Connections
    from toolchain.events import Emit

_GRANTED = {"app.kubernetes.io/managed-by": "gw-up"}
_WRITER_SECONDS = 3600
_STOP_SECONDS = 10.0
#: Exit codes of the backup job that speak of the database itself, not of the sandbox (jobs/backup/README.md).
_DATABASE_CODES = frozenset({18, 20, 21, 22, 23, 24})


@dataclass(frozen=True)
class Backup:
    """One product's backup, as the program exports it (`infra`, output ``backups``)."""

    product: str
    namespace: str
    claim: str
    database: str
    hourly: str
    proof: str
    bucket: str

    @classmethod
    def of(cls, exported: Mapping[str, Any], bucket: str) -> Self:
        """Take what is needed from one entry of the output ``backups``."""
        names = ("product", "namespace", "claim", "database", "hourly", "proof")
        return cls(bucket=bucket, **{name: str(exported[name]) for name in names})


def run(backup: Backup, connections: Connections, database: Path | None, emit: Emit) -> Proof:
    """Back the database up with the declared CronJobs and prove the restore.

    Args:
        backup: whose CronJobs.
        connections: the running sandbox.
        database: the user's own file; None for the sample, which is written to meanwhile.
        emit: told how far it is.

    Raises:
        Problem: the capture or the proof failed (exit code 11), or the database is at fault (exit code 10).
    """
    client = lightkube_client(connections)
    if database is None:
        name = backup.database.rpartition("/")[2]
        live = Layout(connections.root).volumes / backup.namespace / backup.claim / name
        sample.make(live)
        with _written_to(live, emit):
            return _prove(client, backup, cluster_job.Change(), emit)
    inside = f"{backup.database.rpartition('/')[0]}/{database.name}"
    variables = {"BACKUP_DATABASE": inside, "BACKUP_SERIES": f"{backup.product}-own"}
    with _granted(client, backup.namespace, database.parent) as claim:
        change = cluster_job.Change(environment=variables, claims={backup.claim: claim})
        return _prove(client, backup, change, emit)


def lightkube_client(connections: Connections) -> Client:
    """A client of the sandbox's API server, as its administrator."""
    return Client(config=lightkube.KubeConfig.from_file(connections.kubeconfig))


def _prove(client: Client, backup: Backup, change: cluster_job.Change, emit: Emit) -> Proof:
    emit(Event("backup.capturing", f"running the CronJob {backup.hourly} now"))
    captured = _finished(cluster_job.run(client, backup.namespace, backup.hourly, emit, change), "captured")
    emit(Event("backup.capture.finished", f"captured {captured['rows']} rows as {captured['point']}"))
    proven = _finished(cluster_job.run(client, backup.namespace, backup.proof, emit, change), "proven")
    same = all(captured[key] == proven[key] for key in ("point", "rows", "tables", "sha256"))
    if not same:
        raise Problem(
            "what was restored is not what was captured",
            where=f"captured {captured['point']}, proven {proven['point']}",
            fix="gw logs node; then make up",
            exit_code=ExitCode.BACKUP,
        )
    emit(Event("backup.proof.finished", f"restored and proved {proven['rows']} rows"))
    return Proof(
        product=backup.product,
        database=change.environment.get("BACKUP_DATABASE", backup.database),
        point=proven["point"],
        bucket=backup.bucket,
        rows=proven["rows"],
        tables=proven["tables"],
        size=proven["bytes"],
        stored=captured["stored_bytes"],
        sha256=proven["sha256"],
        capture_seconds=captured["seconds"],
        proof_seconds=proven["seconds"],
    )


def _finished(ended: cluster_job.Ended, name: str) -> dict[str, Any]:
    """The job's closing line, or a problem that repeats what the container said."""
    event = ended.event(name)
    if ended.exit_code == 0 and event is not None:
        return event
    last = ended.lines[-1] if ended.lines else {}
    said = str(last.get("message") or last.get("error") or ended.reason)
    at_fault = ended.exit_code in _DATABASE_CODES
    raise Problem(
        f"{'the database cannot be backed up' if at_fault else 'the backup job failed'}: {said}",
        where=f"Job {ended.name}, exit code {ended.exit_code}, {ended.reason}",
        allowed=str(last.get("allowed", "")),
        fix=str(last.get("fix") or "gw logs node; the job's exit codes are in jobs/backup/README.md"),
        exit_code=ExitCode.DATABASE if at_fault else ExitCode.BACKUP,
    )


@contextlib.contextmanager
def _written_to(database: Path, emit: Emit) -> Iterator[None]:
    """Keep writing to the sample while the block runs, so that the capture meets a live database."""
    emit(Event("sample.writing", f"writing to {database.name} meanwhile"))
    argv = [sys.executable, "-m", "sandbox.sample", "write", "--database", str(database)]
    writer = subprocess.Popen(  # noqa: S603 - our own module
        [*argv, "--seconds", str(_WRITER_SECONDS)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        writer.terminate()
        try:
            writer.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            writer.kill()
            writer.wait()


@contextlib.contextmanager
def _granted(client: Client, namespace: str, folder: Path) -> Iterator[str]:
    """Offer the folder of the user's database as a claim while the block runs, and take it back.

    The folder, because SQLite keeps its side files beside the database. What a killed run left is taken back first.
    """
    _take_back(client, namespace)
    name, size = f"gw-own-database-{secrets.token_hex(4)}", {"storage": "1Gi"}
    volume = PersistentVolume(
        metadata=ObjectMeta(name=name, labels=_GRANTED),
        spec=PersistentVolumeSpec(
            capacity=size,
            accessModes=["ReadWriteOnce"],
            persistentVolumeReclaimPolicy="Retain",
            storageClassName="",
            hostPath=HostPathVolumeSource(path=str(folder), type="Directory"),
            claimRef=ObjectReference(namespace=namespace, name=name),
        ),
    )
    claim = PersistentVolumeClaim(
        metadata=ObjectMeta(name=name, namespace=namespace, labels=_GRANTED),
        spec=PersistentVolumeClaimSpec(
            accessModes=["ReadWriteOnce"],
            storageClassName="",
            volumeName=name,
            resources=VolumeResourceRequirements(requests=size),
        ),
    )
    client.create(volume)
    client.create(claim)
    try:
        yield name
    finally:
        _take_back(client, namespace)


def _take_back(client: Client, namespace: str) -> None:
    cluster_job.forget(client, namespace)
    for claim in client.list(PersistentVolumeClaim, namespace=namespace, labels={**_GRANTED}):
        if claim.metadata and claim.metadata.name:
            client.delete(PersistentVolumeClaim, claim.metadata.name, namespace=namespace)
    for volume in client.list(PersistentVolume, labels={**_GRANTED}):
        if volume.metadata and volume.metadata.name:
            client.delete(PersistentVolume, volume.metadata.name)
