"""Versions stand in one place each, and where a second place must be, it is the same."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from tests.repo.tree import CHECKOUT, text, tracked

LOCK: dict[str, Any] = tomllib.loads(text(Path("uv.lock")))


def renovate() -> dict[str, Any]:
    """Renovate's settings: JSON with comments, as `renovate.json5` keeps to."""
    loaded: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", text(Path("renovate.json5")), flags=re.MULTILINE))
    return loaded


def test_the_uv_of_the_setup_is_the_locked_one() -> None:
    """`toolchain/uv.txt` has the lock file's version of uv, and checksums that the lock file has too."""
    (locked,) = [row for row in LOCK["package"] if row["name"] == "uv"]
    pin = text(Path("toolchain/uv.txt"))
    known = {file["hash"] for file in (*locked["wheels"], locked["sdist"])}
    pinned = set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", pin))

    assert [locked["version"]] == re.findall(r"^uv==(\S+)", pin, re.MULTILINE)
    assert pinned
    assert pinned <= known


def test_everything_locked_comes_from_pypi() -> None:
    """No mirror and no branch of someone's repository is in the lock file."""
    sources = {key: value for row in LOCK["package"] for key, value in row["source"].items() if key != "editable"}
    hosts = {
        file["url"].split("/")[2]
        for row in LOCK["package"]
        for file in (*row.get("wheels", ()), row.get("sdist"))
        if file
    }

    assert {"registry": "https://pypi.org/simple"} == sources
    assert {"files.pythonhosted.org"} == hosts


def test_hooks_are_tools_of_the_lock_file() -> None:
    """pre-commit downloads nothing: every hook runs what `make setup` installed, or git."""
    loaded = yaml.safe_load(text(Path(".pre-commit-config.yaml")))
    entries = [hook["entry"].split()[0] for repo in loaded["repos"] for hook in repo["hooks"]]

    assert ["local"] == [repo["repo"] for repo in loaded["repos"]]
    assert [entry for entry in entries if entry != "git" and not (CHECKOUT / entry).exists()] == []


def test_renovate_looks_at_files_that_are_there() -> None:
    """Every pattern of a custom manager matches a file, and every such file holds something to update."""
    files = [str(path) for path in tracked()]
    for manager in renovate()["customManagers"]:
        patterns = [re.compile(pattern.strip("/")) for pattern in manager["managerFilePatterns"]]
        matched = [file for file in files if any(pattern.search(file) for pattern in patterns)]
        wanted = [re.compile(_python(found)) for found in manager["matchStrings"]]
        idle = [file for file in matched if not any(row.search(text(Path(file))) for row in wanted)]

        assert matched
        assert idle == []


def _python(pattern: str) -> str:
    """A pattern of JavaScript in Python's spelling of named groups."""
    return pattern.replace("(?<", "(?P<")


def test_owners_are_named_for_paths_that_exist() -> None:
    """A path in CODEOWNERS that is not there guards nothing."""
    rows = [row.split()[0] for row in text(Path(".github/CODEOWNERS")).splitlines() if row and not row.startswith("#")]

    assert [row for row in rows if row != "*" and not (CHECKOUT / row.strip("/")).exists()] == []


def test_the_licence_is_the_one_that_is_declared() -> None:
    """`pyproject.toml` names the licence whose text is there."""
    declared = tomllib.loads(text(Path("pyproject.toml")))["project"]["license"]

    assert declared == "Apache-2.0"
    assert "Apache License\n                           Version 2.0, January 2004" in text(Path("LICENSE"))
