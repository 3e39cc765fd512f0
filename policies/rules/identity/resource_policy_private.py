"""No key, queue, topic, secret or repository lets everyone in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.statements import private
from policies.domain.verdict import all_of, among, any_of, found, given, negated
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Property that holds the policy, by type; buckets have a rule of their own (`s3-policy-private`).
PROPERTY = {
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:elasticsearch/domain:Domain": "accessPolicies",
    "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:opensearch/domain:Domain": "accessPolicies",
    "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
}
#: A permission is a statement in parts: whom, and what binds them.
_PERMISSION = "aws:lambda/permission:Permission"
_BINDING = ("principalOrgId", "sourceAccount", "sourceArn")


def check(facts: Facts) -> Iterator[Result]:
    """No statement may allow the principal ``*`` unless a condition binds it to someone known."""
    if facts.token == _PERMISSION:
        everyone = among(look(facts.props, "principal"), {"*"})
        bound = any_of(given(look(facts.props, name)) for name in _BINDING)
        yield from found(all_of((everyone, negated(bound))), "principal", what="everyone may invoke the function")
    else:
        name = PROPERTY[facts.token]
        yield from private(name, look(facts.props, name))


RULE = Rule(
    id="iam-resource-policy-private",
    title="No key, queue, topic, secret, domain or repository lets everyone in",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Anyone with any AWS account decrypts, reads or writes with it.",
    fix="name the principals, or add a condition with a fixed account, organization, VPC or source ARN",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    applies=(PROPERTY.keys() | {_PERMISSION}).__contains__,
    check=check,
)
