"""Between Pulumi's shapes and the services' own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.plugins.aws.shapes import covers, from_service, to_service
from sandbox.plugins.sdk_types import Sdk

if TYPE_CHECKING:
    from providers.kit import Value

AWS = Sdk("pulumi_aws")
LIFECYCLE = AWS.resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
REPLICATION = AWS.resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig")


def _shape(operation: str, argument: str) -> Any:  # noqa: ANN401 - botocore's shapes have no types
    model = botocore.session.Session(include_builtin_handlers=False).get_service_model("s3")
    shape = model.operation_model(operation).input_shape
    assert shape is not None
    return shape.members[argument]


def test_names_and_tags_are_the_services() -> None:
    """Names get the service's capitals, a map of tags becomes its list of pairs, nulls are left out."""
    rules: Value = [
        {
            "id": "r",
            "status": "Enabled",
            "prefix": None,
            "filter": {"and": {"prefix": "a/", "tags": {"k": "v"}}},
            "noncurrentVersionTransitions": [{"noncurrentDays": 3, "storageClass": "GLACIER"}],
        }
    ]
    expected = [
        {
            "ID": "r",
            "Status": "Enabled",
            "Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}},
            "NoncurrentVersionTransitions": [{"NoncurrentDays": 3, "StorageClass": "GLACIER"}],
        }
    ]
    shape = _shape("PutBucketLifecycleConfiguration", "LifecycleConfiguration")
    assert {"Rules": expected} == to_service(shape, {"rules": rules})


def test_answers_come_back_as_properties() -> None:
    """A service's answer becomes Pulumi properties of the declared names; what they have no name for is left out."""
    assert REPLICATION is not None
    answer = {
        "Role": "arn",
        "Rules": [{"ID": "r", "Destination": {"Bucket": "b", "EncryptionConfiguration": {"ReplicaKmsKeyID": "k"}}}],
        "Stranger": 1,
    }
    assert {
        "role": "arn",
        "rules": [{"id": "r", "destination": {"bucket": "b", "encryptionConfiguration": {"replicaKmsKeyId": "k"}}}],
    } == from_service(AWS, REPLICATION.inputs, answer)


DAYS = st.integers(1, 999)
TEXT = st.text("abc/-", min_size=1, max_size=6)
RULE = st.fixed_dictionaries(
    {"id": TEXT, "status": st.sampled_from(["Enabled", "Disabled"])},
    optional={
        "expiration": st.fixed_dictionaries({"days": DAYS}),
        "filter": st.one_of(
            st.fixed_dictionaries({"prefix": TEXT}),
            st.fixed_dictionaries(
                {"and": st.fixed_dictionaries({"tags": st.dictionaries(TEXT, TEXT, min_size=1, max_size=2)})}
            ),
        ),
        "transitions": st.lists(st.fixed_dictionaries({"days": DAYS, "storageClass": TEXT}), max_size=2),
    },
)
SHAPE = _shape("PutBucketLifecycleConfiguration", "LifecycleConfiguration")


@given(st.lists(RULE, max_size=3))
def test_there_and_back(rules: list[Value]) -> None:
    """Any lifecycle rules that go to the service's shape come back as they were, and are covered by themselves."""
    assert LIFECYCLE is not None
    there = to_service(SHAPE, {"rules": rules})
    assert {"rules": rules} == from_service(AWS, LIFECYCLE.inputs, there)
    assert covers(there, there)


@pytest.mark.parametrize(
    ("wanted", "found", "covered"),
    [
        ({"a": 1}, {"a": 1, "default": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": ""}, {}, True),
        ({"a": "x"}, {}, False),
        ({"at": "2030-01-01T00:00:00+00:00"}, {"at": datetime(2030, 1, 1, tzinfo=UTC)}, True),
        ({"at": "soon"}, {"at": datetime(2030, 1, 1, tzinfo=UTC)}, False),
    ],
)
def test_covers(wanted: object, found: object, *, covered: bool) -> None:
    """A service may add defaults to an object, but neither change a value nor add to a list."""
    assert covered == covers(wanted, found)
