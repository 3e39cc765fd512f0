"""Buckets on the sandbox's S3 server, which holds those of S3 and of R2 alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from providers.kit import Call, ProviderError, Severity
from sandbox.plugins.records import Record, Records, now
from sandbox.plugins.services import Services, code, gone_is_fine, is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

#: Objects that one request removes (S3's own limit).
_BATCH = 1000

_TOKEN = "sandbox:index:bucket"  # noqa: S105 - a resource type of the records, no secret


@dataclass(frozen=True)
class Buckets:
    """The buckets, with a record of which resource made each: whoever made it may take it up again after a crash."""

    services: Services

    def exists(self, name: str) -> bool:
        """Whether the bucket is there."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        try:
            self.services.objects.head_bucket(Bucket=name)
        except ClientError as error:
            if is_gone(error):
                return False
            raise
        return True

    def made(self, name: str) -> datetime | None:
        """When the bucket was made; None when there is none."""
        found = self.services.objects.list_buckets(Prefix=name).get("Buckets", [])
        return next((item["CreationDate"] for item in found if item["Name"] == name), None)

    def create(self, call: Call, name: str, *, lock: bool = False) -> None:
        """Make a bucket, or take up the one that this same resource had begun to make.

        Raises:
            ProviderError: it belongs to another resource, or was made by hand.
        """
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        records = self._records()
        record = records.read(_TOKEN, name)
        if self.exists(name):
            if record is None or record.urn != call.urn:
                owner = f"belongs to {record.urn}" if record else "was not made by Pulumi: import it, or remove it"
                raise ProviderError(f"bucket {name!r} exists already and {owner}")
            return
        records.write(Record(_TOKEN, name, call.urn, now(), {}, {}))  # first, so that a crash leaves its owner known
        try:
            self._create(name, lock=lock)
        except ClientError as error:
            if not lock or code(error) not in {"NotImplemented", "VersioningNotConfigured", "MethodNotAllowed"}:
                raise
            call.log(Severity.WARNING, "the sandbox's S3 server keeps no versions, so objects are not locked")
            self._create(name, lock=False)

    def delete(self, call: Call, name: str, *, force: bool, instead: str = "") -> None:
        """Remove a bucket; one that is gone already is no error.

        Args:
            call: the circumstances.
            name: the bucket's.
            force: remove what it holds, too.
            instead: what else than to empty it the user of this type of bucket can do.

        Raises:
            ProviderError: it holds objects.
        """
        from botocore.exceptions import ClientError  # noqa: PLC0415 - see Services

        if force:
            empty(self.services.objects, name, call)
        try:
            with gone_is_fine():
                self.services.objects.delete_bucket(Bucket=name)
        except ClientError as error:
            if code(error) != "BucketNotEmpty":
                raise
            why = "is written to while it is emptied: end the writer" if force else "holds objects: empty it first"
            raise ProviderError(f"bucket {name!r} {why}{instead}") from error
        self._records().remove(_TOKEN, name)

    def _create(self, name: str, *, lock: bool) -> None:
        more = {"ObjectLockEnabledForBucket": True} if lock else {}
        self.services.objects.create_bucket(Bucket=name, **more)

    def _records(self) -> Records:
        return Records.below(self.services.connections.root, "buckets")


def empty(client: Any, name: str, call: Call) -> None:  # noqa: ANN401 - boto3 makes its clients at run time
    """Remove every object and version of a bucket.

    Raises:
        ProviderError: the user cancelled.
    """
    with gone_is_fine():
        for batch in _batches(client, name):
            if call.cancelled.is_set():
                raise ProviderError(f"cancelled while bucket {name!r} was emptied")
            client.delete_objects(Bucket=name, Delete={"Objects": batch, "Quiet": True})


def _batches(client: Any, name: str) -> Iterator[list[dict[str, str]]]:  # noqa: ANN401 - as above
    batch: list[dict[str, str]] = []
    for page in client.get_paginator("list_object_versions").paginate(Bucket=name):
        for item in [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]:
            version = item.get("VersionId") or "null"
            batch.append({"Key": item["Key"]} | ({} if version == "null" else {"VersionId": version}))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch
