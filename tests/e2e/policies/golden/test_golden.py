"""The golden pairs: what checkov says of a Pulumi program over the bridge, and of the Terraform plan written for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.policies.golden.ask import ask
from tests.policies.golden.compare import compare
from tests.policies.golden.covered import counts, table
from tests.policies.golden.terraform import plan
from tests.policies.golden.unset import UNSET

if TYPE_CHECKING:
    from tests.policies.golden.compare import Compared

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("golden")]

COVERED = Path(__file__).parents[4] / "docs" / "checks.md"
#: What issue 5 asks for, and what of it there is: so that what was reached is not lost unseen.
PAIRS, CHECKS, BOTH, GRAPH = 60, 390, 360, 65


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    """Every pair, judged on both sides."""
    found = compare(tmp_path_factory.mktemp("golden"))
    sys.stdout.write(table(found))
    return found


def test_both_sides_have_the_same_resources(compared: Compared) -> None:
    """Nothing of a program is missing from its plan, or the other way round; the bridge has a type for all of it."""
    assert [] == compared.strays()


def test_the_bridge_writes_nothing_that_the_plan_has_not(compared: Compared) -> None:
    """Each value stands in the hand-written plan too, under the same name, in the same block, of the same type."""
    assert [] == compared.inventions()


def test_checkov_says_the_same_of_both_sides(compared: Compared) -> None:
    """Each check gives each resource the same verdict, whether Pulumi or Terraform declares it."""
    assert [] == compared.differences()


def test_the_pairs_cover_what_they_are_to(compared: Compared) -> None:
    """There are enough pairs and enough distinct checks, most of them with a pass and a fail, graph checks too."""
    found = counts(compared.agreed())
    both = [check for check, numbers in found.items() if all(numbers)]

    assert len(compared.bridged) >= PAIRS
    assert len(found) >= CHECKS
    assert len(both) >= BOTH
    assert len([check for check in both if check.startswith("CKV2_")]) >= GRAPH


def test_our_own_checks_are_among_them(compared: Compared) -> None:
    """The pairs judge resources of Cloudflare too, which only our own checks know."""
    judged = {(verdict.subject.type, verdict.said) for verdict in compared.agreed() if verdict.check[:3] == "GW_"}

    assert {("cloudflare_r2_managed_domain", "passed"), ("cloudflare_r2_managed_domain", "failed")} <= judged


def test_the_list_of_checks_is_up_to_date(compared: Compared) -> None:
    """The committed table is what the pairs cover: `python -m tests.policies.golden > docs/checks.md` writes it."""
    assert table(compared) == COVERED.read_text("utf-8")


def test_what_is_not_set_misleads_some_checks_in_a_plan_of_terraforms() -> None:
    """Null and empty lists, which Terraform writes and the bridge does not, turn a failure into a pass or into none."""
    cases = {case.check: case for case in UNSET}
    source = ask({check: plan(case.source).document() for check, case in cases.items()})
    planned = ask({check: plan(case.plan).document() for check, case in cases.items()})

    assert dict.fromkeys(cases, "failed") == {
        check: source[check].said[check, case.source.address] for check, case in cases.items()
    }
    assert {check: case.said for check, case in cases.items()} == {
        check: planned[check].said[check, case.plan.address] for check, case in cases.items()
    }
