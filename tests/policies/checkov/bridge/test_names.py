"""Names as the bridge makes them."""

from __future__ import annotations

import pytest

from policies.checkov.names import camel, plural, pulumi_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cors_rule", "cors_rules"),
        ("policy", "policies"),
        ("subnet_ids", "subnet_ids"),
        ("ingress", "ingresses"),
        ("alias", "aliases"),
        ("status", "statuses"),
        ("index", "indices"),
        ("metadata", "metadatas"),
        ("key", "keys"),
        ("analysis", "analyses"),
        ("match", "matches"),
    ],
)
def test_plurals(name: str, expected: str) -> None:
    """The inflector's plural of the last word."""
    assert plural(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kms_key_id", "kmsKeyId"),
        ("bucket", "bucket"),
        ("ipv6_cidr_block", "ipv6CidrBlock"),
        ("code_sha256", "codeSha256"),
        ("s3_bucket", "s3Bucket"),
        ("rule_1_of_2", "rule1Of2"),
    ],
)
def test_camel_case(name: str, expected: str) -> None:
    """A word's first letter is a capital, but the first word's."""
    assert camel(name) == expected


def test_a_list_is_in_the_plural() -> None:
    """What can hold several entries is named so."""
    assert pulumi_name("cors_rule", many=True, siblings=["cors_rule"], own={}) == "corsRules"


def test_a_block_of_one_is_in_the_singular() -> None:
    """What can hold one entry keeps its name."""
    assert pulumi_name("cors_rule", many=False, siblings=["cors_rule"], own={}) == "corsRule"


def test_a_name_of_its_own_wins() -> None:
    """What the mapping names itself is named so."""
    assert pulumi_name("ingress", many=True, siblings=["ingress"], own={"ingress": "ingress"}) == "ingress"


def test_a_plural_that_is_taken_is_not_used() -> None:
    """Where a sibling has the plural for a name, the singular stays."""
    assert pulumi_name("rule", many=True, siblings=["rule", "rules"], own={}) == "rule"


def test_a_plural_whose_sibling_goes_by_another_name_is_used() -> None:
    """Where the sibling is called something else, the plural is free."""
    assert pulumi_name("rule", many=True, siblings=["rule", "rules"], own={"rules": "ruleSets"}) == "rules"
