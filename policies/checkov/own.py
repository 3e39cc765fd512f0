"""The rules as checks of checkov's: which of them it can be asked, and what it shows of a resource as a rule's facts.

Of the project it needs the rules and the tables alone, and no package beside the standard library: it runs inside
checkov's environment (`checks/`). It does not import checkov, so that it is tested without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from policies.checkov import back, mapping
from policies.checkov.mapping import Kind
from policies.facts import Facts, look
from policies.rule import Pending, Rule
from policies.rules import RULES, railway, uptime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from policies.checkov.mapping import Shape
    from policies.rule import Result

#: Before a rule's id in the id of its check: checkov takes an id without `_` for the name of a namespace.
_PREFIX = "GW_"

#: Every stack there is, and one for those that come and go. A plan and a manifest name theirs in a tag or a label, or
#: not at all.
STACKS: Final = ("local", "staging", "prod", "preview")
_TAG = ("tags", "stack")
_LABEL = ("metadata", "labels", "groundwork.dev/stack")

_KUBERNETES = "kubernetes:"
#: What checkov writes into every mapping, beside what was there.
_MARKS = frozenset({"__startline__", "__endline__", "start_line", "end_line"})

#: Rules over one resource that only CrossGuard can be asked, each with the reason. Those over a whole stack are
#: CrossGuard's, too: a check of checkov's sees one resource.
ONLY_CROSSGUARD: Final[Mapping[str, str]] = {
    "no-literal-secret": "a plan shows in plain text what a program has marked secret",
    "pod-patch-unjudged": "a patch is Pulumi's: there are no manifests of them",
    "stateful-protected": "the option `protect` is Pulumi's: no plan holds it",
    **{
        rule.id: "its types are our own providers': no table has them"
        for rule in (*railway.RULES, *uptime.RULES)
        if isinstance(rule, Rule)
    },
}


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a resource.

    Attributes:
        passed: whether it keeps to the rule; None: the rule cannot say, or does not apply.
        details: where it does not and what is wrong there, one line each.
    """

    passed: bool | None
    details: tuple[str, ...] = ()


def shared() -> list[Rule]:
    """The rules that both engines can be asked."""
    return [rule for rule in RULES if isinstance(rule, Rule) and rule.id not in ONLY_CROSSGUARD]


def check_id(rule: Rule) -> str:
    """The id of a rule's check: ``GW_POD_NON_ROOT`` of ``pod-non-root``."""
    return _PREFIX + rule.id.upper().replace("-", "_")


def terraform_types(rule: Rule) -> list[str]:
    """The Terraform types that a rule applies to, sorted."""
    return sorted(mapped.type for mapped in mapping.every() if rule.applies(mapped.token))


def judge(rule: Rule, facts: Facts | None) -> Verdict:
    """Ask a rule; where the stack is not known, what it says in every one counts, if that is the same."""
    if facts is None or not rule.applies(facts.token):
        return Verdict(None)
    stacks = (facts.stack,) if facts.stack else STACKS
    verdicts = [_verdict(rule.check(replace(facts, urn=_urn(stack, facts)))) for stack in stacks]
    return verdicts[0] if len({verdict.passed for verdict in verdicts}) == 1 else Verdict(None)


def _verdict(results: Iterable[Result]) -> Verdict:
    found = list(results)
    broken = [result for result in found if not isinstance(result, Pending)]
    passed = False if broken else None if found else True
    return Verdict(passed, tuple(f"{result.where}: {result.what}" for result in broken))


def _urn(stack: str, facts: Facts) -> str:
    return f"urn:pulumi:{stack}::checkov::{facts.token}::{facts.name}"


def terraform_facts(tf_type: str, conf: Mapping[str, Any]) -> Facts | None:
    """The facts of a resource of a plan as checkov shows it to a check; None: the tables do not have its type."""
    mapped = mapping.of_type(tf_type)
    shapes = mapped.block.terraform if mapped else {}
    # Where the tables have a type, the way back knows what checkov wrapped in lists.
    untyped = {key: _unwrapped(conf[key]) for key, (_, shape) in shapes.items() if _is_untyped(shape) and key in conf}
    facts = back.facts(tf_type, {**conf, **untyped})
    return of_stack(facts) if facts else None


def _is_untyped(shape: Shape) -> bool:
    return shape.kind is Kind.DYNAMIC


def _unwrapped(held: Any) -> Any:  # noqa: ANN401 - JSON of some depth
    """A value out of the lists in which checkov holds it: scalars, lists of scalars and objects are each in one."""
    if isinstance(held, list) and len(held) == 1:
        return held[0] if isinstance(held[0], list) else _unwrapped(held[0])
    return _each(held, _unwrapped)


def kubernetes_facts(manifest: Mapping[str, Any]) -> Facts | None:
    """The facts of a manifest as checkov shows it to a check; None: it is no object."""
    version, kind = manifest.get("apiVersion"), manifest.get("kind")
    if not isinstance(version, str) or not isinstance(kind, str):
        return None
    token = f"{_KUBERNETES}{version if '/' in version else f'core/{version}'}:{kind}"
    props = _unmarked(manifest)
    match props.get("metadata"):
        case {"annotations": [dict(annotations)]} as metadata:
            # checkov wraps them while it looks for its own.
            props["metadata"] = {**metadata, "annotations": annotations}
    name = look(props, "metadata", "name")
    return of_stack(Facts(token=token, name=name if isinstance(name, str) else "", urn="", props=props))


def of_stack(facts: Facts) -> Facts:
    """The facts with the stack that a tag or a label tells; without one where none does."""
    stack = look(facts.props, *(_LABEL if facts.token.startswith(_KUBERNETES) else _TAG))
    return replace(facts, urn=_urn(stack, facts) if isinstance(stack, str) else "")


def _unmarked(value: Any) -> Any:  # noqa: ANN401 - JSON of some depth
    return _each(value, _unmarked)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - JSON of some depth
    """A value with each part of it changed, without checkov's marks."""
    if isinstance(value, Mapping):
        return {key: change(entry) for key, entry in value.items() if key not in _MARKS}
    return [change(entry) for entry in value] if isinstance(value, list) else value
