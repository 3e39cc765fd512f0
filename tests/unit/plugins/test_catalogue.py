"""The lists of what is real and what is emulated in the sandbox."""

from __future__ import annotations

import pytest

from sandbox.plugins.aws.bucket_parts import PARTS
from sandbox.plugins.aws.provider import LIVE
from sandbox.plugins.catalogue import BUCKETS, EMULATED, Standing, standing
from sandbox.plugins.cloudflare.places import PLACES
from sandbox.plugins.sdk_types import Sdk

AWS = Sdk("pulumi_aws")


def test_list_is_the_stand_ins_own() -> None:
    """The list names what the stand-ins for aws and cloudflare serve from a service."""
    parts = {f"aws:s3/{name[0].lower()}{name[1:]}:{name}" for name in PARTS}
    live = {token for token in LIVE if not token.endswith("V2")}
    assert live | parts | {"cloudflare:index/r2Bucket:R2Bucket", *PLACES} == BUCKETS | EMULATED


def test_every_real_type_exists() -> None:
    """Every type of AWS in the lists is one that the SDK declares."""
    assert set() == {token for token in BUCKETS | EMULATED if token.startswith("aws:")} - AWS.source.resources.keys()


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("aws:rds/instance:Instance", Standing.RECORDED),
        ("aws:s3/bucket:Bucket", Standing.REAL),
        ("aws:s3/bucketV2:BucketV2", Standing.REAL),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", Standing.EMULATED),
        ("cloudflare:index/zone:Zone", Standing.RECORDED),
        ("cloudflare:index/r2Bucket:R2Bucket", Standing.REAL),
        ("grafana:oss/folder:Folder", Standing.RECORDED),
        ("kubernetes:core/v1:Namespace", Standing.REAL),
        ("railway:index:Service", Standing.EMULATED),
        ("uptimerobot:index:Monitor", Standing.EMULATED),
    ],
)
def test_what_stands_behind_a_type(token: str, expected: Standing) -> None:
    """A type is real on the API server or the S3 server, emulated on moto or a vendor's fake, else recorded."""
    assert expected is standing(token)
