"""What is real in the sandbox, by resource type: the stand-ins record the rest."""

from __future__ import annotations

from typing import Final

#: Types of aws and cloudflare that a service of the sandbox holds; `tests/unit/plugins/test_catalogue.py` holds this
#: list against the stand-ins' own tables.
REAL: Final = frozenset(
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
        "aws:s3/bucket:Bucket",
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
        "cloudflare:index/r2Bucket:R2Bucket",
    }
)

#: Packages whose stand-in may record.
_RECORDING = ("aws:", "cloudflare:", "grafana:")


def is_recorded(token: str) -> bool:
    """Whether a resource of this type is only recorded in the sandbox: checked, kept in a file, nothing behind it."""
    return token.startswith(_RECORDING) and token.replace("V2", "") not in REAL
