"""What checkov swallows, told: checks that raised, and whatever it warns about."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import checkov.logging_init  # noqa: F401 - it sets handlers when it is imported first, which are taken off below
from checkov.common.checks.base_check import BaseCheck
from checkov.common.graph.checks_infra.registry import BaseRegistry

if TYPE_CHECKING:
    from policies.checkov.scanner.answer import Answer


def tell(answer: Answer) -> None:
    """Have every fault from now on noted in ``answer``.

    checkov logs the properties of what it judges; so nothing but the place of a log call is kept.
    """
    logging.getLogger().handlers = [_Warnings(answer)]
    logging.disable(logging.INFO)

    def raised(check: BaseCheck, *, entity_type: str, entity_name: str, **_rest: object) -> None:
        answer.not_judged(check.id, f"{entity_type}.{entity_name}", _name(sys.exc_info()[1]))

    judge = BaseRegistry.run_check_parallel

    def guarded(registry: BaseRegistry, check: BaseCheck, results: Any, graph: Any) -> None:  # noqa: ANN401 - checkov's
        try:
            judge(registry, check, results, graph)
        except Exception as error:  # noqa: BLE001 - checkov's thread pool drops it, whatever it is
            answer.not_judged(check.id, "", _name(error))

    BaseCheck.log_check_error = raised
    BaseRegistry.run_check_parallel = guarded


def _name(error: BaseException | None) -> str:
    """An error by its type alone: its text may hold a property's value."""
    return f"the check raised {type(error).__name__}"


class _Warnings(logging.Handler):
    def __init__(self, answer: Answer) -> None:
        super().__init__(logging.WARNING)
        self._answer = answer

    def emit(self, record: logging.LogRecord) -> None:
        self._answer.not_judged("", "", f"checkov warned at {record.module}:{record.lineno}")
