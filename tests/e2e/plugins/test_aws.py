"""The aws stand-in through the real engine: one stack's life, told fact by fact."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.plugins.conftest import Cloud, Engine, Run

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("aws")]

LLM_KEYS = "prod/eval-platform/llm-keys"
SECRET = "a-secret-value-0123456789"  # noqa: S105 - what the tests look for in files
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
ALLOW = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
)


def _bucket_id() -> dict[str, Any]:
    return {"$output": ["bucket", "id"]}


STALE = {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}
RESOURCES: list[dict[str, Any]] = [
    {
        "name": "bucket",
        "type": "aws:s3/bucket:Bucket",
        "properties": {"bucket": "second-copy", "tags": {"owner": "ops"}},
        "outputs": ["arn", "tagsAll"],
    },
    {
        "name": "autonamed",
        "type": "aws:s3/bucket:Bucket",
        "properties": {"forceDestroy": True},
        "outputs": ["arn"],
    },
    {
        "name": "versioning",
        "type": "aws:s3/bucketVersioning:BucketVersioning",
        "properties": {"bucket": _bucket_id(), "versioningConfiguration": {"status": "Enabled"}},
        "outputs": ["bucket"],
    },
    {
        "name": "encryption",
        "type": "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "properties": {
            "bucket": _bucket_id(),
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": True}],
        },
    },
    {
        "name": "block",
        "type": "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "properties": {
            "bucket": _bucket_id(),
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
    },
    {
        "name": "lifecycle",
        "type": "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "properties": {
            "bucket": _bucket_id(),
            "rules": [
                {
                    "id": "hourly",
                    "status": "Enabled",
                    "filter": {"prefix": "hourly/"},
                    "expiration": {"days": 2},
                    "noncurrentVersionExpiration": {"noncurrentDays": 7},
                    "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1},
                },
                {"id": "all", "status": "Enabled", "transitions": [{"days": 30, "storageClass": "GLACIER"}]},
            ],
        },
    },
    {
        "name": "ownership",
        "type": "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "properties": {"bucket": _bucket_id(), "rule": {"objectOwnership": "BucketOwnerEnforced"}},
    },
    {
        "name": "policy",
        "type": "aws:s3/bucketPolicy:BucketPolicy",
        "properties": {
            "bucket": _bucket_id(),
            "policy": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": {"$output": ["bucket", "arn"]},
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    }
                ],
            },
        },
    },
    {
        "name": "log-policy",
        "type": "aws:s3/bucketPolicy:BucketPolicy",
        "properties": {
            "bucket": {"$output": ["autonamed", "id"]},
            "policy": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "logging.s3.amazonaws.com"},
                        "Action": "s3:PutObject",
                        "Resource": {"$output": ["autonamed", "arn"]},
                    }
                ],
            },
        },
        "outputs": ["bucket"],
    },
    {
        "name": "logging",
        "type": "aws:s3/bucketLogging:BucketLogging",
        "properties": {
            "bucket": _bucket_id(),
            "targetBucket": {"$output": ["log-policy", "bucket"]},
            "targetPrefix": "log/",
        },
    },
    {
        "name": "role",
        "type": "aws:iam/role:Role",
        "properties": {"name": "replicator", "assumeRolePolicy": TRUST, "description": "copies"},
        "outputs": ["arn"],
    },
    {
        "name": "replication",
        "type": "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        "properties": {
            "bucket": {"$output": ["versioning", "bucket"]},  # S3 replicates a bucket only once it keeps versions
            "role": {"$output": ["role", "arn"]},
            "rules": [
                {
                    "id": "all",
                    "status": "Enabled",
                    "priority": 1,
                    "filter": {"prefix": ""},
                    "deleteMarkerReplication": {"status": "Enabled"},
                    "destination": {"bucket": {"$output": ["bucket", "arn"]}, "storageClass": "STANDARD_IA"},
                }
            ],
        },
    },
    {
        "name": "reader",
        "type": "aws:iam/policy:Policy",
        "properties": {"name": "reader", "policy": ALLOW},
        "outputs": ["arn"],
    },
    {
        "name": "inline",
        "type": "aws:iam/rolePolicy:RolePolicy",
        "properties": {"name": "inline", "role": {"$output": ["role", "id"]}, "policy": ALLOW},
    },
    {
        "name": "attachment",
        "type": "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "properties": {"role": {"$output": ["role", "id"]}, "policyArn": {"$output": ["reader", "arn"]}},
    },
    {
        "name": "secret",
        "type": "aws:secretsmanager/secret:Secret",
        "properties": {"name": LLM_KEYS, "recoveryWindowInDays": 0},
        "outputs": ["arn"],
    },
    {
        "name": "version",
        "type": "aws:secretsmanager/secretVersion:SecretVersion",
        "properties": {"secretId": {"$output": ["secret", "id"]}, "secretString": {"$secret": SECRET}},
    },
    {
        "name": "key",
        "type": "aws:kms/key:Key",
        "properties": {"description": "state", "enableKeyRotation": True},
        "outputs": ["keyId"],
    },
    {
        "name": "alias",
        "type": "aws:kms/alias:Alias",
        "properties": {"name": "alias/state", "targetKeyId": {"$output": ["key", "keyId"]}},
    },
    {
        "name": "repository",
        "type": "aws:ecr/repository:Repository",
        "properties": {
            "name": "jobs/backup",
            "imageTagMutability": "IMMUTABLE",
            "imageScanningConfiguration": {"scanOnPush": True},
        },
    },
    {
        "name": "images",
        "type": "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "properties": {
            "repository": {"$output": ["repository", "id"]},
            "policy": json.dumps({"rules": [{"rulePriority": 1, "selection": STALE, "action": {"type": "expire"}}]}),
        },
    },
    {
        "name": "pullers",
        "type": "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "properties": {
            "repository": {"$output": ["repository", "id"]},
            "policy": json.dumps({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage"}]}),
        },
    },
    {
        "name": "database",
        "type": "aws:rds/instance:Instance",
        "properties": {"instanceClass": "db.t4g.micro", "username": "app", "password": {"$secret": SECRET}},
        "outputs": ["arn", "endpoint"],
    },
]


def _with(resources: list[dict[str, Any]], resource: str, **properties: object) -> list[dict[str, Any]]:
    changed = copy.deepcopy(resources)
    next(item for item in changed if item["name"] == resource)["properties"].update(properties)
    return changed


@dataclass(frozen=True)
class Life:
    """What each step of the stack's life left."""

    made: Run
    state: dict[str, dict[str, Any]]
    export: str
    unchanged: Run
    refreshed: Run
    drifted: dict[str, dict[str, Any]]
    healed: Run
    changed: Run
    after: dict[str, dict[str, Any]]
    seen: dict[str, Any]
    destroyed: Run


