"""Judge files of the repository: Dockerfiles, workflows, and secrets in any of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkov.runner_filter import RunnerFilter

if TYPE_CHECKING:
    from policies.checkov.scanner.answer import Answer


def judge(request: dict[str, Any], answer: Answer) -> None:
    """Ask a framework of files about ``files``, names below ``folder``.

    The subject is what in the file is meant. Of a secret it is nothing: checkov names one by its plain SHA-1, from
    which a weak one could be found again.
    """
    framework, folder, names = request["framework"], Path(request["folder"]), request["files"]
    module: Any = import_module(f"checkov.{framework}.runner")
    if framework == "github_actions":
        # checkov leaves a workflow out, without a word, that does not fit its own copy of the schema, which refuses
        # `cancel-in-progress: ${{ ... }}`. What lies in .github/workflows is a workflow; actionlint reads its schema.
        module.is_schema_valid = lambda _workflow: True
    runner = module.Runner()
    paths = [str(folder / name) for name in names]
    only = RunnerFilter(framework=[framework], show_progress_bar=False)
    report = runner.run(root_folder=None, files=paths, runner_filter=only)
    if framework != "secrets":
        for name, path in zip(names, paths, strict=True):
            if path not in runner.definitions:
                answer.not_judged("", name, f"checkov could not read it as {framework}")

    def place(record: Any) -> tuple[str, str, int]:  # noqa: ANN401 - checkov's own
        subject = "" if framework == "secrets" else str(record.resource).removeprefix(str(record.file_path)).lstrip(".")
        return subject, str(Path(record.file_abs_path).relative_to(folder)), max(record.file_line_range[0] or 0, 0)

    answer.add(report, place, runner.graph_registry.checks if runner.graph_registry else ())
