"""What the backup job is held against: the same tools, one step after the other, and nothing proven.

Run as `python vault_floor.py capture|restore DATABASE FOLDER ENDPOINT BUCKET`, with AWS_* in the environment.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import apsw
import boto3
from backports import zstd

BUFFER = 1 << 20
KEY = "floor/data.zst"


def capture(database: Path, folder: Path, endpoint: str, bucket: str) -> None:
    """Backup API in one step, then zstd -3 with two threads, then boto3's own upload."""
    copy, packed = folder / "copy.db", folder / "copy.zst"
    source, target = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY), apsw.Connection(str(copy))
    target.pragma("synchronous", "OFF")
    with target.backup("main", source, "main") as running:
        running.step(-1)
    target.close()
    source.close()
    options = {int(zstd.CompressionParameter.compression_level): 3, int(zstd.CompressionParameter.nb_workers): 2}
    with copy.open("rb") as plain, zstd.open(packed, "wb", options=options) as writer:
        shutil.copyfileobj(plain, writer, BUFFER)
    boto3.client("s3", endpoint_url=endpoint).upload_file(str(packed), bucket, KEY)
    copy.unlink()
    packed.unlink()


def restore(_database: Path, folder: Path, endpoint: str, bucket: str) -> None:
    """boto3's own download, then zstd, then the integrity check."""
    copy, packed = folder / "back.db", folder / "back.zst"
    boto3.client("s3", endpoint_url=endpoint).download_file(bucket, KEY, str(packed))
    with zstd.open(packed, "rb") as reader, copy.open("wb") as plain:
        shutil.copyfileobj(reader, plain, BUFFER)
    connection = apsw.Connection(f"{copy.as_uri()}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    if connection.pragma("integrity_check") != "ok":
        raise SystemExit(1)
    connection.close()
    copy.unlink()
    packed.unlink()


if __name__ == "__main__":
    step = {"capture": capture, "restore": restore}[sys.argv[1]]
    step(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], sys.argv[5])
