"""The main job of `gw up`: the declared CronJobs, run now, on a live database, to a proven backup."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import httpx2
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
from sandbox import processes, sample
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
_DATABASE_CODES = frozenset({18, 20, 21, 22, 23, 24, 25})
_DISK_CODE = 16
_DATABASE_FIX = "see that it is sound and that no program holds it locked, then run the same command again"
_JOB_FIX = "gw logs node; the job's exit codes are in jobs/backup/README.md"


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
        Problem: the capture or the proof failed (exit code 11), the database is at fault (10), the disk is full (7), or
            the API server refuses (6).
    """
    # Not through the user's proxy: it is on this machine.
    client = Client(config=lightkube.KubeConfig.from_file(connections.kubeconfig), trust_env=False)
    try:
        _take_back(client, backup.namespace)
        if database is None:
            return _on_sample(client, backup, connections.root, emit)
        return _on_own(client, backup, database, emit)
    except httpx2.HTTPError as error:
        raise Problem(
            f"the API server did not let the backup run: {error}",
            where=f"namespace {backup.namespace}",
            fix="gw status; gw logs kube-apiserver; then make up",
            exit_code=ExitCode.SANDBOX,
        ) from error


def _on_sample(client: Client, backup: Backup, root: Path, emit: Emit) -> Proof:
    """Back up the sample, which is written to meanwhile."""
    live = Layout(root).volumes / backup.namespace / backup.claim / backup.database.rpartition("/")[2]
    try:
        sample.make(live)
    except sqlite3.Error as error:
        raise Problem(
            f"the sample database cannot be made: {error}",
            where=str(live),
            fix="free some space, then run `make up` again",
            exit_code=ExitCode.NO_SPACE,
        ) from error
    with _written_to(live, root, emit):
        return _prove(client, backup, cluster_job.Change(), emit)


def _on_own(client: Client, backup: Backup, database: Path, emit: Emit) -> Proof:
    """Back up the user's own database, by the same CronJobs, under a name of its own."""
    inside = f"{backup.database.rpartition('/')[0]}/{database.name}"
    variables = {"BACKUP_DATABASE": inside, "BACKUP_SERIES": f"{backup.product}-own"}
    with _granted(client, backup.namespace, database.parent) as claim:
        change = cluster_job.Change(environment=variables, claims={backup.claim: claim})
        return _prove(client, backup, change, emit)


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
    code = ExitCode.NO_SPACE if ended.exit_code == _DISK_CODE else ExitCode.BACKUP
    raise Problem(
        f"{'the database cannot be backed up' if at_fault else 'the backup job failed'}: {said}",
        where=f"Job {ended.name}, exit code {ended.exit_code}, {ended.reason}",
        allowed=str(last.get("allowed", "")),
        fix=str(last.get("fix") or (_DATABASE_FIX if at_fault else _JOB_FIX)),
        exit_code=ExitCode.DATABASE if at_fault else code,
    )


@contextlib.contextmanager
def _written_to(database: Path, root: Path, emit: Emit) -> Iterator[None]:
    """Keep writing to the sample while the block runs, so that the capture meets a live database.

    A writer that a killed run left is ended first; the sandbox's mark is how it is found, by `gw down` too.
    """
    left = [found for found in processes.marked(root) if "sandbox.sample" in found.command]
    processes.end(left, _STOP_SECONDS)
    emit(Event("sample.writing", f"writing to {database.name} meanwhile"))
    argv = [sys.executable, "-m", "sandbox.sample", "write", "--database", str(database)]
    writer = subprocess.Popen(  # noqa: S603 - our own module
        [*argv, "--seconds", str(_WRITER_SECONDS)],
        env=os.environ | {processes.MARK: str(root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
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

    The folder, because SQLite keeps its side files beside the database.
    """
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
    try:
        client.create(volume)
        client.create(claim)
        yield name
    finally:
        with contextlib.suppress(httpx2.HTTPError):  # what ended the block is told; the next run takes back the rest
            _take_back(client, namespace)


def _take_back(client: Client, namespace: str) -> None:
    """Withdraw every folder that was offered, by a run that was killed too, with the Jobs that used it."""
    claims = list(client.list(PersistentVolumeClaim, namespace=namespace, labels={**_GRANTED}))
    volumes = list(client.list(PersistentVolume, labels={**_GRANTED}))
    if claims or volumes:
        cluster_job.forget(client, namespace)
    for claim in claims:
        if claim.metadata and claim.metadata.name:
            client.delete(PersistentVolumeClaim, claim.metadata.name, namespace=namespace)
    for volume in volumes:
        if volume.metadata and volume.metadata.name:
            client.delete(PersistentVolume, volume.metadata.name)
