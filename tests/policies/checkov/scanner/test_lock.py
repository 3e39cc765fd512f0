"""The lock file of checkov's environment."""

from __future__ import annotations

import tomllib
from typing import Any

from policies.checkov.environment import PROJECT

LOCK: dict[str, Any] = tomllib.loads((PROJECT / "uv.lock").read_text("utf-8"))


def test_everything_comes_from_pypi_with_a_checksum() -> None:
    """No mirror, no branch of someone's repository, and no file without a checksum is in it."""
    packages = [row for row in LOCK["package"] if "virtual" not in row["source"]]
    held = [file for row in packages for file in (*row.get("wheels", ()), row.get("sdist")) if file]

    assert {"https://pypi.org/simple"} == {row["source"]["registry"] for row in packages}
    assert {"files.pythonhosted.org"} == {file["url"].split("/")[2] for file in held}
    assert [] == [file["url"] for file in held if not file.get("hash", "").startswith("sha256:")]


def test_checkov_is_pinned() -> None:
    """The project asks for one version of checkov, and that is the one that is locked."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    (locked,) = [row["version"] for row in LOCK["package"] if row["name"] == "checkov"]

    assert [f"checkov=={locked}"] == project["dependencies"]
