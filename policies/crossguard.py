"""From rules to policies of Pulumi's policy SDK: the one file of the pack that knows the SDK."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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

from policies.facts import UNKNOWN, Facts, Value
from policies.message import SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID, write
from policies.pending import FIX, PENDING_ID, TITLE, shown
from policies.rule import AnyRule, Pending, Rule, StackRule, Violation
from policies.walk import step

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
    marks: Marks = {}
    return [
        _marked_policy(marks),
        *(_resource_policy(rule, excused, marks) for rule in single),
        *(_stack_policy(rule, excused) for rule in whole),
        _suppressed_policy(single, excused, marks),
        _suppressed_in_stack_policy(whole, excused),
        _pending_policy(single, marks),
    ]


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


def _resource_policy(rule: Rule, excused: Excused, marks: Marks) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for violation, suppressed in _broken(rule, args, excused, marks):
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


def _suppressed_policy(rules: Sequence[Rule], excused: Excused, marks: Marks) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            for violation, suppressed in _broken(rule, args, excused, marks):
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


def _pending_policy(rules: Sequence[Rule], marks: Marks) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            if rule.applies(args.resource_type):
                for result in rule.check(_facts(args, marks)):
                    if isinstance(result, Pending):
                        report(write(shown(result, rule.id), FIX), None)

    return ResourceValidationPolicy(
        name=PENDING_ID,
        description=TITLE,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=SdkSeverity.LOW,
        remediation_steps=FIX,
    )


def _broken(
    rule: Rule, args: ResourceValidationArgs, excused: Excused, marks: Marks
) -> Iterator[tuple[Violation, Suppression | None]]:
    """The violations of a rule by one resource, each with what excuses it."""
    # No provider makes a component.
    excused.learn(args.urn, args.opts.parent or "", _mapping(args.props) if args.provider is None else {})
    if rule.applies(args.resource_type):
        for result in rule.check(_facts(args, marks)):
            if isinstance(result, Violation):
                yield result, excused.by(rule.id, args.urn)


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
