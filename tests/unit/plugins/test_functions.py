"""The functions that programs call on the aws stand-in."""

from __future__ import annotations

import json

import pytest

from providers.kit import Call, Properties, ProviderError
from sandbox.plugins.aws.provider import Aws

DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument"


@pytest.fixture
def aws() -> Aws:
    """The provider in a region."""
    provider = Aws()
    provider.configure({"region": "eu-central-1"})
    return provider


def test_policy_document(aws: Aws) -> None:
    """Statements become a policy document in the vendor's form."""
    arguments: Properties = {
        "statements": [
            {
                "sid": "Read",
                "actions": ["s3:GetObject"],
                "resources": ["a", "b"],
                "principals": [{"type": "AWS", "identifiers": ["x"]}],
                "conditions": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["true"]}],
            },
            {"effect": "Deny", "notActions": ["s3:*"], "principals": [{"type": "*", "identifiers": ["*"]}]},
        ]
    }
    assert {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": ["b", "a"],
                "Principal": {"AWS": "x"},
                "Condition": {"Bool": {"aws:SecureTransport": "true"}},
            },
            {"Effect": "Deny", "NotAction": "s3:*", "Principal": "*"},
        ],
    } == json.loads(str(aws.invoke(Call(), DOCUMENT, arguments)["json"]))


def test_caller_identity(aws: Aws) -> None:
    """The caller is in the account that moto plays."""
    token = "aws:index/getCallerIdentity:getCallerIdentity"  # noqa: S105 - a function's token
    assert "123456789012" == aws.invoke(Call(), token, {})["accountId"]


def test_region_is_the_configured_one(aws: Aws) -> None:
    """The region is the provider's."""
    assert "eu-central-1" == aws.invoke(Call(), "aws:index/getRegion:getRegion", {})["region"]


def test_unknown_function_lists_the_known_ones(aws: Aws) -> None:
    """A function that the stand-in lacks is an error that lists those it has."""
    with pytest.raises(ProviderError, match=DOCUMENT):
        aws.invoke(Call(), "aws:ec2/getAmi:getAmi", {})
