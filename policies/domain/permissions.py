"""What policies of IAM identities allow: their statements, actions and resources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from policies.domain.statements import NotAPolicy, allows, listed, statements
from policies.domain.verdict import Verdict, any_of, given
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Pending, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROLE = "aws:iam/role:Role"
#: Property that holds the policy, by type.
_PROPERTY = {
    "aws:iam/groupPolicy:GroupPolicy": "policy",
    "aws:iam/policy:Policy": "policy",
    "aws:iam/rolePolicy:RolePolicy": "policy",
    "aws:iam/userPolicy:UserPolicy": "policy",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
}
#: Types that carry a policy of an identity.
TOKENS = frozenset({_ROLE, *_PROPERTY})

_WILD = "*?"
#: No action has more letters; a longer pattern is one that IAM refuses.
_LONGEST = 256
#: An ARN's last part, the resource, stands behind this many colons.
_COLONS = 5
#: Kinds of resources that are nearly all that their service holds: each one of them is the same as everything.
_KINDS = frozenset({"function", "group", "instance", "key", "parameter", "policy", "role", "secret", "table", "user"})
_KIND = re.compile(r"([a-z]+)[:/](.+)")


@dataclass(frozen=True)
class Grant:
    """One statement of an identity's policy: its path and itself (it may be unknown)."""

    where: str
    statement: Value

    @property
    def allows(self) -> Verdict:
        """Whether it allows something."""
        return allows(self.statement)

    def acts(self, matches: Callable[[str], bool]) -> Verdict:
        """Whether one of its actions is such a one; `NotAction` takes all actions but some, and so always has one."""
        return self._names("Action", matches)

    def reaches(self, matches: Callable[[str], bool]) -> Verdict:
        """Whether one of its resources is such a one; `NotResource` takes all but some, and so always has one."""
        return self._names("Resource", matches)

    def _names(self, key: str, matches: Callable[[str], bool]) -> Verdict:
        named = (_matching(value, matches) for value in listed(look(self.statement, key)))
        return any_of((given(look(self.statement, f"Not{key}")), *named))


def grants(facts: Facts) -> Iterator[Grant | Pending | Violation]:
    """Every statement of the policies that a resource carries; what is wrong with a policy in place of its own."""
    if facts.token == _ROLE:
        for place, inline in enumerate(entries(look(facts.props, "inlinePolicies"))):
            yield from _grants(f"inlinePolicies[{place}].policy", look(inline, "policy"))
    elif facts.token in _PROPERTY:
        name = _PROPERTY[facts.token]
        yield from _grants(name, look(facts.props, name))


def _grants(where: str, policy: Value) -> Iterator[Grant | Pending | Violation]:
    if policy is UNKNOWN:
        yield Pending(where=where)
        return
    try:
        for place, statement in enumerate(statements(policy)):
            yield Grant(f"{where}.Statement[{place}]", statement)
    except NotAPolicy:
        yield Violation(where=where, what="it is no JSON object", fix="give the policy as json.dumps(...) makes it")


def is_any_action(action: str) -> bool:
    """Whether an action is every one, or every one of a service: ``*``, ``s3:*``."""
    name = action.rpartition(":")[2]
    return name != "" and not name.strip(_WILD)


def is_any_resource(resource: str) -> bool:
    """Whether a resource is every one, or every one of a service: ``*``, ``arn:aws:s3:::*``, ``...:role/*``."""
    name = resource.split(":", _COLONS)[-1]
    kind = _KIND.fullmatch(name)
    if kind and kind[1] in _KINDS and not _is_bucket(resource):
        name = kind[2]
    return name != "" and not name.strip(f"{_WILD}/")


def _is_bucket(resource: str) -> bool:
    # Before the slash stands a bucket's name there, not a kind.
    return resource.startswith("arn:") and resource.split(":")[2:3] == ["s3"]


def covers(pattern: str, action: str) -> bool:
    """Whether an action with wildcards takes in one of a name; case does not count."""
    return len(pattern) <= _LONGEST and fnmatchcase(action.lower(), pattern.lower())


def _matching(value: Value, matches: Callable[[str], bool]) -> Verdict:
    return None if value is UNKNOWN else isinstance(value, str) and matches(value)
