"""Judge files of the repository: Dockerfiles, workflows, and secrets in any of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.checkov.scanner.answer import Answer

FRAMEWORKS: Final = ("dockerfile", "github_actions", "secrets")


def judge(framework: str, folder: Path, files: Sequence[str], answer: Answer) -> None:
    """Ask one of checkov's frameworks over files.

    Args:
        framework: one of `FRAMEWORKS`.
        folder: what the files' names are relative to.
        files: names of those that are judged.
        answer: where the verdicts go. The subject is what in the file is meant; of a secret it is nothing, as checkov
            names a secret by its plain SHA-1, from which a weak one could be found again.
    """
    from checkov.runner_filter import RunnerFilter  # noqa: PLC0415 - only inside its environment

    if not files:
        return
    runner = import_module(f"checkov.{framework}.runner").Runner()
    paths = [str(folder / name) for name in files]
    report = runner.run(
        root_folder=None, files=paths, runner_filter=RunnerFilter(framework=[framework], show_progress_bar=False)
    )
    if framework != "secrets":
        for name, path in zip(files, paths, strict=True):
            if path not in runner.definitions:
                answer.not_judged("", name, f"checkov could not read it as {framework}")

    def place(record: Any) -> tuple[str, str, int]:  # noqa: ANN401 - checkov's own
        subject = "" if framework == "secrets" else str(record.resource).removeprefix(str(record.file_path)).lstrip(".")
        return subject, str(Path(record.file_abs_path).relative_to(folder)), max(record.file_line_range[0] or 0, 0)

    answer.add(report, place)
