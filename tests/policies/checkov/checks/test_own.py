"""Which rules checkov can be asked, and what it shows them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from infra.stackfile import Stack
from policies.checkov import own
from policies.facts import Facts
from policies.rule import Enforcement, Pending, Rule, Severity, Violation
from policies.rules import RULES
from tests.policies.checkov.checks.told import SHARED, cases
from tests.policies.make import facts

_ROOT = Path(__file__).parents[4]
_PROD = Rule(
    id="only-in-prod",
    title="A rule of this test",
    severity=Severity.LOW,
    enforcement=Enforcement.ADVISORY,
    why="-",
    fix="-",
    link="https://example.com",
    applies=lambda token: token.startswith("aws:"),
    check=lambda judged: [Violation("acl", "is wrong")] if judged.stack == "prod" else [],
)


def test_a_check_goes_by_the_rules_name() -> None:
    """Who knows the rule's id finds its check, and the other way round."""
    assert "GW_ONLY_IN_PROD" == own.check_id(_PROD)


def test_each_check_has_an_id_of_its_own() -> None:
    """Two rules never share a check."""
    assert len(own.shared()) == len({own.check_id(rule) for rule in own.shared()})


@pytest.mark.parametrize("file", SHARED)
def test_what_checkov_can_be_asked_it_can_show(file: str) -> None:
    """Each shared rule applies to a type of the tables or to a Kubernetes object of its cases."""
    rule = SHARED[file]
    shown = own.terraform_types(rule) or [
        case.token
        for _, case in cases(file)
        if rule.applies(case.token) and case.token.startswith("kubernetes:") and not case.token.endswith("Patch")
    ]

    assert shown


def test_no_reason_is_left_over() -> None:
    """What is CrossGuard's alone is a rule over one resource that exists."""
    assert own.ONLY_CROSSGUARD.keys() - {rule.id for rule in RULES if isinstance(rule, Rule)} == set()


def test_the_table_of_what_checkov_cannot_be_asked_is_whole() -> None:
    """The README has each of those rules with its reason, and no other."""
    readme = (_ROOT / "policies" / "checkov" / "README.md").read_text("utf-8")
    table = readme.partition("| rule | why checkov cannot be asked |\n|---|---|\n")[2].partition("\n\n")[0]

    assert [f"| `{rule}` | {why} |" for rule, why in own.ONLY_CROSSGUARD.items()] == table.splitlines()


def test_the_stacks_are_those_of_the_stack_files() -> None:
    """Where no stack is told, what a rule says in each of them counts, and in one that nobody knows yet."""
    assert own.STACKS == (*get_args(Stack), "preview")


@pytest.mark.parametrize(("stack", "expected"), [("prod", False), ("staging", True), ("other", True), ("", None)])
def test_a_tag_tells_the_stack(stack: str, expected: bool | None) -> None:  # noqa: FBT001 - a table's column
    """A rule for one stack judges by the tag; where none tells, it cannot say."""
    conf = {"bucket": ["b"], "tags": [{"stack": stack} if stack else {}]}

    assert expected is own.judge(_PROD, own.terraform_facts("aws_s3_bucket", conf)).passed


def test_a_label_tells_the_stack() -> None:
    """A manifest's stack is its label."""
    manifest = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a", "labels": {"groundwork.dev/stack": "staging"}},
    }
    shown = own.kubernetes_facts(manifest)

    assert shown is not None
    assert ("staging", "a") == (shown.stack, shown.name)


@pytest.mark.parametrize(
    ("version", "kind", "token"),
    [
        ("v1", "Pod", "kubernetes:core/v1:Pod"),
        ("apps/v1", "Deployment", "kubernetes:apps/v1:Deployment"),
        ("networking.k8s.io/v1", "NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicy"),
    ],
)
def test_a_manifest_has_pulumis_type(version: str, kind: str, token: str) -> None:
    """A rule finds its kind by Pulumi's token."""
    shown = own.kubernetes_facts({"apiVersion": version, "kind": kind})

    assert shown is not None
    assert token == shown.token


@pytest.mark.parametrize("manifest", [{}, {"apiVersion": "v1"}, {"kind": "Pod"}, {"apiVersion": 1, "kind": "Pod"}])
def test_what_is_no_object_is_not_judged(manifest: dict[str, object]) -> None:
    """A document without version and kind has no facts."""
    assert own.kubernetes_facts(manifest) is None


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (["strict"], "strict"),
        ([["A", "B"]], ["A", "B"]),
        ([{"enabled": [True], "start_line": 1}], {"enabled": True}),
        ([{"header": [{"enabled": [True]}]}], {"header": {"enabled": True}}),
    ],
)
def test_a_value_of_no_declared_type_is_shown_as_it_was(held: object, expected: object) -> None:
    """Where the tables do not say what a value is, it comes out of the lists in which checkov holds it."""
    shown = own.terraform_facts("cloudflare_zone_setting", {"setting_id": ["a"], "value": held})

    assert shown is not None
    assert expected == shown.props["value"]


def test_checkovs_marks_are_not_shown() -> None:
    """The line numbers that checkov writes into a manifest are no labels."""
    metadata = {"labels": {"a": "b", "__startline__": 3, "__endline__": 4}, "__startline__": 2, "__endline__": 4}
    shown = own.kubernetes_facts({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "__startline__": 1})

    assert shown is not None
    assert {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"a": "b"}}} == shown.props


def test_annotations_are_shown_as_they_were() -> None:
    """A rule finds an annotation, though checkov holds them in a list."""
    metadata = {"name": "a", "annotations": [{"b": "c", "__startline__": 3}]}
    shown = own.kubernetes_facts({"apiVersion": "v1", "kind": "Pod", "metadata": metadata})

    assert shown is not None
    assert {"name": "a", "annotations": {"b": "c"}} == shown.props["metadata"]


def test_a_type_that_no_table_has_is_not_judged() -> None:
    """What the tables do not know has no facts, and what has none is neither good nor bad."""
    assert own.terraform_facts("google_storage_bucket", {}) is None
    assert own.Verdict(None) == own.judge(_PROD, None)


def test_a_violation_counts_beside_what_is_not_known() -> None:
    """One property that breaks the rule is enough, and is told with what is wrong."""
    rule = Rule(**{**vars(_PROD), "check": lambda _facts: [Pending("a"), Violation("b", "is wrong")]})

    assert own.Verdict(passed=False, details=("b: is wrong",)) == own.judge(rule, facts("aws:a/b:C", {}))


def test_what_is_not_known_is_neither_good_nor_bad() -> None:
    """A rule that must know what a plan does not know is not passed."""
    rule = Rule(**{**vars(_PROD), "check": lambda _facts: [Pending("a")]})

    assert own.Verdict(None) == own.judge(rule, facts("aws:a/b:C", {}))


def test_another_type_is_neither_good_nor_bad() -> None:
    """A rule says nothing of a type that it does not apply to."""
    other = Facts(token="kubernetes:core/v1:Pod", name="a", urn="", props={})  # noqa: S106 - a type

    assert own.Verdict(None) == own.judge(_PROD, other)


def test_the_rules_need_no_package() -> None:
    """They run inside checkov's environment, which has none of Groundwork's dependencies."""
    code = (
        "import sys; sys.path.append(sys.argv[1]); import policies.checkov.own\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)"
        " - {'__main__', 'policies', 'toolchain'}))"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code, str(_ROOT)], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == "[]"
