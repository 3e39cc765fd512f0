"""One S3 bucket, spoken to so that R2, AWS and other servers all understand: bounded, typed errors, no surprises."""

from __future__ import annotations

import hashlib
import os
import time
from base64 import b64encode
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

import botocore.session
from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from backup.failure import Code, Failure, NoObject, Taken, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_s3.client import S3Client
    from types_boto3_s3.type_defs import CompletedMultipartUploadTypeDef

    from backup.settings import StoreSettings

CONNECT_SECONDS = 5
READ_SECONDS = 60
ATTEMPTS = 4
RESUMES = 5
"""How often a download is taken up again where it broke, with less than a chunk of progress in between."""

AGREES = 2.0
"""Seconds between two clocks that are called the same."""

CHUNK = 1 << 20
MOST_BYTES_IN_MEMORY = 4 << 20
"""A manifest or proof larger than this is none of ours."""

_DENIED = frozenset({"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed"})
_BY_CODE: dict[str, tuple[type[Failure], Code, str]] = {
    "NoSuchKey": (NoObject, Code.NO_POINT, "The object does not exist"),
    "404": (NoObject, Code.NO_POINT, "The object does not exist"),
    "NoSuchUpload": (NoObject, Code.NO_STORE, "The upload does not exist any more"),
    "NoSuchBucket": (Failure, Code.NO_STORE, "The bucket does not exist"),
    "PreconditionFailed": (Taken, Code.NO_STORE, "The object exists already"),
    "412": (Taken, Code.NO_STORE, "The object exists already"),
    "ConditionalRequestConflict": (Taken, Code.NO_STORE, "Another write to the same object is under way"),
    "NotImplemented": (Unsupported, Code.NO_STORE, "The store does not support the request"),
    "RequestTimeTooSkewed": (Failure, Code.CLOCK, "This machine's clock is too far from the store's"),
}


@dataclass(frozen=True)
class Entry:
    """One object of a listing: its key, size in bytes and time of writing by the store's clock."""

    key: str
    size: int
    modified: datetime


