"""The policy of an S3 bucket refuses plain HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.domain.statements import NotAPolicy, listed, names_everyone, statements
from policies.domain.verdict import Verdict, all_of, among, any_of, found, given, negated
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

_TOKEN = "aws:s3/bucketPolicy:BucketPolicy"  # noqa: S105 - a Pulumi type token, no password
_ALL = frozenset({"*", "s3:*"})
_KEY = "aws:securetransport"
#: All objects of a bucket: what stands behind its name narrows it to some of them.
_OBJECTS = re.compile(r"(arn:[^/]*/?)?\*+")


def check(facts: Facts) -> Iterator[Result]:
    """One statement must deny everyone everything on all objects where the request comes without TLS."""
    policy = look(facts.props, "policy")
    if policy is UNKNOWN:
        yield Pending(where="policy")
        return
    try:
        refuses = any_of(_refuses(statement) for statement in statements(policy))
    except NotAPolicy:
        return  # `s3-policy-private` says so
    yield from found(
        negated(refuses), "policy", what="no statement refuses what comes without TLS, for everyone and all objects"
    )


def _refuses(statement: Value) -> Verdict:
    return all_of(
        (
            among(look(statement, "Effect"), {"Deny"}),
            names_everyone(statement),
            negated(given(look(statement, "NotPrincipal"))),
            any_of(among(action, _ALL) for action in listed(look(statement, "Action"))),
            any_of(_all_objects(resource) for resource in listed(look(statement, "Resource"))),
            _without_tls(look(statement, "Condition")),
        )
    )


def _all_objects(resource: Value) -> Verdict:
    return None if resource is UNKNOWN else isinstance(resource, str) and _OBJECTS.fullmatch(resource) is not None


def _without_tls(condition: Value) -> Verdict:
    """Whether this is the only condition: a further one would let some plain requests through."""
    if condition is UNKNOWN:
        return None
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return False
    operator, demands = next(iter(condition.items()))
    if demands is UNKNOWN:
        return None
    if operator not in {"Bool", "BoolIfExists"} or not isinstance(demands, Mapping) or len(demands) != 1:
        return False
    key, value = next(iter(demands.items()))
    if key.lower() != _KEY:
        return False
    return any_of(None if one is UNKNOWN else one in (False, "false") for one in listed(value))


RULE = Rule(
    id="s3-tls-only",
    title="The policy of an S3 bucket refuses plain HTTP",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="S3 answers plain HTTP too, where whoever is on the way reads and changes objects.",
    fix='add a statement: Deny, Principal "*", Action s3:*, the bucket and its objects, '
    'Condition {"Bool": {"aws:SecureTransport": "false"}}',
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    applies=_TOKEN.__eq__,
    check=check,
)
