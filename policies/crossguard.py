"""From rules to policies of Pulumi's policy SDK: the one file of the pack that knows the SDK."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as SdkSeverity
from pulumi_policy.proxy import UnknownValueError

from policies.facts import UNKNOWN, Facts, Value
from policies.message import write
from policies.rule import AnyRule, Pending, Rule, StackRule, Violation

#: The policy that shows what no rule can judge before the update.
PENDING_ID = "cannot-judge-yet"
_PENDING_TITLE = "A property that a rule must know is known only during the update"
_PENDING_FIX = "nothing: the update judges it before the resource is made, and stops there if it is wrong"


def policies(rules: Sequence[AnyRule]) -> list[Policy]:
    """One policy for each rule, and one advisory policy that shows what could not be judged at preview."""
    made = [_resource_policy(rule) if isinstance(rule, Rule) else _stack_policy(rule) for rule in rules]
    return [*made, _pending_policy([rule for rule in rules if isinstance(rule, Rule)])]


def _resource_policy(rule: Rule) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        if rule.applies(args.resource_type):
            for result in rule.check(_facts(args)):
                if isinstance(result, Violation):
                    report(write(result, rule.fix), None)

    return ResourceValidationPolicy(
        name=rule.id,
        description=rule.title,
        validate=validate,
        enforcement_level=EnforcementLevel(rule.enforcement.value),
        severity=SdkSeverity(rule.severity.value),
        remediation_steps=rule.fix,
        url=rule.link,
    )


def _stack_policy(rule: StackRule) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        stack = [_stack_facts(resource) for resource in args.resources]
        for violation in rule.check(stack):
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


def _pending_policy(rules: Sequence[Rule]) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for rule in rules:
            if rule.applies(args.resource_type):
                for result in rule.check(_facts(args)):
                    if isinstance(result, Pending):
                        shown = Violation(where=result.where, what=f"not known yet, and rule {rule.id!r} must know it")
                        report(write(shown, _PENDING_FIX), None)

    return ResourceValidationPolicy(
        name=PENDING_ID,
        description=_PENDING_TITLE,
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=SdkSeverity.LOW,
        remediation_steps=_PENDING_FIX,
    )


def _facts(args: ResourceValidationArgs) -> Facts:
    return Facts(
        token=args.resource_type,
        name=args.name,
        urn=args.urn,
        props=_mapping(args.props),
        protect=args.opts.protect,
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
