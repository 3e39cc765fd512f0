"""`python -m policies.rules` writes the table of all rules, `policies/rules/README.md`; a test keeps both equal."""

from __future__ import annotations

from pathlib import Path

from policies.rules import RULES

TABLE = Path(__file__).parent / "README.md"


def table() -> str:
    """Every rule with its pack, level, harm and demand, in the order in which they are shown."""
    rows = [
        f"| `{rule.id}` | {rule.enforcement} | {rule.severity} | {rule.title} | [why]({rule.link}) |" for rule in RULES
    ]
    head = (
        "# Rules",
        "",
        "Written by `python -m policies.rules`. A folder is a pack, a file is a rule; how they work:",
        "[policies](../README.md).",
        "",
        "| rule | level | harm | demand | rests on |",
        "|---|---|---|---|---|",
    )
    return "\n".join([*head, *rows, ""])


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
