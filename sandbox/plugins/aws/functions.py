"""The AWS functions that a program may call offline: who, where, and policy documents as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from sandbox.plugins.live import present, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from providers.kit import Properties, Value
    from sandbox.plugins.aws.surroundings import Surroundings

Function: TypeAlias = "Callable[[Surroundings, Properties], Properties]"

_PARTITION = {"partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}


def caller_identity(surroundings: Surroundings, _arguments: Properties) -> Properties:
    """Account and user that moto plays."""
    return {
        "accountId": surroundings.account,
        "arn": surroundings.arn("iam", "user/sandbox", region=""),
        "userId": "SANDBOX",
        "id": surroundings.account,
    }


def region(surroundings: Surroundings, arguments: Properties) -> Properties:
    """The region asked for, else the provider's."""
    name = text(arguments, "region") or text(arguments, "name") or surroundings.region
    return {
        "name": name,
        "region": name,
        "id": name,
        "endpoint": f"ec2.{name}.amazonaws.com",
        "description": f"{name} (sandbox)",
    }


def partition(_surroundings: Surroundings, _arguments: Properties) -> Properties:
    """The one partition."""
    return {**_PARTITION, "id": _PARTITION["partition"]}


def availability_zones(surroundings: Surroundings, _arguments: Properties) -> Properties:
    """Three zones of the region."""
    names: list[Value] = [f"{surroundings.region}{letter}" for letter in "abc"]
    return {"id": surroundings.region, "names": names, "zoneIds": names, "groupNames": [surroundings.region]}


def policy_document(_surroundings: Surroundings, arguments: Properties) -> Properties:
    """A policy document as JSON, made of its statements as the vendor's function makes it."""
    statements = arguments.get("statements")
    made = [_statement(item) for item in (statements if isinstance(statements, list) else []) if isinstance(item, dict)]
    whole = {
        "Version": text(arguments, "version") or "2012-10-17",
        **present(Id=arguments.get("policyId")),
        "Statement": made,
    }
    document = json.dumps(whole, indent=2)
    return {**arguments, "id": str(len(document)), "json": document, "minifiedJson": json.dumps(whole)}


def _statement(item: dict[str, Value]) -> dict[str, object]:
    made: dict[str, object] = present(Sid=item.get("sid"))
    made["Effect"] = item.get("effect") or "Allow"
    for name in ("actions", "notActions", "resources", "notResources"):
        key = name[0].upper() + name[1:-1]
        if item.get(name):
            made[key] = _one_or_more(item[name])
    for name in ("principals", "notPrincipals"):
        if item.get(name):
            made[name[0].upper() + name[1:-1]] = _principals(item[name])
    conditions = item.get("conditions")
    for condition in conditions if isinstance(conditions, list) else []:
        if isinstance(condition, dict):
            tests = made.setdefault("Condition", {})
            if isinstance(tests, dict):
                tests.setdefault(condition["test"], {})[condition["variable"]] = _one_or_more(condition["values"])
    return made


def _principals(value: Value) -> object:
    found: dict[str, object] = {}
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict):
            identifiers = _one_or_more(item.get("identifiers"))
            if item.get("type") == "*" and identifiers == "*":
                return "*"
            found[str(item.get("type"))] = identifiers
    return found


def _one_or_more(value: Value) -> Value:
    """A list of one is written as that one, a longer one sorted: the vendor's canonical form."""
    if not isinstance(value, list):
        return value
    return value[0] if len(value) == 1 else sorted(value, key=str, reverse=True)


FUNCTIONS: dict[str, Function] = {
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:index/getRegion:getRegion": region,
    "aws:index/getPartition:getPartition": partition,
    "aws:index/getAvailabilityZones:getAvailabilityZones": availability_zones,
    "aws:iam/getPolicyDocument:getPolicyDocument": policy_document,
}
