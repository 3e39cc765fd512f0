"""Namespaces are closed; buckets are private; the program itself reaches nothing."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest
import pytest_socket

if TYPE_CHECKING:
    from tests.program.conftest import Program

STACKS = ["local", "staging", "prod"]


def spec(program: Program, name: str) -> dict[str, Any]:
    """The spec of one object."""
    found: dict[str, Any] = program.one(name).inputs["spec"]
    return found


def test_these_tests_cannot_reach_a_network() -> None:
    """A socket of the internet is refused here, so every other test here ran without one."""
    with pytest.warns(UserWarning, match="socket"), pytest.raises(pytest_socket.SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.parametrize("stack", STACKS)
def test_namespaces_enforce_the_restricted_profile(programs: dict[str, Program], stack: str) -> None:
    """Pod Security is enforced, audited and warned about by the strictest profile."""
    labels = programs[stack].one("amoisekai-namespace").labels

    assert {"restricted"} == {labels[f"pod-security.kubernetes.io/{mode}"] for mode in ("enforce", "audit", "warn")}


@pytest.mark.parametrize("stack", STACKS)
def test_all_traffic_is_refused_by_default(programs: dict[str, Program], stack: str) -> None:
    """The default policy picks every pod, for both directions, and allows nothing."""
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": []} == spec(
        programs[stack], "amoisekai-default-deny"
    )


def test_only_backup_pods_reach_the_object_stores(prod: Program) -> None:
    """The way out picks pods by the labels that backup pods carry."""
    picked = spec(prod, "amoisekai-allow-object-stores")["podSelector"]["matchLabels"]
    carried = prod.one("amoisekai-backup-hourly-cronjob").inputs["spec"]["jobTemplate"]["spec"]["template"]

    assert {"app.kubernetes.io/instance": "amoisekai", "app.kubernetes.io/component": "backup"} == picked
    assert picked.items() <= carried["metadata"]["labels"].items()


def test_the_way_out_is_https_to_public_addresses(prod: Program) -> None:
    """Both stores share one rule: port 443, private and link-local networks left out."""
    (rule,) = spec(prod, "amoisekai-allow-object-stores")["egress"]

    assert [{"port": 443, "protocol": "TCP"}] == rule["ports"]
    assert "169.254.0.0/16" in rule["to"][0]["ipBlock"]["except"]


def test_the_sandbox_way_out_is_its_own_server_alone(local: Program) -> None:
    """Locally the only address is the S3 server's, on loopback."""
    assert [{"to": [{"ipBlock": {"cidr": "127.0.0.1/32"}}], "ports": [{"port": 7070, "protocol": "TCP"}]}] == spec(
        local, "amoisekai-allow-object-stores"
    )["egress"]


@pytest.mark.parametrize("stack", STACKS)
def test_service_accounts_carry_no_token(programs: dict[str, Program], stack: str) -> None:
    """No account mounts a token on its own."""
    accounts = programs[stack].of("kubernetes:core/v1:ServiceAccount")

    assert {False} == {one.inputs["automountServiceAccountToken"] for one in accounts}


@pytest.mark.parametrize("stack", STACKS)
def test_every_bucket_is_closed_to_the_public(programs: dict[str, Program], stack: str) -> None:
    """Each S3 bucket has its own block with all four settings on."""
    program = programs[stack]
    names = {one.inputs["bucket"] for one in program.of("aws:s3/bucket:Bucket")}
    blocks = program.of("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    settings = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")

    assert names == {one.inputs["bucket"] for one in blocks if all(one.inputs[key] is True for key in settings)}


@pytest.mark.parametrize("stack", STACKS)
def test_every_bucket_refuses_plain_http(programs: dict[str, Program], stack: str) -> None:
    """Each S3 bucket's policy denies requests without TLS, to the bucket and to its objects."""
    program = programs[stack]
    names = {one.inputs["bucket"] for one in program.of("aws:s3/bucket:Bucket")}
    denied = {}
    for one in program.of("aws:s3/bucketPolicy:BucketPolicy"):
        first = json.loads(one.inputs["policy"])["Statement"][0]
        denied[one.inputs["bucket"]] = (first["Effect"], first["Principal"], first["Action"], first["Condition"])

    expected = ("Deny", {"AWS": "*"}, "s3:*", {"Bool": {"aws:SecureTransport": "false"}})
    assert dict.fromkeys(names, expected) == denied


def test_copies_are_encrypted_by_a_key_of_their_own(prod: Program) -> None:
    """The copy and its replica use KMS, each its own key; access logs use S3's, which their delivery demands."""
    encryption = {
        one.name: one.inputs["rules"][0]["applyServerSideEncryptionByDefault"]
        for one in prod.of("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
    }
    key = "arn:aws:kms:eu-central-1:1:key/backups-second-{}-key"

    assert encryption == {
        "backups-second-copy-encryption": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key.format("copy")},
        "backups-second-replica-encryption": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key.format("replica")},
        "backups-second-logs-encryption": {"sseAlgorithm": "AES256"},
        "backups-second-replica-logs-encryption": {"sseAlgorithm": "AES256"},
    }


def test_the_replica_is_in_another_region(prod: Program) -> None:
    """The replica's bucket and key are where the stack file says, and not where the copy is."""
    regions = {one.name: one.inputs["region"] for one in prod.resources if "region" in one.inputs}

    assert ("eu-central-1", "eu-west-1", "eu-west-1") == (
        regions["backups-second-copy-bucket"],
        regions["backups-second-replica-bucket"],
        regions["backups-second-replica-key"],
    )


def test_deletions_are_not_replicated(prod: Program) -> None:
    """What somebody deletes from the copy stays in the replica."""
    (rule,) = prod.one("backups-second-replication").inputs["rules"]

    assert {"status": "Disabled"} == rule["deleteMarkerReplication"]


def test_the_writer_of_copies_can_delete_nothing(prod: Program) -> None:
    """The writer's policy has an action for each call of the job and no more: none deletes, none is a wildcard."""
    statements = json.loads(prod.one("backups-second-writer").inputs["policy"])["Statement"]
    actions = {
        action
        for statement in statements
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }

    assert {
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "s3:AbortMultipartUpload",
        "s3:GetBucketLocation",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:PutObject",
    } == actions


def test_replication_starts_when_all_it_needs_is_there(prod: Program) -> None:
    """Versions on both sides and the role's rights come first: S3 refuses the rule, or loses objects, without."""
    waited = {urn.rpartition("::")[2] for urn in prod.one("backups-second-replication").depends_on}

    assert waited >= {
        "backups-second-copy-versioning",
        "backups-second-replica-versioning",
        "backups-second-replication-rights",
    }


@pytest.mark.parametrize("stack", STACKS)
def test_namespaces_open_no_port_to_the_outside(programs: dict[str, Program], stack: str) -> None:
    """The quota leaves no room for a service that is reached past the ingress."""
    hard = spec(programs[stack], "amoisekai-quota")["hard"]

    assert ("0", "0") == (hard["services.loadbalancers"], hard["services.nodeports"])
