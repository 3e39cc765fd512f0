"""The list of what is real in the sandbox."""

from __future__ import annotations

import pytest

from sandbox.plugins.aws.bucket_parts import PARTS
from sandbox.plugins.aws.provider import LIVE
from sandbox.plugins.catalogue import REAL, is_recorded
from sandbox.plugins.sdk_types import Sdk

AWS = Sdk("pulumi_aws")


def test_list_is_the_stand_ins_own() -> None:
    """The list names what the aws stand-in serves from a service, and R2 buckets."""
    parts = {f"aws:s3/{name[0].lower()}{name[1:]}:{name}" for name in PARTS}
    live = {token for token in LIVE if not token.endswith("V2")}
    assert live | parts | {"cloudflare:index/r2Bucket:R2Bucket"} == REAL


def test_every_real_type_exists() -> None:
    """Every type of AWS in the list is one that the SDK declares."""
    assert set() == {token for token in REAL if token.startswith("aws:")} - AWS.source.resources.keys()


@pytest.mark.parametrize(
    ("token", "recorded"),
    [
        ("aws:rds/instance:Instance", True),
        ("aws:s3/bucket:Bucket", False),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", False),
        ("cloudflare:index/zone:Zone", True),
        ("grafana:oss/folder:Folder", True),
        ("kubernetes:core/v1:Namespace", False),
        ("pulumi:providers:aws", False),
    ],
)
def test_what_is_recorded(token: str, *, recorded: bool) -> None:
    """A type is recorded when a recording stand-in serves it and no service holds it."""
    assert recorded == is_recorded(token)
