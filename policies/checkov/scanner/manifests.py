"""Judge Kubernetes manifests: those of a preview, in memory, and those that a chart rendered into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkov.common.util.data_structures_utils import pickle_deepcopy
from checkov.kubernetes.kubernetes_utils import build_definitions_context
from checkov.kubernetes.parser.validatior import K8sValidator
from checkov.kubernetes.runner import Runner
from checkov.runner_filter import RunnerFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.checkov.scanner.answer import Answer

_YAML = frozenset({".yaml", ".yml"})


def judge(request: dict[str, Any], answer: Answer) -> None:
    """Ask checkov's ``kubernetes`` framework about ``manifests`` (by URN) and the YAML files below ``rendered``.

    The subject of a manifest is its URN; of an object in a file, what checkov calls it.
    """
    if request["manifests"]:
        _preview(request["manifests"], answer)
    if request["rendered"]:
        _folder(Path(request["rendered"]), answer)


def _preview(manifests: Mapping[str, dict[str, Any]], answer: Answer) -> None:
    definitions: dict[str, list[dict[str, Any]]] = {}
    urns: dict[str, str] = {}
    for number, (urn, manifest) in enumerate(manifests.items()):
        valid, _why = K8sValidator.is_valid_template(manifest)
        if not valid:
            answer.not_judged("", urn, "it is no Kubernetes manifest to checkov")
            continue
        file = f"/manifests/{number}.json"  # there is none: what stands for one inside checkov
        urns[file] = urn
        definitions[file] = [_marked(manifest)]
    runner = Runner()
    runner.definitions = definitions
    runner.definitions_raw = {file: [(1, "{}\n")] for file in definitions}
    runner.context = build_definitions_context(definitions, runner.definitions_raw)
    runner.spread_list_items()
    graph = runner.graph_manager.build_graph_from_definitions(pickle_deepcopy(runner.definitions))
    runner.graph_manager.save_graph(graph)
    report = runner.run(root_folder=None, files=list(definitions), runner_filter=_filter())
    answer.add(report, lambda record: (urns[record.file_abs_path], "", 0), runner.graph_registry.checks)


def _folder(folder: Path, answer: Answer) -> None:
    files = sorted(path for path in folder.rglob("*") if path.suffix in _YAML and path.is_file())
    if not files:
        return
    runner = Runner()
    report = runner.run(root_folder=None, files=[str(path) for path in files], runner_filter=_filter())
    for path in files:
        if str(path) not in runner.definitions:
            answer.not_judged("", str(path.relative_to(folder)), "checkov could not read it as Kubernetes manifests")

    def place(record: Any) -> tuple[str, str, int]:  # noqa: ANN401 - checkov's own
        return record.resource, str(Path(record.file_abs_path).relative_to(folder)), record.file_line_range[0] or 0

    answer.add(report, place, runner.graph_registry.checks)


def _filter() -> RunnerFilter:
    return RunnerFilter(framework=["kubernetes"], show_progress_bar=False)


def _marked(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with the line marks that checkov expects in every mapping; there are no lines, so all say 1."""
    if isinstance(value, dict):
        return {key: _marked(entry) for key, entry in value.items()} | {"__startline__": 1, "__endline__": 1}
    return [_marked(entry) for entry in value] if isinstance(value, list) else value
