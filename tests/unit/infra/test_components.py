"""Components: what they refuse, and the plain functions below them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.components import bucket_policy, egress, private_bucket, r2_bucket
from infra.components.backup import DAILY, HOURLY, PODS_AT_ONCE, PROOF, RUNS
from infra.components.base import ArgumentError, Suppress
from infra.components.copy_bucket import CopyBucketArgs
from infra.components.cron_job import ScheduledJobArgs, environment
from infra.components.namespace import ProductNamespaceArgs, Quota, pod_security
from infra.components.private_bucket import PrivateBucketArgs
from infra.components.r2_bucket import R2BucketArgs
from infra.components.retention import TIERS, Tier
from infra.components.secret import CredentialsArgs, SecretKey
from infra.naming import DataClass, Tags
from infra.products.amoisekai.cluster import quota
from infra.shapes import JobSize

if TYPE_CHECKING:
    from collections.abc import Mapping

TAGS = Tags(
    stack="prod", product="game", owner="me", cost_centre="ops", component="backup", data_class=DataClass.PERSONAL
)
JOB = ScheduledJobArgs(
    namespace="game-prod",
    job="backup-hourly",
    labels={},
    schedule="0 * * * *",
    starting_deadline=60,
    deadline=60,
    retries=0,
    image="sandbox/backup:dev",
    args=("capture",),
    env={"B": "2", "A": "1"},
    secret_env={"C": SecretKey("stores", "key")},
    service_account="backup",
    cpu="1",
    memory="1Gi",
)


SUPPRESS = Suppress(
    id="CKV_AWS_145", reason="logs take no key of their own", owner="platform", expires=dt.date(2027, 1, 31)
)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"id": ""}, "id"),
        ({"id": "CKV_AWS_18, CKV_AWS_19"}, "id"),
        ({"id": "CKV_AWS_*"}, "id"),
        ({"reason": "later"}, "reason"),
        ({"owner": " "}, "owner"),
    ],
)
def test_an_excuse_refuses(changes: Mapping[str, Any], names: str) -> None:
    """An excuse for more than one rule, without a reason or without an owner is refused, by argument."""
    with pytest.raises(ArgumentError, match=f"^{names} = "):
        replace(SUPPRESS, **changes)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"schedule": "@hourly"}, "schedule"),
        ({"schedule": "0 * * *"}, "schedule"),
        ({"starting_deadline": 9}, "starting_deadline"),
        ({"deadline": 0}, "deadline"),
        ({"retries": -1}, "retries"),
        ({"secret_env": {"A": SecretKey("stores", "key")}}, "secret_env"),
    ],
)
def test_a_scheduled_job_refuses(changes: Mapping[str, Any], names: str) -> None:
    """A job that would never run, never end or contradict itself is refused, by argument."""
    with pytest.raises(ArgumentError, match=f"^{names} = "):
        replace(JOB, **changes)


def test_variables_are_ordered_by_name() -> None:
    """The same variables in another order give the same container, so no diff."""
    assert ["A", "B", "C"] == [variable.name for variable in environment(JOB)]


@pytest.mark.parametrize("name", ["ab", "-vault", "vault-", "Vault", "va_ult", "x" * 64])
def test_a_name_that_r2_refuses_is_refused_first(name: str) -> None:
    """A bucket's name fails when the args are made, and the message repeats it."""
    with pytest.raises(ArgumentError, match="name = ") as error:
        R2BucketArgs(account_id="a", name=name, location="weur")

    assert repr(name) in str(error.value)


def test_a_bucket_needs_a_tier() -> None:
    """A bucket whose objects never expire is a bill that only grows."""
    with pytest.raises(ArgumentError, match="tiers"):
        R2BucketArgs(account_id="a", name="vault", location="weur", tiers=())
    with pytest.raises(ArgumentError, match="tiers"):
        PrivateBucketArgs(name="vault", region="eu-west-1", tags=TAGS, tiers=(), key_alias=None, versioned=True)


