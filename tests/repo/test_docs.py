"""What the documents say is so: links lead somewhere, commands exist, exit codes are the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from delivery.cli import app
from tests.repo.tree import CHECKOUT, ids, text, tracked
from toolchain.errors import ExitCode

DOCUMENTS = tracked("*.md")
#: Files whose comments and docstrings may point at documents.
SOURCES = tracked("*.py", "*.yaml", "*.yml", "*.toml", "Makefile", "*.json5")

_LINK = re.compile(r"(?<!\\)\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_QUOTED = re.compile(r"`(?P<path>[\w.-]+/[\w./-]*)`")
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
_MAKE = re.compile(r"(?:^|`|\s)make (?P<target>[a-z-]+)\b(?=[^\n]*)")
_GW = re.compile(r"\bgw (?P<command>[a-z][a-z-]*)\b")
_DOCUMENT = re.compile(r"\bdocs/[\w./-]+\.(?:md|svg)\b")
#: What programs make: not in the tree.
_MADE = (".venv/", ".sandbox/", ".bench/", ".git/")


def anchors(path: Path) -> set[str]:
    """Anchors of a document's headings, as GitHub makes them."""
    titles = (row["title"].replace("`", "") for row in _HEADING.finditer(text(path)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_relative_links_lead_somewhere(path: Path) -> None:
    """A link to a file of the repository names one that is there, and an anchor a heading of it."""
    dead = []
    for link in _LINK.finditer(_CODE.sub("", text(path))):
        target, _, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (CHECKOUT / path.parent / target).resolve() if target else CHECKOUT / path
        if not file.exists() or (anchor and anchor not in anchors(file.relative_to(CHECKOUT))):
            dead.append(link["target"])

    assert dead == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_quoted_paths_exist(path: Path) -> None:
    """A path in backquotes below a folder of the repository is there."""
    folders = {file.parts[0] for file in tracked() if len(file.parts) > 1}
    named = {row["path"] for row in _QUOTED.finditer(text(path))}
    ours = {name for name in named if name.partition("/")[0] in folders and not name.startswith(_MADE)}

    assert {name for name in ours if not (CHECKOUT / name).exists()} == set()


def test_documents_named_in_code_exist() -> None:
    """A comment or docstring that points at a document points at one that is there."""
    named = {(str(path), name) for path in SOURCES for name in _DOCUMENT.findall(text(path))}

    assert {(path, name) for path, name in named if not (CHECKOUT / name).exists()} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_make_commands_exist(path: Path) -> None:
    """Every `make X` that a document shows as code is a target of the Makefile."""
    code = "\n".join(_CODE.findall(text(path)))
    shown = {row["target"] for row in _MAKE.finditer(code)}
    targets = set(re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.MULTILINE))

    assert shown - targets == set()


def test_gw_commands_exist() -> None:
    """Every `gw X` shown as code, in a document or in a message of the program, is a command of it."""
    commands: set[str] = set(getattr(get_command(app), "commands", {}))
    shown = {
        (str(path), row["command"])
        for path in (*DOCUMENTS, *SOURCES)
        for code in _CODE.findall(text(path))
        for row in _GW.finditer(code)
    }

    assert commands
    assert {(path, command) for path, command in shown if command not in commands} == set()


def test_the_documented_exit_codes_are_the_programs() -> None:
    """The table has every code of the program under its name, and no other."""
    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", text(Path("docs/exit-codes.md")), re.MULTILINE)

    assert {(str(code.value), code.name) for code in ExitCode} == set(rows)


def test_the_first_commands_of_the_readme_are_the_two() -> None:
    """The README's first block is what a newcomer types."""
    block = re.search(r"```\n(.*?)```", text(Path("README.md")), re.DOTALL)

    assert block is not None
    assert ["make up", "make test"] == block[1].splitlines()
