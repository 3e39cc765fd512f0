"""How much of a resource is there in the sandbox, so that nobody takes a record for the real thing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """What stands behind a resource of the local stack."""

    REAL = "real"
    """The real thing, run here: the API server's objects, buckets on the S3 server."""
    EMULATED = "emulated"
    """A service that behaves like the vendor's, with state of its own: moto, or one of the sandbox's own."""
    RECORDED = "recorded"
    """Checked against the SDK's types and kept in a file; nothing acts on it."""


#: Types whose objects are on the S3 server.
BUCKETS: Final = frozenset({"aws:s3/bucket:Bucket", "cloudflare:index/r2Bucket:R2Bucket"})

#: Types that moto, or the sandbox's own Cloudflare, holds. `tests/unit/plugins/test_catalogue.py` holds both lists
#: against the stand-ins' own tables.
EMULATED: Final = frozenset(
    {
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:ecr/repository:Repository",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "aws:iam/policy:Policy",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:kms/alias:Alias",
        "aws:kms/key:Key",
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLogging:BucketLogging",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:secretsmanager/secret:Secret",
        "aws:secretsmanager/secretVersion:SecretVersion",
        "cloudflare:index/accountToken:AccountToken",
        "cloudflare:index/botManagement:BotManagement",
        "cloudflare:index/dnsRecord:DnsRecord",
        "cloudflare:index/r2BucketCors:R2BucketCors",
        "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle",
        "cloudflare:index/r2BucketLock:R2BucketLock",
        "cloudflare:index/r2ManagedDomain:R2ManagedDomain",
        "cloudflare:index/ruleset:Ruleset",
        "cloudflare:index/zoneSetting:ZoneSetting",
    }
)


#: Packages of our own: the provider is the one that acts on the vendor, here it is led to the vendor's fake.
_OWN_PROVIDERS: Final = ("railway:", "uptimerobot:")


def standing(token: str) -> Standing:
    """What stands behind resources of this type token; a type that no stand-in knows is recorded."""
    known = token.replace("V2", "")  # the SDK keeps some types under two tokens; the stand-ins serve both alike
    if known.startswith("kubernetes:") or known in BUCKETS:
        return Standing.REAL
    return Standing.EMULATED if known in EMULATED or known.startswith(_OWN_PROVIDERS) else Standing.RECORDED
