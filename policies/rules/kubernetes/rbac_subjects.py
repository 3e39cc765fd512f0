"""Rights are bound to someone: not to everyone, nobody, or whoever names no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.objects import Object, kinds, objects
from policies.domain.verdict import all_of, among, any_of, found
from policies.facts import Facts, entries
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Who has shown no proof of who he is, who has shown any, every account of the cluster, and who may do everything
#: whatever is bound (Kubernetes, "Using RBAC Authorization", "Default roles").
_EVERYONE = frozenset(
    {
        "system:anonymous",
        "system:authenticated",
        "system:masters",
        "system:serviceaccounts",
        "system:unauthenticated",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """No subject may be a group of everyone, the anonymous user, or an account by the name of ``default``."""
    for binding in objects(facts):
        for place, body in enumerate(entries(binding.look("subjects"))):
            subject = Object(path=binding.at(f"subjects[{place}]"), body=body)
            account = among(subject.look("kind"), {"ServiceAccount"})
            shared = all_of((account, among(subject.look("name"), {"default"})))
            broken = any_of((among(subject.look("name"), _EVERYONE), shared))
            yield from found(broken, subject.at("name"), what="the rights go to whoever comes, not to someone")


RULE = Rule(
    id="rbac-subjects-named",
    title="Rights in the cluster are bound to someone",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="What is bound to everyone is open to the internet where the API is; what is bound to the account `default` "
    "is every pod's that names none.",
    fix="bind the role to a service account of its own, or to a person's user or group",
    link="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles",
    applies=kinds("rbac.authorization.k8s.io", "RoleBinding", "ClusterRoleBinding"),
    check=check,
)
