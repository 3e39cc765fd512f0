"""How much of a resource is there in the sandbox, so that nobody takes a record for the real thing."""

from __future__ import annotations

from enum import StrEnum

from sandbox.plugins.aws.provider import LIVE as ON_AWS
from sandbox.plugins.aws.provider import is_part
from sandbox.plugins.cloudflare.provider import LIVE as ON_CLOUDFLARE

_BUCKETS = ("aws:s3/bucket:", "aws:s3/bucketV2:")


class Standing(StrEnum):
    """What stands behind a resource of the local stack."""

    REAL = "real"
    """The real thing, run here: the API server's objects, buckets on the S3 server."""
    EMULATED = "emulated"
    """A service that behaves like the vendor's (moto), with state of its own."""
    RECORDED = "recorded"
    """Checked against the SDK's types and kept in a file; nothing acts on it."""


def standing(token: str) -> Standing:
    """What stands behind resources of this type token."""
    if token.startswith("kubernetes:") or token in ON_CLOUDFLARE or token.startswith(_BUCKETS):
        return Standing.REAL
    return Standing.EMULATED if token in ON_AWS or is_part(token) else Standing.RECORDED