def test_deleted_versions_are_kept_a_day_at_least() -> None:
    """Otherwise versioning would guard nothing."""
    with pytest.raises(ArgumentError, match="keep_deleted_days = 0"):
        PrivateBucketArgs(
            name="vault",
            region="eu-west-1",
            tags=TAGS,
            tiers=TIERS,
            key_alias=None,
            versioned=True,
            keep_deleted_days=0,
        )


def test_a_lock_needs_versions() -> None:
    """S3 locks versions: a bucket that keeps none cannot be locked."""
    with pytest.raises(ArgumentError, match="locked = True"):
        PrivateBucketArgs(
            name="vault", region="eu-west-1", tags=TAGS, tiers=TIERS, key_alias=None, versioned=False, locked=True
        )


def test_a_replica_in_the_same_region_is_refused() -> None:
    """A region that is down would take both along."""
    with pytest.raises(ArgumentError, match="replica_region = 'eu-west-1'"):
        CopyBucketArgs(stack="prod", suffix="me", region="eu-west-1", replica_region="eu-west-1", tags=TAGS)


@pytest.mark.parametrize("accounts", [(), ("default",), ("backup", "default")])
def test_the_default_account_is_not_declared(accounts: tuple[str, ...]) -> None:
    """Pods name an account of their own."""
    with pytest.raises(ArgumentError, match="service_accounts"):
        ProductNamespaceArgs(
            namespace="game",
            tags=TAGS,
            service_accounts=accounts,
            quota=Quota(pods=1, cpu="1", memory="1Gi", storage="1Gi", claims=1),
            container_default={},
            container_max={},
            protect=False,
        )


def test_a_secret_without_keys_is_refused() -> None:
    """An empty Secret would fail a pod only when it starts."""
    with pytest.raises(ArgumentError, match="values"):
        CredentialsArgs(namespace="game", secret="stores", tags=TAGS, values={})  # noqa: S106 - a name


@pytest.mark.parametrize(("prefix", "keep", "every"), [("hourly", 1, 1), ("/", 1, 1), ("a/", 0, 1), ("a/", 1, 0)])
def test_a_tier_refuses(prefix: str, keep: int, every: int) -> None:
    """A prefix without its slash would match other folders; no count may be below 1."""
    with pytest.raises(ArgumentError):
        Tier(prefix, keep, every)


@given(st.integers(1, 1000), st.integers(1, 24 * 40))
def test_no_point_that_must_be_kept_expires(keep: int, every: int) -> None:
    """For any schedule: after a weekend without one run, `keep` points are younger than the expiry."""
    weekend_hours = 3 * 24
    ages = [weekend_hours + place * every for place in range(keep)]

    assert max(ages) < Tier("a/", keep, every).expire_days * 24


def test_tiers_are_those_of_the_requirement() -> None:
    """24 hourly points (BK-1) and 30 daily ones (BK-2)."""
    assert {("hourly/", 24, 1), ("daily/", 30, 24)} <= {(tier.prefix, tier.keep, tier.every) for tier in TIERS}


def test_both_vendors_expire_the_same_tiers_after_the_same_time() -> None:
    """A point does not outlive itself in the other copy."""
    r2 = {
        cast("str", rule.id): cast("Any", rule.delete_objects_transition).condition.max_age / 86_400
        for rule in r2_bucket.lifecycle_rules(TIERS)
    }
    s3 = {
        cast("str", rule.id): cast("Any", rule.expiration).days
        for rule in private_bucket.lifecycle_rules(TIERS, 30)
        if rule.expiration
    }

    assert r2 == s3


def test_rules_do_not_depend_on_the_order_of_the_tiers() -> None:
    """The same tiers in another order give the same rules, so no diff."""
    forward = [rule.id for rule in r2_bucket.lifecycle_rules(TIERS)]

    assert forward == [rule.id for rule in r2_bucket.lifecycle_rules(tuple(reversed(TIERS)))]


