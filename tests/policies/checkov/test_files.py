"""Which files of a repository checkov is given."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from policies.checkov.files import is_for
from policies.checkov.verdicts import Framework
from policies.listing import listed
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "frameworks"),
    [
        ("Dockerfile", {"dockerfile", "secrets"}),
        ("jobs/a/Dockerfile.dev", {"dockerfile", "secrets"}),
        ("api.dockerfile", {"dockerfile", "secrets"}),
        ("sandbox/dockerfile.py", {"secrets"}),
        ("Dockerfile.dockerignore", {"secrets"}),
        (".github/workflows/ci.yml", {"github_actions", "secrets"}),
        ("a/.github/workflows/ci.yaml", {"github_actions", "secrets"}),
        (".github/dependabot.yml", {"secrets"}),
        ("notes.txt", {"secrets"}),
    ],
)
def test_a_framework_gets_its_files(name: str, frameworks: set[str]) -> None:
    """A file goes to the frameworks that know what it is; secrets are looked for everywhere."""
    assert frameworks == {framework.value for framework in Framework if is_for(framework, name)}


def test_what_git_tracks_is_listed(tmp_path: Path) -> None:
    """Tracked files are listed, whatever their names; what is gone, a link or not tracked is not."""
    for name in ("ünï code.py", "gone.py", "a/b.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "link").symlink_to("/etc/passwd")
    for arguments in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run([shutil.which("git") or "git", *arguments], cwd=tmp_path, check=True, timeout=60)
    (tmp_path / "gone.py").unlink()
    (tmp_path / "new.py").write_bytes(b"")

    assert ("a/b.py", "ünï code.py") == listed(tmp_path, new=False)


def test_without_git_nothing_is_judged(tmp_path: Path) -> None:
    """A folder that is no checkout is a problem, not an empty list."""
    with pytest.raises(Problem) as caught:
        listed(tmp_path, new=False)

    assert ExitCode.NOT_JUDGED is caught.value.exit_code
