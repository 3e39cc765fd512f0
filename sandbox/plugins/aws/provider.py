"""Which handler serves which AWS resource, and the functions that programs call."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from providers.kit import Call, Handler, Properties, ProviderError, Value
from sandbox.plugins.aws import bucket, bucket_parts, ecr, functions, iam, kms, secrets_manager
from sandbox.plugins.aws.surroundings import Surroundings
from sandbox.plugins.recorded import RecordedHandler
from sandbox.plugins.records import Records
from sandbox.plugins.services import Services
from sandbox.plugins.typed import TypedProvider

if TYPE_CHECKING:
    from sandbox.plugins.aws.handler import AwsHandler
    from sandbox.plugins.sdk_types import ResourceType

#: The resources that are real in the sandbox; every other is recorded.
LIVE: dict[str, type[AwsHandler]] = {
    "aws:s3/bucket:Bucket": bucket.Bucket,
    "aws:s3/bucketV2:BucketV2": bucket.Bucket,
    "aws:iam/role:Role": iam.Role,
    "aws:iam/policy:Policy": iam.Policy,
    "aws:iam/rolePolicy:RolePolicy": iam.RolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachment,
    "aws:secretsmanager/secret:Secret": secrets_manager.Secret,
    "aws:secretsmanager/secretVersion:SecretVersion": secrets_manager.SecretVersion,
    "aws:kms/key:Key": kms.Key,
    "aws:kms/alias:Alias": kms.Alias,
    "aws:ecr/repository:Repository": ecr.Repository,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ecr.LifecyclePolicy,
    "aws:ecr/repositoryPolicy:RepositoryPolicy": ecr.RepositoryPolicy,
}


class Aws(TypedProvider):
    """The stand-in for pulumi-aws."""

    def __init__(self) -> None:
        super().__init__("pulumi_aws")
        self._surroundings = Surroundings()

    def configure(self, inputs: Properties) -> None:
        """Take region and default tags; credentials are not looked at: the sandbox has its own."""
        self._surroundings = Surroundings.of(inputs)
        self.forget()

    def build(self, kind: ResourceType) -> Handler:
        """A live handler where the sandbox has a service for it, else a recorded one."""
        live = LIVE.get(kind.token)
        if live is None and _is_part(kind.token):
            live = bucket_parts.BucketPart
        if live is not None:
            return live(kind, self.checker, lambda: self._services, self._surroundings)
        return RecordedHandler(
            kind, self.checker, lambda: self._records, guess=self._guess, settle=self._surroundings.settle
        )

    def invoke(self, call: Call, token: str, arguments: Properties) -> Properties:
        """One of the functions that need no real account."""
        del call
        function = functions.FUNCTIONS.get(token)
        if function is None:
            known = ", ".join(sorted(functions.FUNCTIONS))
            raise ProviderError(f"the sandbox's stand-in for aws has no function {token}; it has {known}")
        return function(self._surroundings, arguments)

    @cached_property
    def _services(self) -> Services:
        return Services(self._surroundings.region)

    @cached_property
    def _records(self) -> Records:
        return Records.below(self._services.connections.root, "aws")

    def _guess(self, kind: ResourceType, identity: str, name: str, inputs: Properties) -> Value:
        """ARN and account of a recorded resource."""
        module, _, type_name = kind.token.removeprefix("aws:").rpartition(":")
        service = module.partition("/")[0]
        match name:
            case "arn":
                own = inputs.get("name")
                rest = own if isinstance(own, str) else identity
                return self._surroundings.arn(service, f"{type_name[0].lower()}{type_name[1:]}/{rest}")
            case "ownerId" | "accountId" | "registryId":
                return self._surroundings.account
            case _:
                return None


def _is_part(token: str) -> bool:
    return token.startswith("aws:s3/") and bucket_parts.part_name(token) in bucket_parts.PARTS