def test_unfinished_uploads_are_dropped_everywhere() -> None:
    """Parts of an upload that never ended would be paid for and never seen."""
    r2 = [bool(rule.abort_multipart_uploads_transition) for rule in r2_bucket.lifecycle_rules(TIERS)]
    s3 = [bool(rule.abort_incomplete_multipart_upload) for rule in private_bucket.lifecycle_rules(TIERS, 30)]

    assert ([True] * len(TIERS), True) == (r2, s3[-1])


@pytest.mark.parametrize(
    ("url", "port", "cidrs"),
    [
        ("http://127.0.0.1:7070", 7070, ["127.0.0.1/32"]),
        ("https://[::1]:9000", 9000, ["::1/128"]),
        ("https://a.example", 443, ["0.0.0.0/0", "::/0"]),
        ("https://a.example:8443", 8443, ["0.0.0.0/0", "::/0"]),
    ],
)
def test_egress_opens_an_address_as_it_is_named(url: str, port: int, cidrs: list[str]) -> None:
    """An IP address as itself; a host name as the public internet, by its port."""
    (rule,) = egress.endpoints([url])

    assert (port, cidrs) == (
        cast("Any", rule.ports)[0].port,
        [peer.ip_block.cidr for peer in cast("Any", rule.to)],
    )


def test_egress_to_host_names_of_one_port_is_one_rule() -> None:
    """Two stores behind names need the same opening; the order of URLs changes nothing."""
    rules = egress.endpoints(["https://b.example", "http://127.0.0.1:1", "https://a.example"])

    assert [443, 1] == [cast("Any", rule.ports)[0].port for rule in rules]


def test_pod_security_says_one_profile_three_ways() -> None:
    """Enforce, audit and warn, each with its version."""
    assert {
        f"pod-security.kubernetes.io/{mode}{part}": value
        for mode in ("audit", "enforce", "warn")
        for part, value in (("", "restricted"), ("-version", "latest"))
    } == pod_security("restricted")


def test_documents_of_the_same_statements_are_the_same_text() -> None:
    """The order of a statement's keys is no change of policy."""
    assert bucket_policy.document({"A": 1, "B": 2}) == bucket_policy.document({"B": 2, "A": 1})


def test_replication_reads_one_side_and_writes_the_other() -> None:
    """The role cannot write the source, nor read or delete the replica."""
    statements = json.loads(bucket_policy.replication("from", "to", "key-1", "key-2"))["Statement"]
    granted = {(action, str(row["Resource"])) for row in statements for action in _list(row["Action"])}

    assert {"s3:ReplicateObject", "s3:ReplicateTags"} == {action for action, on in granted if on.endswith(":to/*")}
    assert {"kms:Decrypt"} == {action for action, on in granted if on == "key-1"}


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else cast("list[str]", value)


@pytest.mark.parametrize("run", RUNS)
def test_a_run_ends_before_the_next_begins(run: Any) -> None:  # noqa: ANN401 - parametrized
    """Late start and deadline together stay within the period: Forbid would skip the next run."""
    period = 86_400 if run is DAILY else 3_600

    assert run.starting_deadline + run.deadline <= period


def test_a_proof_takes_no_longer_than_a_restore_may() -> None:
    """BK-5: a restore takes less than ten minutes."""
    assert PROOF.deadline <= 600


def test_a_proof_follows_the_hourly_point() -> None:
    """At a quarter past the point of the full hour is there to be proven."""
    assert int(PROOF.schedule.split()[0]) > int(HOURLY.schedule.split()[0])


def test_the_quota_has_room_for_all_backup_pods_at_once() -> None:
    """A quota that is too small would turn runs away unseen."""
    room = quota(JobSize(cpu="500m", memory="512Mi", scratch="1Gi"), "10Gi")

    assert (PODS_AT_ONCE, "2", "2Gi", "40Gi", 4) == (room.pods, room.cpu, room.memory, room.storage, room.claims)
