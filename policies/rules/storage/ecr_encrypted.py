"""An ECR repository is encrypted by a KMS key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import among, any_of, found, negated
from policies.facts import entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKEN = "aws:ecr/repository:Repository"  # noqa: S105 - a Pulumi type token, no password
_KMS = frozenset({"KMS", "KMS_DSSE"})


def check(facts: Facts) -> Iterator[Result]:
    """The encryption must be by KMS; left out it is by a key of ECR's own, with no policy and no log."""
    given = entries(look(facts.props, "encryptionConfigurations"))
    by_key = any_of(among(look(one, "encryptionType"), _KMS) for one in given)
    yield from found(negated(by_key), "encryptionConfigurations", what="images are encrypted by no KMS key")


RULE = Rule(
    id="ecr-encrypted",
    title="An ECR repository is encrypted by a KMS key",
    severity=Severity.LOW,
    enforcement=Enforcement.ADVISORY,
    why="A KMS key has a policy and a log of its own; it cannot be given to a repository later.",
    fix="set encryptionConfigurations to one with encryptionType KMS, before the first image",
    link="https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html",
    applies=_TOKEN.__eq__,
    check=check,
)
