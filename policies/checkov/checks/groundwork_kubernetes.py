"""The rules over Kubernetes manifests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.kubernetes.checks.resource.base_spec_check import BaseK8Check

# checkov runs this file from wherever it is: the packages of the checkout are not on its path.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from policies.checkov import own  # found by the line above

if TYPE_CHECKING:
    from policies.rule import Rule

_RESULTS = {True: CheckResult.PASSED, False: CheckResult.FAILED, None: CheckResult.UNKNOWN}


class KubernetesCheck(BaseK8Check):  # type: ignore[misc]  # checkov is only in its own environment
    """One rule; checkov asks it about every kind, and the rule says which are its own."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(
            name=rule.title,
            id=own.check_id(rule),
            categories=[CheckCategories.KUBERNETES],
            supported_entities=["*"],
            guideline=rule.link,
        )
        self._rule = rule

    def scan_spec_conf(self, conf: dict[str, Any]) -> CheckResult:
        """Ask the rule."""
        verdict = own.judge(self._rule, own.kubernetes_facts(conf))
        self.details.extend(verdict.details)
        return _RESULTS[verdict.passed]


for _rule in own.shared():
    KubernetesCheck(_rule)
