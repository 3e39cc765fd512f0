"""Statements of an AWS resource policy: who a policy lets in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, all_of, among, any_of, found, negated
from policies.facts import UNKNOWN, Value, entries, look
from policies.preview import SECRET
from policies.rule import Pending, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from policies.rule import Result

#: Condition keys that tie a request to a known account, organization, network or resource: a statement for
#: everyone that demands a fixed value of one of them is not public (Amazon S3 user guide, "The meaning of public").
_BINDING = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    }
)
#: Operators that demand a value. Their negations, the `...IfExists` and `ForAllValues:` forms demand nothing
#: of a request that does not carry the key.
_DEMANDS = frozenset({"stringequals", "stringlike", "arnequals", "arnlike", "stringequalsignorecase"})

#: Places of the account and of the resource among an ARN's fields.
_ACCOUNT, _RESOURCE = 4, 5


class NotAPolicy(ValueError):  # noqa: N818 - says what the text is, as `Problem` does
    """The text is no JSON object."""


def statements(policy: Value) -> Iterator[Value]:
    """The statements of a policy given as JSON text or as a mapping; `UNKNOWN` where they are not known.

    Raises:
        NotAPolicy: a text that is no JSON object.
    """
    if policy == SECRET:
        # What a preview shows in place of a secret; the policy pack is handed the policy itself.
        policy = UNKNOWN
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except (ValueError, RecursionError) as error:
            raise NotAPolicy from error
        if not isinstance(policy, Mapping):
            raise NotAPolicy
    given = look(policy, "Statement")
    # A single statement may stand without its list.
    yield from [given] if isinstance(given, Mapping) else entries(given)


def allows(statement: Value) -> Verdict:
    """Whether a statement allows something: one with no effect is taken as if it did."""
    return negated(among(look(statement, "Effect"), {"Deny"}))


def lets_everyone_in(statement: Value) -> Verdict:
    """Whether a statement allows everyone, with no condition that binds it."""
    bound = demands(look(statement, "Condition"), _BINDING, lambda value: not wild(value))
    return all_of((allows(statement), names_everyone(statement), negated(bound)))


def listed(value: Value) -> Sequence[Value]:
    """What may stand alone or in a list, as a list: actions, resources, the values of a condition."""
    return (value,) if isinstance(value, str | bool) else entries(value)


def names_everyone(statement: Value) -> Verdict:
    """Whether a statement's principal is everyone."""
    if look(statement, "NotPrincipal") is not None:
        return True
    principal = look(statement, "Principal")
    # "AWS" alone can name everyone; a service, a federation or a canonical user is someone.
    names = listed(look(principal, "AWS") if isinstance(principal, Mapping) else principal)
    if "*" in names:
        return True
    return None if UNKNOWN in names else False


def private(where: str, policy: Value) -> Iterator[Result]:
    """What a rule says of a resource policy: no statement may let everyone in.

    Args:
        where: path of the policy.
        policy: JSON text or a mapping; None: there is none, which lets nobody in.
    """
    if policy is UNKNOWN:
        yield Pending(where=where)
        return
    try:
        for place, statement in enumerate(statements(policy)):
            path = f"{where}.Statement[{place}].Principal"
            yield from found(lets_everyone_in(statement), path, what="the statement allows everyone")
    except NotAPolicy:
        yield Violation(where=where, what="it is no JSON object", fix="give the policy as json.dumps(...) makes it")


def demands(condition: Value, names: Collection[str], holds: Callable[[str], bool]) -> Verdict:
    """Whether a condition demands, of one of some keys, values that all hold.

    Args:
        condition: the statement's.
        names: the keys in lower case; case does not count in them.
        holds: whether a value is one that may be demanded.
    """
    if condition is UNKNOWN:
        return None
    if not isinstance(condition, Mapping):
        return False
    return any_of(_all_hold(row, holds) for row in _demanded(condition, names))


def _demanded(condition: Mapping[str, Value], names: Collection[str]) -> Iterator[Value]:
    for operator, demand in condition.items():
        if operator.lower().removeprefix("foranyvalue:") not in _DEMANDS:
            continue
        if demand is UNKNOWN:
            yield UNKNOWN
        elif isinstance(demand, Mapping):
            yield from (value for key, value in demand.items() if key.lower() in names)


def _all_hold(row: Value, holds: Callable[[str], bool]) -> Verdict:
    values = listed(row)
    given = (None if value is UNKNOWN else isinstance(value, str) and holds(value) for value in values)
    return all_of((bool(values), *given))


def wild(name: str) -> bool:
    """Whether a value names all: it starts with a wildcard, for an ARN in its account, or is filled in by AWS.

    A bucket's ARN has no account: there it is the bucket's name that must not.
    """
    owner = name
    if name.startswith("arn:"):
        fields = name.split(":", _RESOURCE) + ["*"] * _RESOURCE
        owner = fields[_ACCOUNT] or fields[_RESOURCE]
    return owner[:1] in {"*", "?"} or "${" in name
