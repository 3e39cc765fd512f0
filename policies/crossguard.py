"""From rules to policies of Pulumi's policy SDK: the one file of the pack that knows the SDK."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Secret,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as SdkSeverity
from pulumi_policy.proxy import UnknownValueError

from policies.domain.walk import step
from policies.facts import UNKNOWN, Facts, Value
from policies.message import SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID, write
from policies.pending import FIX, PENDING_ID, TITLE, shown
from policies.rule import AnyRule, Pending, Result, Rule, StackRule, Violation

if TYPE_CHECKING:
    from policies.excused import Excused
    from policies.suppression import Suppression

#: URN -> paths of what the program has marked secret.
Marks: TypeAlias = dict[str, frozenset[str]]

#: The policy that takes note of what the program has marked secret; it never finds anything.
MARKED_ID = "marked-secret"

_SUPPRESSED_TITLE = "A rule is broken, and that is excused for a time"
_SUPPRESSED_FIX = "nothing until it expires: who answers for it, why and until when stands with it"


def policies(rules: Sequence[AnyRule], excused: Excused) -> list[Policy]:
    """One policy for each rule, and advisory ones that show what is excused, and what a preview cannot judge."""
    single = [rule for rule in rules if isinstance(rule, Rule)]
    whole = [rule for rule in rules if isinstance(rule, StackRule)]
    asked = _Asked(excused)
    return [
        _marked_policy(asked.marks),
        *(_resource_policy(rule, asked) for rule in single),
        *(_stack_policy(rule, excused) for rule in whole),
        _suppressed_policy(single, asked),
        _suppressed_in_stack_policy(whole, excused),
        _pending_policy(single, asked),  # the last: it forgets
    ]


class _Asked:
    """What each rule says of the resource that the engine shows, found once and told by three policies.

    The engine has all policies judge one resource in their order: each rule's own asks the rule, those that show what
    is excused or pending come after.
    """

    def __init__(self, excused: Excused) -> None:
        self.marks: Marks = {}
        self._excused = excused
        self._said: dict[str, dict[str, list[Result]]] = {}

    def rule(self, rule: Rule, args: ResourceValidationArgs) -> list[Result]:
        """Ask a rule."""
        # No provider makes a component.
        self._excused.learn(args.urn, args.opts.parent or "", _mapping(args.props) if args.provider is None else {})
        said = list(rule.check(_facts(args, self.marks))) if rule.applies(args.resource_type) else []
        self._said.setdefault(args.urn, {})[rule.id] = said
        return said

    def again(self, rule: Rule, args: ResourceValidationArgs) -> list[Result]:
        """What a rule said just now, or says if its own policy is switched off."""
        said = self._said.get(args.urn, {}).get(rule.id)
        return self.rule(rule, args) if said is None else said

    def forget(self, urn: str) -> None:
        """The engine has done with a resource; when it shows it again, it may have changed."""
        self._said.pop(urn, None)

    def broken(self, rule: Rule, said: Iterable[Result], urn: str) -> Iterator[tuple[Violation, Suppression | None]]:
        """The violations in what a rule said, each with what excuses it."""
        for result in said:
            if isinstance(result, Violation):
                yield result, self._excused.by(rule.id, urn)


def _marked_policy(marks: Marks) -> ResourceValidationPolicy:
    """Takes note of secrets, and changes nothing.

    The engine asks for remediations of each resource before it has it judged, and the SDK tells what is marked secret
    there alone: to a validation it hands over every value bare.
    """

    def note(args: ResourceValidationArgs) -> None:
        marks[args.urn] = frozenset(_marked(args.props, ""))

    return ResourceValidationPolicy(
        name=MARKED_ID,
        description="What the program marks secret is known to the rules",
        remediate=note,
        enforcement_level=EnforcementLevel.REMEDIATE,
        severity=SdkSeverity.LOW,
    )


def _resource_policy(rule: Rule, asked: _Asked) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for violation, suppressed in asked.broken(rule, asked.rule(rule, args), args.urn):
            if suppressed is None:
                report(write(violation, rule.fix), None)

    return ResourceValidationPolicy(
        name=rule.id,
        description=rule.title,
        validate=validate,
        enforcement_level=EnforcementLevel(rule.enforcement.value),
        severity=SdkSeverity(rule.severity.value),
        remediation_steps=rule.fix,
        url=rule.link,
    )


def _stack_policy(rule: StackRule, excused: Excused) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        for violation, suppressed in _broken_in_stack(rule, args, excused):
            if suppressed is None:
                report(write(violation, rule.fix), violation.urn or None)

    return StackValidationPolicy(
        name=rule.id,
        description=rule.title,
        validate=validate,
        enforcement_level=EnforcementLevel(rule.enforcement.value),
        severity=SdkSeverity(rule.severity.value),
        remediation_steps=rule.fix,
        url=rule.link,
    )


def _suppressed_policy(rules: Sequence[Rule], asked: _Asked) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            for violation, suppressed in asked.broken(rule, asked.again(rule, args), args.urn):
                if suppressed is not None:
                    report(write(violation, rule.fix, suppressed), None)

    return ResourceValidationPolicy(
        name=SUPPRESSED_ID,
        description=_SUPPRESSED_TITLE,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=SdkSeverity.LOW,
        remediation_steps=_SUPPRESSED_FIX,
    )


def _suppressed_in_stack_policy(rules: Sequence[StackRule], excused: Excused) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            for violation, suppressed in _broken_in_stack(rule, args, excused):
                if suppressed is not None:
                    report(write(violation, rule.fix, suppressed), violation.urn or None)

    return StackValidationPolicy(
        name=SUPPRESSED_IN_STACK_ID,
        description=_SUPPRESSED_TITLE,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=SdkSeverity.LOW,
        remediation_steps=_SUPPRESSED_FIX,
    )


def _pending_policy(rules: Sequence[Rule], asked: _Asked) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            for result in asked.again(rule, args):
                if isinstance(result, Pending):
                    report(write(shown(result, rule.id), FIX), None)
        asked.forget(args.urn)

    return ResourceValidationPolicy(
        name=PENDING_ID,
        description=TITLE,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=SdkSeverity.LOW,
        remediation_steps=FIX,
    )


def _broken_in_stack(
    rule: StackRule, args: StackValidationArgs, excused: Excused
) -> Iterator[tuple[Violation, Suppression | None]]:
    """The violations of a rule by a stack, each with what excuses it: the engine has shown every resource before."""
    for violation in rule.check([_stack_facts(resource) for resource in args.resources]):
        yield violation, excused.by(rule.id, violation.urn)


def _facts(args: ResourceValidationArgs, marks: Marks) -> Facts:
    return Facts(
        token=args.resource_type,
        name=args.name,
        urn=args.urn,
        props=_mapping(args.props),
        protect=args.opts.protect,
        secret=marks.get(args.urn, frozenset()),
    )


def _stack_facts(resource: PolicyResource) -> Facts:
    return Facts(
        token=resource.resource_type,
        name=resource.name,
        urn=resource.urn,
        props=_mapping(resource.props),
        protect=resource.opts.protect,
        depends={key: frozenset(on.urn for on in made) for key, made in resource.property_dependencies.items()},
    )


def _mapping(props: Mapping[str, object]) -> dict[str, Value]:
    """Plain values of a proxy that raises where a value is unknown: `UNKNOWN` stands in for those."""
    plain: dict[str, Value] = {}
    for key in props:
        try:
            plain[key] = _value(props[key])
        except UnknownValueError:
            plain[key] = UNKNOWN
    return plain


def _sequence(values: Sequence[object]) -> list[Value]:
    plain: list[Value] = []
    for place in range(len(values)):
        try:
            plain.append(_value(values[place]))
        except UnknownValueError:
            plain.append(UNKNOWN)
    return plain


def _value(value: object) -> Value:
    if isinstance(value, Mapping):
        return _mapping(value)
    if value is None or isinstance(value, (bool, float, int, str)):
        return value
    if isinstance(value, Sequence):
        return _sequence(value)
    # An asset or archive: no rule reads into a file; that there is something is what counts.
    return type(value).__name__


def _marked(value: object, path: str) -> Iterator[str]:
    """Paths of secrets in what a remediation is handed."""
    if isinstance(value, Secret):
        yield path
    elif isinstance(value, Mapping):
        # The SDK's own way past its proxy, which would take the mark off.
        for key, part in value["__target"].items():
            yield from _marked(part, step(path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, part in enumerate(value):
            yield from _marked(part, f"{path}[{place}]")
