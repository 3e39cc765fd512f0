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
    if statement is UNKNOWN:
        return None
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
    demands = [value for operator, value in condition.items() if _demands(operator)]
    if any(isinstance(value, Mapping) and any(_binds(key, fixed) for key, fixed in value.items()) for value in demands):
        return True
    return None if UNKNOWN in demands else False


def _demands(operator: str) -> bool:
    return operator.lower().removeprefix("foranyvalue:") in _DEMANDS


def _binds(key: str, value: Value) -> bool:
    return key.lower() in _BINDING and _fixed(value)


def _fixed(value: Value) -> bool:
    """Whether every value names something: one that starts with a wildcard (an ARN: in its account) names all."""
    names = [value] if isinstance(value, str) or value is UNKNOWN else entries(value)
    # A value that comes late is an output of some resource, as a VPC endpoint's id is: it names that resource.
    return bool(names) and all(name is UNKNOWN or (isinstance(name, str) and not _wild(name)) for name in names)


def _wild(name: str) -> bool:
    parts = name.split(":")
    account = parts[4] if name.startswith("arn:") and len(parts) > 4 else name  # noqa: PLR2004 - an ARN's fifth field
    return account[:1] in {"*", "?"} or "${" in name
