"""Judge Kubernetes manifests: those of a preview, which are in memory, and those that a chart rendered into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.checkov.scanner.answer import Answer


def judge(manifests: Mapping[str, dict[str, Any]], own_checks: str, answer: Answer) -> None:
    """Ask checkov's ``kubernetes`` framework about manifests in memory.

    Args:
        manifests: a resource's URN -> its manifest.
        own_checks: folder of checks of ours; empty: none.
        answer: where the verdicts go; the subject is the URN.
    """
    from checkov.kubernetes.kubernetes_utils import build_definitions_context  # noqa: PLC0415 - only inside its environment
    from checkov.kubernetes.parser.validatior import K8sValidator  # noqa: PLC0415 - as above

    definitions: dict[str, list[dict[str, Any]]] = {}
    urns: dict[str, str] = {}
    for number, (urn, manifest) in enumerate(manifests.items()):
        valid, _why = K8sValidator.is_valid_template(manifest)
        if not valid:
            answer.not_judged("", urn, "it is no Kubernetes manifest to checkov")
            continue
        file = f"/manifests/{number}.json"
        urns[file] = urn
        definitions[file] = [_marked(manifest)]
    runner = _runner(own_checks)
    runner.definitions = definitions
    runner.definitions_raw = {file: [(1, "{}\n")] for file in definitions}
    runner.context = build_definitions_context(definitions, runner.definitions_raw)
    runner.spread_list_items()
    _graph(runner)
    report = runner.run(root_folder=None, files=list(definitions), runner_filter=_filter())
    answer.add(report, lambda record: (urns[record.file_abs_path], "", 0))


def judge_folder(folder: Path, own_checks: str, answer: Answer) -> None:
    """Ask checkov's ``kubernetes`` framework about every YAML file below ``folder``; the subject is the object's id."""
    runner = _runner(own_checks)
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file())
    if not files:
        return
    runner.context = None
    report = runner.run(root_folder=None, files=[str(path) for path in files], runner_filter=_filter())
    for path in files:
        name = str(path.relative_to(folder))
        if str(path) not in runner.definitions:
            answer.not_judged("", name, "checkov could not read it as Kubernetes manifests")

    def place(record: Any) -> tuple[str, str, int]:  # noqa: ANN401 - checkov's own
        return record.resource, str(Path(record.file_abs_path).relative_to(folder)), record.file_line_range[0] or 0

    answer.add(report, place)


def _runner(own_checks: str) -> Any:  # noqa: ANN401 - checkov's own
    from checkov.kubernetes.checks.resource.registry import registry  # noqa: PLC0415 - only inside its environment
    from checkov.kubernetes.runner import Runner  # noqa: PLC0415 - as above

    runner = Runner()
    if own_checks:
        registry.load_external_checks(own_checks)
        runner.graph_registry.load_external_checks(own_checks)
    return runner


def _filter() -> Any:  # noqa: ANN401 - checkov's own
    from checkov.runner_filter import RunnerFilter  # noqa: PLC0415 - only inside its environment

    return RunnerFilter(framework=["kubernetes"], show_progress_bar=False)


def _graph(runner: Any) -> None:  # noqa: ANN401 - checkov's own
    from checkov.common.util.data_structures_utils import pickle_deepcopy  # noqa: PLC0415 - only inside its environment

    graph = runner.graph_manager.build_graph_from_definitions(pickle_deepcopy(runner.definitions))
    runner.graph_manager.save_graph(graph)


def _marked(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with the line marks that checkov expects in every mapping; there are no lines, so all say 1."""
    if isinstance(value, dict):
        return {key: _marked(entry) for key, entry in value.items()} | {"__startline__": 1, "__endline__": 1}
    return [_marked(entry) for entry in value] if isinstance(value, list) else value
