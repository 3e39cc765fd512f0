"""A preview's digest of any size: AWS resources of a dozen types, good and bad, that hang together."""

from __future__ import annotations

import json
from itertools import count, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "urn:pulumi:bench::bench::"
#: What the engine prints for a value that only the update will know.
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def digest(resources: int) -> dict[str, Any]:
    """What ``pulumi preview --json --show-sames`` would print of so many resources.

    Each dozen is one of each type, and every second dozen keeps what the one before it breaks.
    """
    steps = [_step(row, number) for number, row in enumerate(islice(_rows(), resources))]
    return {"config": {}, "steps": steps, "duration": 0, "changeSummary": {"create": resources}}


_Row = tuple[str, str, dict[str, Any], dict[str, str]]


def _rows() -> Iterator[_Row]:
    """Token, name, inputs, and input -> URN that it is computed from."""
    for number in count():
        yield from _dozen(f"n{number}", good=bool(number % 2))


def _dozen(name: str, *, good: bool) -> Iterator[_Row]:
    tags = {"owner": "bench", "product": name}
    bucket, group, role, key = (
        _urn(token, name)
        for token in (
            "aws:s3/bucket:Bucket",
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:iam/role:Role",
            "aws:kms/key:Key",
        )
    )
    read = _policy({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [f"arn:aws:s3:::{name}/*"]})
    assume = _policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}})
    doors = [{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.0.0.0/8" if good else "0.0.0.0/0"]}]
    yield "aws:kms/key:Key", name, {"enableKeyRotation": good, "tags": tags}, {}
    yield "aws:s3/bucket:Bucket", name, {"bucket": name, "tags": tags}, {}
    versions = {"status": "Enabled" if good else "Suspended"}
    yield (
        "aws:s3/bucketVersioning:BucketVersioning",
        name,
        {"bucket": _UNKNOWN, "versioningConfiguration": versions},
        {"bucket": bucket},
    )
    block = dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), good)
    yield (
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name,
        {"bucket": _UNKNOWN, **block},
        {"bucket": bucket},
    )
    yield "aws:ec2/securityGroup:SecurityGroup", name, {"description": name, "ingress": doors, "tags": tags}, {}
    yield (
        "aws:rds/instance:Instance",
        name,
        {"engine": "postgres", "storageEncrypted": good, "multiAz": good, "vpcSecurityGroupIds": [_UNKNOWN]},
        {"vpcSecurityGroupIds": group},
    )
    yield "aws:iam/role:Role", name, {"assumeRolePolicy": assume, "tags": tags}, {}
    yield "aws:iam/policy:Policy", name, {"policy": read}, {}
    yield (
        "aws:lambda/function:Function",
        name,
        {"role": _UNKNOWN, "runtime": "python3.13", "environment": {"variables": {"MODE": name}}},
        {"role": role},
    )
    yield "aws:sqs/queue:Queue", name, {"sqsManagedSseEnabled": good, "tags": tags}, {}
    topic = {"kmsMasterKeyId": _UNKNOWN} if good else {}
    yield "aws:sns/topic:Topic", name, topic, dict.fromkeys(topic, key)
    scan = {
        "imageTagMutability": "IMMUTABLE" if good else "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": good},
    }
    yield "aws:ecr/repository:Repository", name, scan, {}


def _step(row: _Row, number: int) -> dict[str, Any]:
    token, name, inputs, depends = row
    urn = _urn(token, name)
    state = {
        "urn": urn,
        "custom": True,
        "type": token,
        "inputs": inputs,
        "propertyDependencies": {field: [on] for field, on in depends.items()},
        "sourcePosition": f"project:///program.py#{number + 1}",
    }
    return {"op": "create", "urn": urn, "newState": state}


def _urn(token: str, name: str) -> str:
    return f"{_PREFIX}{token}::{name}"


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
