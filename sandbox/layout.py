"""The sandbox's folder: where each thing is, and of which version of the layout it is."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from toolchain import files
from toolchain.errors import ExitCode, Problem

#: Raised when what is in the folder changes in a way that an older or newer Groundwork would misread.
VERSION = 1

#: Free bytes asked for at start: a new etcd (64 MiB write-ahead log), the first images and a sample backup.
FREE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Layout:
    """Paths below the sandbox's folder.

    Attributes:
        root: the folder itself, absolute.
    """

    root: Path

    @property
    def marker(self) -> Path:
        """The file that says "this folder is a sandbox", with the layout's version."""
        return self.root / "layout.json"

    @property
    def connections(self) -> Path:
        """Addresses of the services, for the node, the stand-ins and ``gw``."""
        return self.root / "connections.json"

    @property
    def state(self) -> Path:
        """What the supervisor last did: services, process ids, restarts."""
        return self.root / "state.json"

    @property
    def ports(self) -> Path:
        """The port of each service, kept from start to start."""
        return self.root / "ports.json"

    @property
    def start_lock(self) -> Path:
        """Held while one process starts, stops or purges the sandbox."""
        return self.root / "start.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor as long as it lives."""
        return self.root / "supervisor.lock"

    @property
    def credentials(self) -> Path:
        """Keys, certificates, tokens and kubeconfigs; 0700, each file 0600."""
        return self.root / "credentials"

    @property
    def logs(self) -> Path:
        """One log a service, with one older part."""
        return self.root / "logs"

    @property
    def etcd(self) -> Path:
        """The cluster's database."""
        return self.root / "etcd"

    @property
    def objects(self) -> Path:
        """The S3 server's buckets, one folder each."""
        return self.root / "objects"

    @property
    def versions(self) -> Path:
        """Older versions of objects, for buckets that keep them."""
        return self.root / "versions"

    @property
    def object_metadata(self) -> Path:
        """Objects' metadata, where the file system keeps no extended attributes."""
        return self.root / "object-metadata"

    @property
    def aws(self) -> Path:
        """What moto holds, saved after each change."""
        return self.root / "aws"

    @property
    def edge(self) -> Path:
        """What the fakes of Railway, UptimeRobot and Cloudflare hold, a file each, saved before each answer."""
        return self.root / "edge"

    @property
    def volumes(self) -> Path:
        """Persistent volumes, ``<namespace>/<claim>``."""
        return self.root / "volumes"

    @property
    def images(self) -> Path:
        """Environments of "pulled" images."""
        return self.root / "images"

    @property
    def pulumi(self) -> Path:
        """The engine's own folder."""
        return self.root / "pulumi"

    @property
    def pulumi_home(self) -> Path:
        """PULUMI_HOME, with the stand-in plugins."""
        return self.pulumi / "home"

    @property
    def memory(self) -> Path:
        """Files that belong on no disk (pods' secrets): in shared memory, or in the folder where there is none."""
        shared = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, 0700, checked when made
        if not os.access(shared, os.W_OK):
            return self.root / "memory"
        return shared / f"groundwork-{os.getuid()}-{hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:12]}"

    def log(self, service: str) -> Path:
        """The log of one service, or of the supervisor itself."""
        return self.logs / f"{service}.log"

    def version(self) -> int | None:
        """The version that the folder is of; None where there is no sandbox.

        A marker that cannot be read counts as version 0: some other version wrote it.
        """
        try:
            return int(json.loads(self.marker.read_bytes())["version"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return 0

    def prepare(self) -> None:
        """Make the folder with all that belongs in it; the marker goes first.

        Raises:
            Problem: the folder is of another version, is no sandbox, cannot be written to, or the disk is full.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._claim()
            for folder in self._folders():
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
        except OSError as error:
            raise unwritable(self.root, error) from error

    def check_space(self) -> None:
        """Raise unless the disk has room to start on.

        Raises:
            Problem: less than `FREE_BYTES` are free (exit code 7).
        """
        free = shutil.disk_usage(self.root).free
        if free < FREE_BYTES:
            raise Problem(
                "the disk has too little room to start the sandbox",
                where=f"{self.root}: {free // 1024**2} MiB free",
                allowed=f"at least {FREE_BYTES // 1024**2} MiB",
                fix="free some space, then run `make up` again",
                exit_code=ExitCode.NO_SPACE,
            )

    def _claim(self) -> None:
        found = self.version()
        if found is None:
            strangers = sorted(entry.name for entry in self.root.iterdir() if not self._early(entry))
            if strangers:
                raise Problem(
                    "the folder holds something else than a sandbox",
                    where=f"{self.root}: {', '.join(strangers[:3])}",
                    allowed="an empty folder, or none",
                    fix="move it away, then run `make up` again",
                    exit_code=ExitCode.SANDBOX,
                )
            files.write(self.marker, json.dumps({"version": VERSION}).encode())
        elif found != VERSION:
            raise Problem(
                "the sandbox's folder was made by another version of Groundwork",
                where=f"{self.marker}: version {found}",
                allowed=f"version {VERSION}",
                fix="remove it with `gw down --purge` (its buckets and volumes go too), then `make up`",
                exit_code=ExitCode.SANDBOX,
            )

    def _early(self, entry: Path) -> bool:
        # What may be there before the marker: locks, and what `gw` puts down before it starts the sandbox (the engine's
        # folder, the passphrase, the image table), also half written.
        known = {self.pulumi.name, self.credentials.name, "images.json"}
        return (
            entry.name in known or entry.suffix == ".lock" or entry.name.startswith((".layout.json.", ".images.json."))
        )

    def _folders(self) -> tuple[Path, ...]:
        return (
            self.credentials,
            self.logs,
            self.etcd,
            self.objects,
            self.versions,
            self.object_metadata,
            self.aws,
            self.edge,
            self.volumes,
            self.images,
            self.pulumi,
            self.pulumi_home,
        )


def unwritable(place: Path, error: OSError) -> Problem:
    """The problem that an `OSError` on the sandbox's folder is: a full disk, or a folder that is not ours."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(
            "no space is left on the disk",
            where=str(error.filename or place),
            fix="free some space, then run `make up` again",
            exit_code=ExitCode.NO_SPACE,
        )
    return Problem(
        f"the sandbox's folder cannot be written to: {error.strerror}",
        where=str(error.filename or place),
        allowed="a folder of your own on a local disk",
        exit_code=ExitCode.SANDBOX,
    )
