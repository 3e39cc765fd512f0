"""Judge a Terraform plan that is in memory: no file of it is written, and none is parsed by the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policies.checkov.scanner.answer import Answer

#: What stands for the plan's file inside checkov; there is none.
_FILE = "/plan.json"


def judge(plan: str, own_checks: str, answer: Answer) -> None:
    """Ask checkov's ``terraform_plan`` framework.

    Args:
        plan: the plan, as JSON.
        own_checks: folder of checks of ours; empty: none.
        answer: where the verdicts go; the subject is the resource's address.
    """
    from checkov.common.parsers.json.decoder import SimpleDecoder  # noqa: PLC0415 - only inside its environment
    from checkov.runner_filter import RunnerFilter  # noqa: PLC0415 - as above
    from checkov.terraform.plan_runner import Runner  # noqa: PLC0415 - as above

    definitions = {_FILE: _definitions(json.loads(plan, cls=SimpleDecoder))}
    runner = Runner()
    runner.definitions = definitions
    runner.context = {_FILE: _context(definitions[_FILE])}
    graph = runner.graph_manager.build_graph_from_definitions(definitions, render_variables=False)
    runner.tf_plan_local_graph = graph
    runner.graph_manager.save_graph(graph)
    report = runner.run(
        root_folder=None,
        external_checks_dir=[own_checks] if own_checks else None,
        files=[_FILE],
        runner_filter=RunnerFilter(framework=["terraform_plan"]),
    )
    answer.add(report, lambda record: (record.resource_address or record.resource, "", 0))


def _definitions(plan: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The plan in checkov's shape, as its own parser makes it, but in a time that grows with the plan, not its square."""
    from checkov.terraform import plan_parser as parser  # noqa: PLC0415 - only inside its environment

    planned = plan["planned_values"].get("root_module", {})
    configured = plan.get("configuration", {}).get("root_module", {})
    by_name: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in configured.get("resources", ()):
        by_name.setdefault((entry["type"], entry["name"]), entry)
    changes = parser._get_resource_changes(plan)  # noqa: SLF001 - a test holds the verdicts to the command line's
    found: dict[str, list[dict[str, Any]]] = {"provider": parser._get_providers(plan), "resource": [], "data": []}  # noqa: SLF001 - as above
    for resource in planned.get("resources", ()):
        block, kind, prepared = parser._prepare_resource_block(  # noqa: SLF001 - as above
            resource, by_name.get((resource["type"], resource["name"])), changes
        )
        if prepared:
            found[kind].append(block)
    modules = parser._find_child_modules(planned.get("child_modules", []), changes, configured)  # noqa: SLF001 - as above
    for kind, blocks in modules.items():
        found[kind] += blocks
    return found


def _context(definitions: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Where each block is; there are no lines in a plan of ours, so each is at line 0 and has no code."""
    from checkov.terraform.context_parsers.registry import parser_registry  # noqa: PLC0415 - only inside its environment
    from checkov.terraform.plan_utils import get_entity_id  # noqa: PLC0415 - as above

    found: dict[str, dict[str, Any]] = {}
    for kind, blocks in definitions.items():
        parser = parser_registry.context_parsers[kind]
        for block in blocks:
            path = parser.get_entity_context_path(block)
            address = get_entity_id(block.get(path[0], {}), path[1]) if len(path) > 1 else path[0]
            found[address] = {"start_line": 0, "end_line": 0, "code_lines": [], "address": address}
    return found
