"""What the gate reads of a repository: which files there are, which of them are manifests and charts."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from policies.gate.charts import Manifests, find
from policies.listing import listed
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository without commits."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, timeout=60)  # noqa: S607 - git of the machine
    return tmp_path


def put(folder: Path, path: str, text: str = "x\n") -> str:
    """A file below a folder; returns its path."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")
    return path


def test_files_are_what_git_does_not_ignore(repository: Path) -> None:
    """New ones are judged before they are added; what is ignored, as an environment, is not looked at."""
    put(repository, ".gitignore", ".venv/\n")
    put(repository, ".venv/lib/secret.py")
    put(repository, "a b/ä.py")

    assert (".gitignore", "a b/ä.py") == listed(repository)


def test_links_and_what_is_gone_are_left_out(repository: Path) -> None:
    """A link leads to what is listed itself, or out of the repository."""
    put(repository, "gone.py")
    subprocess.run(["git", "-C", str(repository), "add", "gone.py"], check=True, timeout=60)  # noqa: S607 - as above
    (repository / "gone.py").unlink()
    (repository / "link").symlink_to("/etc/passwd")

    assert () == listed(repository)


def test_a_folder_that_is_no_repository_cannot_be_listed(tmp_path: Path) -> None:
    """What git does not know is not judged: that is told."""
    with pytest.raises(Problem, match="cannot be listed") as error:
        listed(tmp_path)

    assert ExitCode.NOT_JUDGED == error.value.exit_code


def test_charts_are_found_by_their_file(tmp_path: Path) -> None:
    """A chart inside a chart is rendered with it."""
    files = ["k8s/app/Chart.yaml", "k8s/app/charts/db/Chart.yaml", "tools/other/Chart.yaml", "k8s/app/values.yaml"]

    assert Manifests(("k8s/app", "tools/other"), ()) == find(tmp_path, files)


def test_manifests_are_the_objects_of_the_gitops_folder(tmp_path: Path) -> None:
    """Not the YAML elsewhere, not what is no object, not a chart's templates."""
    files = [
        put(tmp_path, "k8s/one.yaml", OBJECT),
        put(tmp_path, "k8s/notes.yaml", "a: 1\n"),
        put(tmp_path, "docs/two.yaml", OBJECT),
        put(tmp_path, "k8s/app/Chart.yaml", "name: app\n"),
        put(tmp_path, "k8s/app/templates/three.yaml", OBJECT),
    ]

    assert Manifests(("k8s/app",), ("k8s/one.yaml",)) == find(tmp_path, files)


def test_a_repository_without_any_has_nothing_to_render(tmp_path: Path) -> None:
    """Then neither Helm nor checkov is asked."""
    assert not find(tmp_path, ["README.md"])