def _drift(cloud: Cloud) -> None:
    """What someone else does behind Pulumi's back."""
    cloud.aws("iam").update_role(RoleName="replicator", Description="changed by hand")
    cloud.aws("s3").delete_bucket_lifecycle(Bucket="second-copy")
    cloud.aws("s3").put_bucket_versioning(Bucket="second-copy", VersioningConfiguration={"Status": "Suspended"})
    cloud.aws("secretsmanager").delete_secret(SecretId=LLM_KEYS, ForceDeleteWithoutRecovery=True)
    cloud.aws("ecr").delete_lifecycle_policy(repositoryName="jobs/backup")
    cloud.aws("ecr").delete_repository_policy(repositoryName="jobs/backup")
    for record in (cloud.connections.root / "recorded" / "aws").glob("Instance-*.json"):
        record.unlink()


@pytest.fixture(scope="module")
def life(cloud: Cloud, engine: Engine) -> Life:
    """Make, leave, break, mend, change and remove one stack."""
    engine.declare(*RESOURCES)
    made = engine.run("up")
    assert made.exit_code == 0, made.output
    state = engine.state()
    export = engine.call("stack", "export", "--stack", "test").stdout
    unchanged = engine.run("preview")
    _drift(cloud)
    refreshed = engine.run("refresh")
    drifted = engine.state()
    healed = engine.run("up")
    cloud.objects().put_object(Bucket=state["autonamed"]["id"], Key="x/y", Body=b"1")
    changes = _with(RESOURCES, "bucket", tags={"owner": "data"})
    changes = _with(changes, "role", description="other")
    changes = _with(changes, "repository", name="jobs/other")
    changes = _with(changes, "version", secretString={"$secret": f"{SECRET}-new"})
    changes = _with(changes, "database", instanceClass="db.t4g.small")
    engine.declare(*changes)
    changed = engine.run("up")
    after = engine.state()
    seen = {
        "tags": cloud.aws("s3").get_bucket_tagging(Bucket="second-copy")["TagSet"],
        "secret": cloud.aws("secretsmanager").get_secret_value(SecretId=LLM_KEYS)["SecretString"],
        "repositories": [item["repositoryName"] for item in cloud.aws("ecr").describe_repositories()["repositories"]],
        "buckets": sorted(item["Name"] for item in cloud.objects().list_buckets()["Buckets"]),
        "versioning": cloud.objects().get_bucket_versioning(Bucket="second-copy")["Status"],
    }
    destroyed = engine.run("destroy")
    return Life(made, state, export, unchanged, refreshed, drifted, healed, changed, after, seen, destroyed)


