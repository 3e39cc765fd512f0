"""What the scanner tells: verdicts by check, in rows, and what could not be judged. No value of what was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Where a check without a page of its own is read: its source, at the version that judged.
_SOURCE = "https://github.com/bridgecrewio/checkov/blob/{version}/{path}"


class Answer:
    """The verdicts of one framework, as they are written to standard output.

    Attributes:
        checks: id of a check -> its title and link.
        rows: id, verdict (``passed``, ``failed``, ``skipped``), subject, file, line, reason of a skip.
        unjudged: id, subject, why; id and subject empty when checkov does not tell them.
    """

    def __init__(self) -> None:
        self.checks: dict[str, tuple[str, str]] = {}
        self.rows: list[tuple[str, str, str, str, int, str]] = []
        self.unjudged: list[tuple[str, str, str]] = []

    def add(self, report: Any, place: Callable[[Any], tuple[str, str, int]], graph_checks: Iterable[Any]) -> None:  # noqa: ANN401 - checkov's own
        """Take in a report of checkov.

        Args:
            report: checkov's own.
            place: subject, file and line of a record.
            graph_checks: those that were asked; a record of one does not say where it is written.
        """
        sources = {check.id: str(check.check_path) for check in graph_checks}
        for verdict, records in (
            ("passed", report.passed_checks),
            ("failed", report.failed_checks),
            ("skipped", report.skipped_checks),
        ):
            for record in records:
                if record.check_id not in self.checks:
                    written = sources.get(record.check_id) or f"{str(record.check_class).replace('.', '/')}.py"
                    self.checks[record.check_id] = (record.check_name, record.guideline or _link(written))
                reason = record.check_result.get("suppress_comment") or "" if verdict == "skipped" else ""
                self.rows.append((record.check_id, verdict, *place(record), reason))
        for file in report.parsing_errors:
            self.not_judged("", file, "checkov could not read it")

    def told(self) -> dict[str, Any]:
        """All of it, sorted: checkov asks graph checks in threads, in whatever order they end."""
        return {"checks": self.checks, "rows": sorted(self.rows), "unjudged": sorted(self.unjudged)}

    def not_judged(self, check: str, subject: str, why: str) -> None:
        """Note what was not judged, once."""
        if (row := (check, subject, why)) not in self.unjudged:
            self.unjudged.append(row)


def _link(written: str) -> str:
    """Where the source of a check is read; empty: it is none of checkov's own."""
    from checkov.version import version  # noqa: PLC0415 - checkov is there only inside its environment

    inside = written.rpartition("site-packages/")[2]
    return _SOURCE.format(version=version, path=inside) if inside.startswith("checkov/") else ""
