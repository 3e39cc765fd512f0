"""Cases of `iam-federated-trust-bound`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ROLE = "aws:iam/role:Role"
_HOST = "token.actions.githubusercontent.com"
_GITHUB = f"arn:aws:iam::123456789012:oidc-provider/{_HOST}"
_CLUSTER = "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD"
_EKS = f"arn:aws:iam::123456789012:oidc-provider/{_CLUSTER}"
_FIRST = ("assumeRolePolicy.Statement[0].Condition",)
_BRANCH = "repo:octo/groundwork:ref:refs/heads/main"


def _statement(condition: Value, principal: Value = _GITHUB, **changes: Value) -> dict[str, Value]:
    good: dict[str, Value] = {
        "Effect": "Allow",
        "Principal": {"Federated": principal},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    return {key: value for key, value in (good | changes).items() if value is not None}


def _trust(condition: Value, principal: Value = _GITHUB, **changes: Value) -> Facts:
    """A trust policy as the engine sends it where it is known: JSON text."""
    text = json.dumps({"Statement": [_statement(condition, principal, **changes)]})
    return facts(_ROLE, {"assumeRolePolicy": text})


def _partly(condition: Value, principal: Value = _GITHUB, **changes: Value) -> Facts:
    """A trust policy as an object, in which single values may be unknown."""
    return facts(_ROLE, {"assumeRolePolicy": {"Statement": [_statement(condition, principal, **changes)]}})


def _sub(*subjects: Value, operator: str = "StringEquals", host: str = _HOST) -> dict[str, Value]:
    return {operator: {f"{host}:sub": list(subjects), f"{host}:aud": "sts.amazonaws.com"}}


_APPS = (
    "accounts.google.com:aud",
    "cognito-identity.amazonaws.com:aud",
    "graph.facebook.com:app_id",
    "www.amazon.com:app_id",
)

PASS = {
    "one branch": _trust(_sub(_BRANCH)),
    "one environment": _trust(_sub("repo:octo/groundwork:environment:prod")),
    "text in place of a list": _trust({"StringEquals": {f"{_HOST}:sub": _BRANCH}}),
    "any branch of a repository": _trust(_sub("repo:octo/groundwork:*", operator="StringLike")),
    "a subject that cannot be taken over": _trust(_sub("repo:octo@1/groundwork@2:ref:refs/heads/main")),
    "the key in other letters": _trust({"StringEquals": {f"{_HOST.upper()}:Sub": _BRANCH}}),
    "an account of a cluster": _trust(_sub("system:serviceaccount:jobs:backup", host=_CLUSTER), _EKS),
    "another provider's": _trust(
        _sub("project_path:octo/x:*", operator="StringLike", host="gitlab.com"),
        "arn:aws:iam::123456789012:oidc-provider/gitlab.com",
    ),
    "denied": _trust(None, Effect="Deny"),
    "a service": facts(
        _ROLE,
        {"assumeRolePolicy": json.dumps({"Statement": {"Principal": {"Service": "ec2"}, "Action": "sts:AssumeRole"}})},
    ),
    "SAML": _trust(None, "arn:aws:iam::123456789012:saml-provider/x", Action="sts:AssumeRoleWithSAML"),
    "another provider's, without parts": _trust(
        _sub("auth0|5f7c8ec7", host="octo.eu.auth0.com"), "arn:aws:iam::123456789012:oidc-provider/octo.eu.auth0.com"
    ),
    **{
        f"one app of {key}": _trust({"StringEquals": {key: "eu-central-1:1234"}}, key.partition(":")[0])
        for key in _APPS
    },
    "a service in place of a provider": _trust(None, "ec2.amazonaws.com"),
    "wrong type: a provider by number": _trust(None, [1.0]),
    "a tag of a session alone": _trust(None, Action="sts:TagSession"),
    "no JSON is another rule's": facts(_ROLE, {"assumeRolePolicy": "{"}),
    "no trust": facts(_ROLE, {}),
}
FAIL = {
    "no condition": (_trust(None), _FIRST),
    "the audience alone": (_trust({"StringEquals": {f"{_HOST}:aud": "sts.amazonaws.com"}}), _FIRST),
    "every subject": (_trust(_sub("*", operator="StringLike")), _FIRST),
    "every repository": (_trust(_sub("repo:*", operator="StringLike")), _FIRST),
    "every repository of an owner": (_trust(_sub("repo:octo/*", operator="StringLike")), _FIRST),
    "every repository that begins alike": (_trust(_sub("repo:octo/groundwork*", operator="StringLike")), _FIRST),
    "every repository of an owner, by its other name": (
        _trust(_sub("repository_owner:octo:*", operator="StringLike")),
        _FIRST,
    ),
    "every owner": (_trust(_sub("repo:*/groundwork:*", operator="StringLike")), _FIRST),
    "one that is bound, one that is not": (_trust(_sub(_BRANCH, "repo:octo/*", operator="StringLike")), _FIRST),
    "no subjects": (_trust(_sub()), _FIRST),
    "all but one": (_trust(_sub(_BRANCH, operator="StringNotEquals")), _FIRST),
    "only if it is there": (_trust(_sub(_BRANCH, operator="StringEqualsIfExists")), _FIRST),
    "all values of none": (_trust(_sub(_BRANCH, operator="ForAllValues:StringEquals")), _FIRST),
    "another provider's subject": (_trust(_sub(_BRANCH, host="gitlab.com")), _FIRST),
    "by every action": (_trust(None, Action="sts:*"), _FIRST),
    "every namespace of a cluster": (
        _trust(_sub("system:serviceaccount:*:backup", operator="StringLike", host=_CLUSTER), _EKS),
        _FIRST,
    ),
    "another provider's, every subject": (
        _trust(_sub("*", operator="StringLike", host="gitlab.com"), "arn:aws:iam::1:oidc-provider/gitlab.com"),
        _FIRST,
    ),
    "another provider's, all of a kind": (
        _trust(
            _sub("project_path:*", operator="StringLike", host="gitlab.com"), "arn:aws:iam::1:oidc-provider/gitlab.com"
        ),
        _FIRST,
    ),
    "another provider's, all that begin alike": (
        _trust(
            _sub("project_path:o*:x", operator="StringLike", host="gitlab.com"),
            "arn:aws:iam::1:oidc-provider/gitlab.com",
        ),
        _FIRST,
    ),
    **{f"every app of {key}": (_trust(None, key.partition(":")[0]), _FIRST) for key in _APPS},
    "an app by a wildcard": (
        _trust({"StringLike": {"cognito-identity.amazonaws.com:aud": "eu-*"}}, "cognito-identity.amazonaws.com"),
        _FIRST,
    ),
    "one of two providers": (_trust(_sub(_BRANCH), [_GITHUB, _EKS]), _FIRST),
    "a condition that is none": (_trust("sub"), _FIRST),
}
PENDING = {
    "the policy": (facts(_ROLE, {"assumeRolePolicy": UNKNOWN}), ("?assumeRolePolicy",)),
    "the provider": (_partly(None, UNKNOWN), tuple(f"?{where}" for where in _FIRST)),
    "the condition": (_partly(UNKNOWN), tuple(f"?{where}" for where in _FIRST)),
    "what it demands": (_partly({"StringEquals": UNKNOWN}), tuple(f"?{where}" for where in _FIRST)),
    "the subject": (_partly(_sub(UNKNOWN)), tuple(f"?{where}" for where in _FIRST)),
    "the action": (_partly(None, Action=UNKNOWN), tuple(f"?{where}" for where in _FIRST)),
    "the effect": (_partly(None, Effect=UNKNOWN), tuple(f"?{where}" for where in _FIRST)),
}
