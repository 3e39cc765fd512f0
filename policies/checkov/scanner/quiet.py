"""checkov without its surroundings: no network, no log of what it judges, and no fault that it swallows."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policies.checkov.scanner.answer import Answer

_NETWORK = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
)


def cut_network() -> None:
    """Make every call to a network fail from now on, in this process and the ones that it forks.

    The hook cannot be taken off again; what it raises is told as a check that was not judged.
    """
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError(f"the scanner has no network: {event}")


def listen(answer: Answer) -> None:
    """Have what checkov swallows told in ``answer``: checks that raised, and whatever it warns about.

    checkov logs the properties of what it judges; so nothing but the place of a log call is kept.
    """
    import checkov.logging_init  # noqa: F401, PLC0415 - it sets handlers of its own, which are taken off here

    root = logging.getLogger()
    root.handlers = [_Warnings(answer)]
    root.setLevel(logging.WARNING)
    logging.disable(logging.INFO)

    from checkov.common.checks.base_check import BaseCheck  # noqa: PLC0415 - costs a second: not at import
    from checkov.common.graph.checks_infra.registry import BaseRegistry  # noqa: PLC0415 - as above

    def raised(check: Any, *, entity_type: str, entity_name: str, **_rest: object) -> None:  # noqa: ANN401 - checkov's
        error = sys.exc_info()[1]
        answer.not_judged(check.id, f"{entity_type}.{entity_name}", _name(error))

    judge = BaseRegistry.run_check_parallel

    def guarded(registry: Any, check: Any, results: Any, graph: Any) -> None:  # noqa: ANN401 - checkov's own types
        try:
            judge(registry, check, results, graph)
        except Exception as error:  # noqa: BLE001 - checkov's thread pool drops it; here it is told
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
        self._answer.not_judged("", "", f"checkov warned at {record.name} {record.module}:{record.lineno}")