class Store:
    """A bucket.

    Args:
        settings: where it is.
        name: ``primary`` or ``copy``, for messages.

    Every method raises `Failure`: ``NO_STORE`` when it cannot be reached or answers with an error, ``ACCESS_DENIED``,
    ``CLOCK``, or one of the subclasses of `Failure`.
    """

    def __init__(self, settings: StoreSettings, name: str) -> None:
        self.name = name
        self.where = f"{settings.endpoint.rstrip('/')}/{settings.bucket}"
        self._bucket = settings.bucket
        self._client = _client(settings)
        self._heard: tuple[datetime, float] | None = None
        self._client.meta.events.register("after-call.s3", self._hear)

    def now(self) -> datetime:
        """Give the store's time, by the Date of its last answer; this machine's before the first.

        The store tells whole seconds only. Where this machine agrees with it, its own finer clock is taken.
        """
        here = datetime.now(UTC)
        return here if abs(self.skew()) <= AGREES else here - timedelta(seconds=self.skew())

    def skew(self) -> float:
        """Give this machine's time less the store's, in seconds, half a second of it uncertain."""
        if self._heard is None:
            return 0.0
        date, then = self._heard
        there = date + timedelta(seconds=time.monotonic() - then + 0.5)
        return (datetime.now(UTC) - there).total_seconds()

    def entries(self, prefix: str) -> Iterator[Entry]:
        """List the objects whose key begins with `prefix`, in the order of their keys."""
        with self._speaking(prefix):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                for item in page.get("Contents", []):
                    yield Entry(item["Key"], item["Size"], item["LastModified"])

    def get(self, key: str) -> bytes:
        """Read a small object whole."""
        with self._speaking(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            with closing(answer["Body"]) as body:
                content = body.read(MOST_BYTES_IN_MEMORY + 1)
        if len(content) > MOST_BYTES_IN_MEMORY:
            raise Failure(Code.VERIFY_FAILED, f"The object is larger than {MOST_BYTES_IN_MEMORY} bytes.", where=key)
        return content

    def stream(self, key: str) -> Iterator[bytes]:
        """Read an object in chunks; a broken connection is taken up at the same byte of the same version."""
        offset, etag, left = 0, "", RESUMES
        while True:
            begun = offset
            try:
                with self._speaking(key):
                    answer = (
                        self._client.get_object(Bucket=self._bucket, Key=key, Range=f"bytes={offset}-", IfMatch=etag)
                        if offset
                        else self._client.get_object(Bucket=self._bucket, Key=key)
                    )
                    etag, end = answer["ETag"], offset + answer["ContentLength"]
                    with closing(answer["Body"]) as body:
                        for chunk in body.iter_chunks(CHUNK):
                            offset += len(chunk)
                            yield chunk
                if offset >= end:
                    return
            except (NoObject, Taken):
                raise
            except Failure as failure:
                if failure.code is not Code.NO_STORE or not offset:
                    raise
            left = RESUMES if offset - begun >= CHUNK else left - 1
            if left < 0:
                raise Failure(Code.NO_STORE, f"The download keeps breaking, the last time at byte {offset}.", where=key)

    def put(self, key: str, content: bytes, *, new: bool) -> None:
        """Write a small object; with `new`, only if there is none at `key`, where the store can promise that."""
        put = partial(self._client.put_object, Bucket=self._bucket, Key=key, Body=content, ContentMD5=_md5(content))
        with self._speaking(key):
            if not new:
                put()
                return
            try:
                with self._speaking(key):
                    put(IfNoneMatch="*")
            except Unsupported:
                put()

    def begin(self, key: str) -> str:
        """Start a multipart upload and give its id."""
        with self._speaking(key):
            return self._client.create_multipart_upload(Bucket=self._bucket, Key=key)["UploadId"]

    def part(self, key: str, upload: str, number: int, content: bytes) -> str:
        """Send part `number` (from 1) and give its ETag."""
        with self._speaking(key):
            return self._client.upload_part(
                Bucket=self._bucket,
                Key=key,
                UploadId=upload,
                PartNumber=number,
                Body=content,
                ContentMD5=_md5(content),
            )["ETag"]

    def complete(self, key: str, upload: str, etags: list[str]) -> None:
        """Make the parts one object, only if there is none at `key`, where the store can promise that."""
        parts: CompletedMultipartUploadTypeDef = {
            "Parts": [{"ETag": etag, "PartNumber": number} for number, etag in enumerate(etags, start=1)]
        }
        with self._speaking(key):
            try:
                with self._speaking(key):
                    self._client.complete_multipart_upload(
                        Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload=parts, IfNoneMatch="*"
                    )
            except Unsupported:
                self._client.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload=parts
                )

    def abort(self, key: str, upload: str) -> None:
        """Throw an unfinished upload away."""
        with self._speaking(key):
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload)

    def uploads(self, prefix: str) -> list[tuple[str, str, datetime]]:
        """List the unfinished uploads below `prefix`: key, id, time of their start."""
        with self._speaking(prefix):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket, Prefix=prefix)
            return [
                (item["Key"], item["UploadId"], item["Initiated"]) for page in pages for item in page.get("Uploads", [])
            ]

    def delete(self, key: str) -> None:
        """Delete one object (one by one: the call for many may say yes and leave them on some servers)."""
        with self._speaking(key):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def _hear(self, parsed: dict[str, dict[str, dict[str, str]]], **_kwargs: object) -> None:
        """Note the Date of an answer."""
        date = parsed.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
        if date:
            self._heard = parsedate_to_datetime(date).astimezone(UTC), time.monotonic()

    @contextmanager
    def _speaking(self, key: str) -> Iterator[None]:
        """Turn every error of the client into a `Failure` that names the store and the key."""
        where = f"{self.where}/{key}"
        try:
            yield
        except ClientError as error:
            raise _answered(error, where) from None
        except HTTPClientError as error:
            raise Failure(Code.NO_STORE, f"The store cannot be reached: {error}.", where=where) from None
        except BotoCoreError as error:
            raise Failure(Code.NO_STORE, f"The store cannot be used: {error}.", where=where) from None


def _answered(error: ClientError, where: str) -> Failure:
    """Name what the store answered."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    text = str(error.response.get("Error", {}).get("Message", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if known := _BY_CODE.get(code):
        kind, exit_code, message = known
        return kind(exit_code, f"{message} ({code}).", where=where)
    if code in _DENIED or status in {401, 403}:
        return Failure(Code.ACCESS_DENIED, f"The store refuses our keys ({code}).", where=where)
    return Failure(Code.NO_STORE, f"The store answered {status} {code}: {text}.", where=where)


def _md5(content: bytes) -> str:
    """The one checksum that every server knows; S3 takes nothing without one into a bucket that locks its objects."""
    return b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()


def _client(settings: StoreSettings) -> S3Client:
    """Make a client that takes nothing from the machine's own AWS configuration but its certificates."""
    core = botocore.session.Session(
        session_vars={
            "profile": (None, None, None, None),
            "config_file": (None, None, os.devnull, None),
            "credentials_file": (None, None, os.devnull, None),
        }
    )
    style: Literal["auto", "path"] = "auto" if settings.endpoint.rstrip("/").endswith(".amazonaws.com") else "path"
    return Session(botocore_session=core).client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.access_key_id.get_secret_value(),
        aws_secret_access_key=settings.secret_access_key.get_secret_value(),
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            # R2 and others refuse the SDK's own checksums; the signed SHA-256 of each body does the same work
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": style, "payload_signing_enabled": True},
        ),
    )
