"""A policy pack with one rule: no stack may export ``forbidden``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationArgs, StackValidationPolicy

if TYPE_CHECKING:
    from pulumi_policy import ReportViolation


def _validate(stack: StackValidationArgs, report: ReportViolation) -> None:
    for resource in stack.resources:
        if resource.resource_type == "words:index:Word" and resource.props.get("word") == "forbidden":
            report("this word is forbidden here", resource.urn)


_RULE = StackValidationPolicy(name="no-forbidden-word", description="Some words are not said.", validate=_validate)

PolicyPack(name="words", enforcement_level=EnforcementLevel.MANDATORY, policies=[_RULE])
