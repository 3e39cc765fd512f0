"""A role that tokens of an OIDC provider open is bound to a subject."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from policies.domain.permissions import covers
from policies.domain.statements import NotAPolicy, allows, demands, listed, statements
from policies.domain.verdict import Verdict, all_of, any_of, found, negated
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "aws:iam/role:Role"  # noqa: S105 - a Pulumi type token, no password
_POLICY = "assumeRolePolicy"
_ACTION = "sts:AssumeRoleWithWebIdentity"
_PROVIDER = ":oidc-provider/"

#: What a bound subject looks like, by the provider's host (its beginning). GitHub gives one provider to all its users,
#: and a cluster one to all its namespaces: a repository, or a namespace, must be said without a wildcard. Elsewhere the
#: first two parts must: of whom it is.
_SUBJECTS = (
    ("token.actions.githubusercontent.com", re.compile(r"repo:[^/*?:]+/[^/*?:]+(:.*)?")),
    ("oidc.eks.", re.compile(r"system:serviceaccount:[^*?:]+:.+")),
    ("", re.compile(r"[^*?:]+:[^*?:]+:.*|[^*?]+")),
)
#: Providers that IAM knows by name, and what says whose users they are: any pool, any app there is has tokens of them.
_APPS = {
    "accounts.google.com": "accounts.google.com:aud",
    "cognito-identity.amazonaws.com": "cognito-identity.amazonaws.com:aud",
    "graph.facebook.com": "graph.facebook.com:app_id",
    "www.amazon.com": "www.amazon.com:app_id",
}
_APP = re.compile(r"[^*?]+")


def check(facts: Facts) -> Iterator[Result]:
    """Each statement that lets a token in must demand its subject, ``<provider>:sub``, or the app that it is for."""
    policy = look(facts.props, _POLICY)
    if policy is UNKNOWN:
        yield Pending(where=_POLICY)
        return
    # What is no JSON is `iam-trust-private`'s.
    with suppress(NotAPolicy):
        for place, statement in enumerate(statements(policy)):
            where = f"{_POLICY}.Statement[{place}].Condition"
            yield from found(
                _open(statement),
                where,
                what="anyone's token of that provider opens it: whose it must be is not demanded",
            )


def _open(statement: Value) -> Verdict:
    actions = any_of(_by_token(action) for action in listed(look(statement, "Action")))
    condition = look(statement, "Condition")
    principals = listed(look(statement, "Principal", "Federated"))
    return all_of((allows(statement), actions, any_of(_unbound(principal, condition) for principal in principals)))


def _by_token(action: Value) -> Verdict:
    return None if action is UNKNOWN else isinstance(action, str) and covers(action, _ACTION)


def _unbound(principal: Value, condition: Value) -> Verdict:
    """Whether a principal is an OIDC provider, and its subject, or its app, is not bound."""
    if principal is UNKNOWN:
        return None
    if not isinstance(principal, str):
        return False
    if principal in _APPS:
        return negated(_demanded(condition, _APPS[principal], _APP))
    if _PROVIDER not in principal:
        return False
    host = principal.partition(_PROVIDER)[2].lower()
    pattern = next(pattern for start, pattern in _SUBJECTS if host.startswith(start))
    return negated(_demanded(condition, f"{host}:sub", pattern))


def _demanded(condition: Value, key: str, pattern: re.Pattern[str]) -> Verdict:
    return demands(condition, {key}, lambda value: pattern.fullmatch(value) is not None)


RULE = Rule(
    id="iam-federated-trust-bound",
    title="A role that an OIDC provider's tokens open is bound to a subject",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="GitHub signs tokens for everyone: a role that demands no repository is open to every workflow in the world.",
    fix='demand "StringEquals": {"<provider>:sub": "repo:<owner>/<repository>:environment:<name>"}; '
    'for Cognito its pool, "cognito-identity.amazonaws.com:aud"',
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    applies=_TOKEN.__eq__,
    check=check,
)
