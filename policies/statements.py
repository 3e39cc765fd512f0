"""Statements of an AWS resource policy: who a policy lets in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from policies.facts import UNKNOWN, Value, entries, look

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
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    }
)
#: Operators that demand a value. Their negations, the `...IfExists` and `ForAllValues:` forms demand nothing
#: of a request that does not carry the key.
_DEMANDS = frozenset({"stringequals", "stringlike", "arnequals", "arnlike", "stringequalsignorecase"})

#: Place of the account among an ARN's fields.
_ACCOUNT = 4


class NotAPolicy(ValueError):  # noqa: N818 - says what the text is, as `Problem` does
    """The text is no JSON object."""


def statements(policy: Value) -> Iterator[Value]:
    """The statements of a policy given as JSON text or as a mapping; `UNKNOWN` where they are not known.

    Raises:
        NotAPolicy: a text that is no JSON object.
    """
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except (json.JSONDecodeError, RecursionError) as error:
            raise NotAPolicy from error
        if not isinstance(policy, Mapping):
            raise NotAPolicy
    given = look(policy, "Statement")
    # A single statement may stand without its list.
    yield from [given] if isinstance(given, Mapping) else entries(given)


def lets_everyone_in(statement: Value) -> bool | None:
    """Whether a statement allows everyone, with no condition that binds it; None when it cannot be known."""
    effect = look(statement, "Effect")
    allows = None if effect is UNKNOWN else effect != "Deny"
    everyone = _names_everyone(statement)
    bound = _bound(look(statement, "Condition"))
    if allows is False or everyone is False or bound is True:
        return False
    return None if None in (allows, everyone, bound) else True


def _names_everyone(statement: Value) -> bool | None:
    if look(statement, "NotPrincipal") is not None:
        return True
    principal = look(statement, "Principal")
    # "AWS" alone can name everyone; a service, a federation or a canonical user is someone.
    given = look(principal, "AWS") if isinstance(principal, Mapping) else principal
    names = [given] if isinstance(given, str) else entries(given)
    if "*" in names:
        return True
    return None if UNKNOWN in names else False


def _bound(condition: Value) -> bool | None:
    """Whether some operator demands a fixed value of a binding key; None when it cannot be known."""
    if condition is UNKNOWN:
        return None
    if not isinstance(condition, Mapping):
        return False
    verdicts = [_binds(demands) for operator, demands in condition.items() if _demanding(operator)]
    return True if True in verdicts else None if None in verdicts else False


def _demanding(operator: str) -> bool:
    return operator.lower().removeprefix("foranyvalue:") in _DEMANDS


def _binds(demands: Value) -> bool | None:
    """Whether one operator's demands hold a binding key with a fixed value; None when it cannot be known."""
    if demands is UNKNOWN:
        return None
    if not isinstance(demands, Mapping):
        return False
    given = [value for key, value in demands.items() if key.lower() in _BINDING]
    values = [[value] if isinstance(value, str) else entries(value) for value in given]
    if any(row and all(isinstance(name, str) and not _wild(name) for name in row) for row in values):
        return True
    return None if any(UNKNOWN in row for row in values) else False


def _wild(name: str) -> bool:
    """Whether a value names all: it starts with a wildcard, for an ARN in its account, or is filled in by AWS."""
    account = (name.split(":") + ["*"] * _ACCOUNT)[_ACCOUNT] if name.startswith("arn:") else name
    return account[:1] in {"*", "?"} or "${" in name
