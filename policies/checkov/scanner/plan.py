"""Judge a Terraform plan that is in memory: no file of it is written, and none is parsed for its lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checkov.common.parsers.json.decoder import SimpleDecoder
from checkov.runner_filter import RunnerFilter
from checkov.terraform import plan_parser as parser
from checkov.terraform.context_parsers.registry import parser_registry
from checkov.terraform.plan_runner import Runner
from checkov.terraform.plan_utils import get_entity_id

if TYPE_CHECKING:
    from policies.checkov.scanner.answer import Answer

#: What stands for the plan's file inside checkov; there is none.
_FILE = "/plan.json"

_Blocks = dict[str, list[dict[str, Any]]]


def judge(request: dict[str, Any], answer: Answer) -> None:
    """Ask checkov's ``terraform_plan`` framework about ``plan``, JSON in a string; subjects are addresses."""
    definitions = {_FILE: _definitions(json.loads(request["plan"], cls=SimpleDecoder))}
    runner = Runner()
    runner.definitions = definitions
    runner.context = {_FILE: _context(definitions[_FILE])}
    graph = runner.graph_manager.build_graph_from_definitions(definitions, render_variables=False)
    runner.graph_manager.save_graph(graph)
    report = runner.run(root_folder=None, files=[_FILE], runner_filter=RunnerFilter(framework=["terraform_plan"]))
    answer.add(report, lambda record: (record.resource_address or record.resource, "", 0), runner.graph_registry.checks)


def _definitions(plan: dict[str, Any]) -> _Blocks:
    """The plan in checkov's shape, by its own parser's parts.

    The parser itself looks each resource's configuration up by reading through all of it: a time that grows with the
    square of the plan.
    """
    planned = plan["planned_values"].get("root_module", {})
    configured = plan.get("configuration", {}).get("root_module", {})
    by_name: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in configured.get("resources", ()):
        by_name.setdefault((entry["type"], entry["name"]), entry)
    changes = parser._get_resource_changes(plan)  # noqa: SLF001 - a test holds the verdicts to the command line's
    blocks: _Blocks = {"provider": parser._get_providers(plan), "resource": [], "data": []}  # noqa: SLF001 - as above
    for resource in planned.get("resources", ()):
        block, kind, prepared = parser._prepare_resource_block(  # noqa: SLF001 - as above
            resource, by_name.get((resource["type"], resource["name"])), changes
        )
        if prepared:
            blocks[kind].append(block)
    modules = parser._find_child_modules(planned.get("child_modules", []), changes, configured)  # noqa: SLF001 - as above
    for kind, inside in modules.items():
        blocks[kind] += inside
    return blocks


def _context(blocks: _Blocks) -> dict[str, dict[str, Any]]:
    """Where each block is; there are no lines in a plan of ours, so each is at line 0 and has no code."""
    found: dict[str, dict[str, Any]] = {}
    for kind, entries in blocks.items():
        context = parser_registry.context_parsers[kind]
        for block in entries:
            path = context.get_entity_context_path(block)
            address = get_entity_id(block.get(path[0], {}), path[1]) if len(path) > 1 else path[0]
            found[address] = {"start_line": 0, "end_line": 0, "code_lines": [], "address": address}
    return found
