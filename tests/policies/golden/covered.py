"""The checks that the golden pairs cover, as a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.policies.golden.compare import Compared, Verdict

#: How the ids of checkov's own checks begin; those of our rules are in `policies/rules/README.md`.
_CHECKOV = "CKV"

_HEAD = """\
# Checks that golden pairs hold
checkov says the same, check by check, of both sides of {pairs} pairs: a Pulumi program that came over the bridge, and
the Terraform plan that was written for it by hand. That is {checks} checks of its own, {graph} of them over a graph of
resources (`CKV2_`); {both} of them pass one resource and fail another. `python -m tests.policies.golden` prints this.

| check | what it demands | passed | failed |
|---|---|---|---|
"""


def counts(verdicts: list[Verdict]) -> dict[str, tuple[int, int]]:
    """Id of a check of checkov's -> how many resources it passed, and how many it failed."""
    counted = Counter((verdict.check, verdict.said) for verdict in verdicts if verdict.check.startswith(_CHECKOV))
    checks = sorted({check for check, said in counted if said in {"passed", "failed"}}, key=_order)
    return {check: (counted[check, "passed"], counted[check, "failed"]) for check in checks}


def table(compared: Compared) -> str:
    """The table, in Markdown."""
    found = counts(compared.agreed())
    head = _HEAD.format(
        pairs=len(compared.bridged),
        checks=len(found),
        graph=sum(check.startswith("CKV2") for check in found),
        both=sum(all(numbers) for numbers in found.values()),
    )
    return head + "".join(_row(check, numbers, compared.titles) for check, numbers in found.items())


def _row(check: str, numbers: tuple[int, int], titles: Mapping[str, str]) -> str:
    return (
        f"| {check} | {titles[check].replace('|', '/').replace('*', chr(92) + '*')} | {numbers[0]} | {numbers[1]} |\n"
    )


def _order(check: str) -> tuple[str, int]:
    kind, _, number = check.rpartition("_")
    return kind, int(number)
