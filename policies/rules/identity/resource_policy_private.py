"""No key, queue, topic, secret, function or repository lets everyone in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.statements import private, wild
from policies.domain.verdict import Verdict, all_of, among, any_of, found, negated
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Property that holds the policy, by type; buckets have a rule of their own (`s3-policy-private`).
PROPERTY = {
    "aws:acmpca/policy:Policy": "policy",
    "aws:backup/vaultPolicy:VaultPolicy": "policy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
    "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:elasticsearch/domain:Domain": "accessPolicies",
    "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:glacier/vault:Vault": "accessPolicy",
    "aws:glue/resourcePolicy:ResourcePolicy": "policy",
    "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
    "aws:kms/externalKey:ExternalKey": "policy",
    "aws:kms/key:Key": "policy",
    "aws:kms/keyPolicy:KeyPolicy": "policy",
    "aws:kms/replicaExternalKey:ReplicaExternalKey": "policy",
    "aws:kms/replicaKey:ReplicaKey": "policy",
    "aws:msk/clusterPolicy:ClusterPolicy": "policy",
    "aws:opensearch/domain:Domain": "accessPolicies",
    "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
    "aws:ses/identityPolicy:IdentityPolicy": "policy",
    "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy": "policy",
    "aws:sns/topic:Topic": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:sqs/queue:Queue": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
}
#: A permission is a statement in parts: whom, and what binds them, by type.
_PERMISSIONS = {
    "aws:lambda/layerVersionPermission:LayerVersionPermission": ("organizationId",),
    "aws:lambda/permission:Permission": ("principalOrgId", "sourceAccount", "sourceArn"),
}
_ADDRESS = "aws:lambda/functionUrl:FunctionUrl"


def check(facts: Facts) -> Iterator[Result]:
    """No statement may allow the principal ``*`` unless a condition binds it to someone known."""
    if facts.token in _PERMISSIONS:
        everyone = among(look(facts.props, "principal"), {"*"})
        bound = any_of(_names_one(look(facts.props, name)) for name in _PERMISSIONS[facts.token])
        yield from found(all_of((everyone, negated(bound))), "principal", what="everyone may use the function or layer")
    elif facts.token == _ADDRESS:
        open_ = among(look(facts.props, "authorizationType"), {"NONE"})
        yield from found(
            open_, "authorizationType", what="everyone may invoke the function", fix="set authorizationType to AWS_IAM"
        )
    else:
        name = PROPERTY[facts.token]
        yield from private(name, look(facts.props, name))


def _names_one(value: Value) -> Verdict:
    return None if value is UNKNOWN else isinstance(value, str) and value != "" and not wild(value)


RULE = Rule(
    id="iam-resource-policy-private",
    title="No key, queue, topic, secret, function, domain or repository lets everyone in",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Anyone with any AWS account decrypts, reads or writes with it.",
    fix="name the principals, or add a condition with a fixed account, organization, VPC or source ARN",
    link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    applies=(PROPERTY.keys() | _PERMISSIONS.keys() | {_ADDRESS}).__contains__,
    check=check,
)
