"""The rules over resources of a Terraform plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

# checkov runs this file from wherever it is: the packages of the checkout are not on its path.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from policies.checkov import own  # found by the line above

if TYPE_CHECKING:
    from policies.rule import Rule

_RESULTS = {True: CheckResult.PASSED, False: CheckResult.FAILED, None: CheckResult.UNKNOWN}


class TerraformCheck(BaseResourceCheck):  # type: ignore[misc]  # checkov is only in its own environment
    """One rule."""

    def __init__(self, rule: Rule, types: list[str]) -> None:
        super().__init__(
            name=rule.title,
            id=own.check_id(rule),
            categories=[CheckCategories.GENERAL_SECURITY],
            supported_resources=types,
            guideline=rule.link,
        )
        self._rule = rule

    def scan_resource_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Ask the rule."""
        verdict = own.judge(self._rule, own.terraform_facts(self.entity_type, conf))
        self.details.extend(verdict.details)
        return _RESULTS[verdict.passed]


for _rule in own.shared():
    if _types := own.terraform_types(_rule):
        TerraformCheck(_rule, _types)
