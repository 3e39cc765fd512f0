"""Files of the repository, and which of them a framework of checkov is for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from policies.checkov.verdicts import Framework
from toolchain.errors import ExitCode, Problem

_LIMIT_SECONDS: Final = 60.0
_DOCKERFILE: Final = re.compile(r"(.+\.)?[Dd]ockerfile(\..+)?")
_NO_DOCKERFILE: Final = (".dockerignore", ".py")


def tracked(folder: Path) -> list[str]:
    """Names that git tracks below ``folder``, sorted; those that are deleted or links are left out.

    Raises:
        Problem: git does not list them (exit code 13).
    """
    git = shutil.which("git") or "git"
    try:
        listed = subprocess.run(  # noqa: S603 - the user's own git
            [git, "ls-files", "-z"], cwd=folder, capture_output=True, check=True, timeout=_LIMIT_SECONDS
        ).stdout.decode()
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise Problem(
            "the files of the repository cannot be listed, so none was judged",
            where=str(folder),
            fix="install git, and judge a git checkout",
            exit_code=ExitCode.NOT_JUDGED,
        ) from error
    names = sorted(set(filter(None, listed.split("\0"))))
    return [name for name in names if (folder / name).is_file() and not (folder / name).is_symlink()]


def is_for(framework: Framework, name: str) -> bool:
    """Whether a framework judges a file of that name; secrets are looked for in every file."""
    if framework is Framework.DOCKERFILE:
        return bool(_DOCKERFILE.fullmatch(Path(name).name)) and not name.endswith(_NO_DOCKERFILE)
    if framework is Framework.GITHUB_ACTIONS:
        return ".github/workflows/" in f"/{name}" and name.endswith((".yml", ".yaml"))
    return framework is Framework.SECRETS