def test_everything_is_made(life: Life) -> None:
    """The first update makes every resource."""
    assert {item["name"]: "create" for item in RESOURCES} == life.made.operations


def test_nothing_changes_without_a_change(life: Life) -> None:
    """A second preview of the same program finds nothing to do."""
    assert (0, {}) == (life.unchanged.exit_code, life.unchanged.changes)


def test_drift_and_loss_show_in_a_refresh(life: Life) -> None:
    """A refresh sees what was changed, and what was deleted, behind its back."""
    gone = {"lifecycle", "secret", "version", "images", "pullers", "database"}
    assert gone == life.state.keys() - life.drifted.keys()
    assert "changed by hand" == life.drifted["role"]["inputs"]["description"]
    assert {"status": "Suspended"} == life.drifted["versioning"]["inputs"]["versioningConfiguration"]


def test_next_update_mends(life: Life) -> None:
    """The update after a drift puts back what was changed and makes what was lost, and nothing else."""
    assert {
        "lifecycle": "create",
        "secret": "create",
        "version": "create",
        "images": "create",
        "pullers": "create",
        "database": "create",
        "role": "update",
        "versioning": "update",
    } == life.healed.changes


def test_update_and_replace(life: Life) -> None:
    """A changed tag updates, a changed name or secret value replaces, with what hangs on it."""
    assert {
        "bucket": "update",
        "role": "update",
        "repository": "replace",
        "images": "replace",
        "pullers": "replace",
        "version": "replace",
        "database": "update",
    } == life.changed.changes, life.changed.output


def test_services_hold_what_was_declared(life: Life) -> None:
    """The services themselves hold the new tags, secret, repository and versioning."""
    assert {
        "tags": [{"Key": "managed-by", "Value": "groundwork"}, {"Key": "owner", "Value": "data"}],
        "secret": f"{SECRET}-new",
        "repositories": ["jobs/other"],
        "buckets": sorted(["second-copy", life.state["autonamed"]["id"]]),
        "versioning": "Enabled",
    } == life.seen


def test_default_tags_are_in_all_tags(life: Life) -> None:
    """The provider's default tags are merged into every resource's tags."""
    assert {"managed-by": "groundwork", "owner": "ops"} == life.state["bucket"]["outputs"]["tagsAll"]


def test_made_up_name_stays(life: Life) -> None:
    """A name that the plugin made up is the resource's own with a suffix, and stays."""
    name = life.state["autonamed"]["id"]
    assert name.startswith("autonamed-")
    assert name == life.after["autonamed"]["id"]


def test_outputs_are_the_services_own(life: Life) -> None:
    """ARNs and ids are of the vendor's form."""
    outputs = {name: item["outputs"].get("arn") for name, item in life.state.items() if "outputs" in item}
    assert "arn:aws:s3:::second-copy" == outputs["bucket"]
    assert "arn:aws:iam::123456789012:role/replicator" == outputs["role"]
    assert outputs["database"].startswith("arn:aws:rds:us-east-1:123456789012:instance/")


def test_secrets_are_nowhere_in_plain_text(life: Life, cloud: Cloud, engine: Engine) -> None:
    """A secret value is in no state, no record and no output of the engine."""
    places = [*(engine.project / "state").rglob("*"), *(cloud.connections.root / "recorded").rglob("*")]
    holding = [path for path in places if path.is_file() and SECRET.encode() in path.read_bytes()]
    outputs = [life.made.output, life.changed.output, life.healed.output, life.export]
    assert ([], [False] * 4) == (holding, [SECRET in text for text in outputs])


def test_destroy_leaves_nothing(life: Life, cloud: Cloud) -> None:
    """A destroy removes everything, the bucket with forceDestroy even with an object in it."""
    assert 0 == life.destroyed.exit_code, life.destroyed.output
    assert [] == cloud.objects().list_buckets().get("Buckets", [])
    assert [] == cloud.aws("iam").list_roles()["Roles"]
    assert [] == list((cloud.connections.root / "recorded" / "aws").glob("*.json"))
