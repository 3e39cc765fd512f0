"""What each write carries, as a store sees it."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from jobs.backup.tests.conftest import Bucket

pytestmark = pytest.mark.e2e

CONTENT = b"a body"


def test_every_body_is_sent_with_its_md5(bucket: Bucket) -> None:
    """S3 refuses a body without one where a bucket locks what it is given; each kind of write carries its own."""
    store = bucket.vault().store
    seen: list[str | None] = []

    def look(request: Any, **_named: object) -> None:  # noqa: ANN401 - botocore's own request
        if request.method == "PUT":
            seen.append((request.headers.get("Content-MD5") or b"").decode())

    store._client.meta.events.register("before-send.s3", look)  # noqa: SLF001 - what goes over the wire is the fact
    store.put("small", CONTENT, new=True)
    store.put("small", CONTENT, new=False)
    upload = store.begin("large")
    store.part("large", upload, 1, CONTENT)
    store.abort("large", upload)

    assert [base64.b64encode(hashlib.md5(CONTENT, usedforsecurity=False).digest()).decode()] * 3 == seen
