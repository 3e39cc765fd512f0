"""`gw import`: what it refuses before anything starts, how it ends, and what it shows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from delivery.engine import Outcome
from delivery.importing.differences import Difference
from delivery.importing.live import Live
from delivery.importing.matching import Ambiguous, Matches
from delivery.importing.run import Request, TakenOver, refusals, take_over
from delivery.importing.summary import show
from delivery.importing.vendors import KEYS
from delivery.stacks import Place
from tests.unit.delivery.importing.declared import declared
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

if TYPE_CHECKING:
    from policies.preview import Resource

CHECKOUT = Path(__file__).parents[4]
ID = "01234567-89ab-4cde-8f01-23456789abcd"
SERVICE = declared("railway:index:Service", "engine")
LIVE = Live("railway:index:Service", "s1", "the service engine", {})


@pytest.mark.parametrize(
    ("stack", "product", "said"),
    [
        ("nowhere", "amoisekai", "no stack"),
        ("local", "other", "no product"),
        ("staging", "amoisekai", "another project"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(tmp_path: Path, stack: str, product: str, said: str) -> None:
    """A stack or product that is not there, another project than the stack's: exit code 2, and nothing is made."""
    root = tmp_path / ".sandbox"
    request = Request(
        place=Place(CHECKOUT, root), product=product, project_id="ffffffff-0000-4000-8000-000000000000", stack=stack
    )

    with pytest.raises(Problem, match=said) as caught:
        take_over(request, ignore)

    assert (ExitCode.USAGE, False) == (caught.value.exit_code, root.exists())


@pytest.mark.parametrize("project_id", ["", "amoisekai", f"https://railway.com/project/{ID}", f"{{{ID}}}"])
def test_what_is_no_projects_id_is_refused_at_once(tmp_path: Path, project_id: str) -> None:
    """Nobody is asked for it: exit code 2, and where to find the id."""
    root = tmp_path / ".sandbox"

    with pytest.raises(Problem, match="is no project's id") as caught:
        take_over(Request(place=Place(CHECKOUT, root), product="amoisekai", project_id=project_id), ignore)

    assert (ExitCode.USAGE, False, True) == (caught.value.exit_code, root.exists(), "URL" in caught.value.allowed)


def test_why_the_engine_would_refuse_is_told_by_its_first_lines() -> None:
    """Each resource's; the last line, that the preview failed, is no reason."""
    outcome = _outcome(255, "engine: it is protected\nadvice", "preview failed")

    assert ("engine: it is protected",) == refusals(outcome)


def test_a_preview_that_ended_well_has_no_refusals() -> None:
    """Whatever was said on the way."""
    assert () == refusals(_outcome(0, "engine: said"))


def test_a_preview_that_failed_for_no_resource_is_no_success() -> None:
    """Else an import would end with "changes nothing" where nobody could look."""
    with pytest.raises(Problem, match="preview failed") as caught:
        refusals(_outcome(255, "preview failed"))

    assert ExitCode.ENGINE is caught.value.exit_code
    assert "gw import" in caught.value.fix


def _outcome(code: int, *errors: str) -> Outcome:
    return Outcome(exit_code=code, event_log=Path("none"), output=Path("none"), errors=list(errors))


def _result(
    *,
    matches: Matches | None = None,
    anew: tuple[Resource, ...] = (),
    different: tuple[Difference, ...] = (),
    refused: tuple[str, ...] = (),
) -> TakenOver:
    held = matches or Matches({SERVICE.urn: LIVE})
    return TakenOver(
        stack="prod",
        listed=Path("/x/import.json"),
        matches=held,
        added=tuple(held.matched),
        anew=anew,
        elsewhere={"kubernetes:core/v1:Pod": 2},
        different=different,
        refused=refused,
        dry_run=False,
    )


def _shown(result: TakenOver) -> str:
    out = io.StringIO()
    show(result, Console(file=out, width=400, markup=False))
    return out.getvalue()


def test_all_taken_over_and_as_declared_is_well() -> None:
    """Exit code 0; what others have to make is no one's business here, and is told all the same."""
    result = _result()

    assert ExitCode.OK is result.exit_code
    assert "Service engine: the service engine (s1)" in _shown(result)
    assert "2 kubernetes:core/v1:Pod" in _shown(result)
    assert "A preview changes nothing of the edge." in _shown(result)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (_result(matches=Matches(missing=[SERVICE])), "not live: the next update creates it\n  Service engine"),
        (_result(matches=Matches(ambiguous=[Ambiguous(SERVICE, (LIVE, LIVE))])), "Service engine: the service engine"),
        (_result(anew=(SERVICE,)), "makes it anew\n  Service engine"),
        (_result(different=(Difference(SERVICE.urn, "update", ("name",)),)), "engine: update: name"),
        (_result(refused=("engine: it is protected",)), "refuse the next update\n  engine: it is protected"),
    ],
    ids=["missing", "ambiguous", "anew", "different", "refused"],
)
def test_what_is_not_as_declared_is_listed(result: TakenOver, said: str) -> None:
    """Exit code 15, and each under its own head."""
    assert ExitCode.UNMATCHED is result.exit_code
    assert said in _shown(result)
    assert "A preview changes nothing" not in _shown(result)


def test_what_nobody_manages_is_told_and_is_no_fault() -> None:
    """The program is as it should be; whether to declare it, or to remove it, is the user's to say."""
    result = _result(matches=Matches({SERVICE.urn: LIVE}, unmanaged=[Live("", "m1", "the monitor old", {})]))

    assert ExitCode.OK is result.exit_code
    assert "not of this stack\n  the monitor old (m1)" in _shown(result)


def test_a_name_cannot_act_on_the_terminal() -> None:
    """Names come from whoever made the thing: control characters are shown, not sent; brackets are no markup."""
    name = "the monitor [/bold] \x1b[2J\nDeclared, and not live"

    shown = _shown(_result(matches=Matches({SERVICE.urn: LIVE}, unmanaged=[Live("", "m1", name, {})])))

    assert "  the monitor [/bold] \\x1b[2J\\nDeclared, and not live (m1)\n" in shown


def test_parents_are_matched_before_what_refers_to_them() -> None:
    """A record holds what Railway says of a domain: Railway's types come first."""
    order = list(KEYS)

    assert order.index("railway:index:CustomDomain") < order.index("cloudflare:index/dnsRecord:DnsRecord")
    assert order.index("railway:index:Project") == 0
